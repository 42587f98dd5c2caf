"""SMS by any gateway that takes a JSON document."""

from urllib.parse import SplitResult, unquote, urlunsplit

from passavant.foundation.outbox.carriers.http import Gateway
from passavant.foundation.outbox.carriers.outcomes import Outcome
from passavant.foundation.outbox.messages import Sms


class JsonCarrier(Gateway):
    """https+json://token@host/path: POST {"to", "text", "reference"} with the bearer token.

    `to` is in E.164; `reference` names the message, the same at each attempt: the gateway may
    recognise by it a message it already has. 2xx is accepted, 429 and 5xx are for later.
    """

    def __init__(self, url: SplitResult) -> None:
        super().__init__()
        netloc = url.netloc.rpartition("@")[2]
        self.address = urlunsplit((url.scheme.removesuffix("+json"), netloc, url.path, url.query, ""))
        token = unquote(url.password or url.username or "")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def carry(self, message: Sms) -> Outcome:
        document = {"to": message.to, "text": message.text, "reference": str(message.id)}
        return self.ask("POST", self.address, json=document, headers=self.headers | {"Accept": "application/json"})
