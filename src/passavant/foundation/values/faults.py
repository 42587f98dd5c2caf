"""The faults every room may raise and only the door answers."""


class ServiceBusy(Exception):
    """No room for more work just now; answered 503 with `Retry-After: retry_after` (seconds)."""

    def __init__(self, retry_after: int = 5) -> None:
        super().__init__(f"busy, try again in {retry_after} s")
        self.retry_after = retry_after
