"""Why a return from a provider opens nothing. The cause is for the audit trail; people read one page (G1)."""


class NotProved(Exception):
    """What came back proves nothing: `cause` is a short name (issuer, audience, nonce, signature…)."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class ProviderDown(Exception):
    """The provider did not answer in time, or not as it must: `cause` says how. Nothing is wrong with the person."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause
