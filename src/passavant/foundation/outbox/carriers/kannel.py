"""SMS by Kannel's `sendsms` (user guide, « Using the HTTP interface to send SMS messages »; tried with 1.4.5)."""

from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlunsplit

from django.conf import settings

from passavant.foundation.outbox.carriers.http import Gateway
from passavant.foundation.outbox.carriers.outcomes import Outcome
from passavant.foundation.outbox.messages import Sms
from passavant.foundation.outbox.rules import sms_sender


class KannelCarrier(Gateway):
    """kannel+http(s)://user:password@host:port/cgi-bin/sendsms, a query (from, smsc…) being passed on.

    Kannel answers 202 when the message is accepted, or queued until its centre comes back.
    """

    def __init__(self, url: SplitResult) -> None:
        super().__init__()
        netloc = url.netloc.rpartition("@")[2]
        self.address = urlunsplit((url.scheme.removeprefix("kannel+"), netloc, url.path, "", ""))
        self.constant = {
            "from": sms_sender(settings.PASSAVANT.site_name),  # without one, Kannel may refuse
            **dict(parse_qsl(url.query)),
            "username": unquote(url.username or ""),
            "password": unquote(url.password or ""),
            "coding": "0",  # GSM-7, into which Kannel turns what it is told to read as UTF-8
            "charset": "UTF-8",
        }

    def carry(self, message: Sms) -> Outcome:
        query = urlencode(self.constant | {"to": message.to, "text": message.text})
        return self.ask("GET", f"{self.address}?{query}")
