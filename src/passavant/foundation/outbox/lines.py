"""One line per channel: how its messages are rendered, and which carrier its address calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from passavant.foundation.outbox.carriers.https_json import JsonCarrier
from passavant.foundation.outbox.carriers.kannel import KannelCarrier
from passavant.foundation.outbox.carriers.outcomes import Carrier
from passavant.foundation.outbox.carriers.smtp import SmtpCarrier
from passavant.foundation.outbox.carriers.tray import MailTray, SmsTray
from passavant.foundation.outbox.messages import Mail, Sms
from passavant.foundation.outbox.models import Channel, Outgoing
from passavant.foundation.outbox.rendering import Unready, render_mail, render_sms

Message = TypeVar("Message", Mail, Sms)


@dataclass(frozen=True)
class Line(Generic[Message]):
    channel: Channel
    setting: str
    render: Callable[[Outgoing, datetime], Message]
    carriers: Mapping[str, Callable[[SplitResult], Carrier[Message]]]

    def carrier(self) -> Carrier[Message]:
        """A carrier for one batch.

        Raises:
            Unready: the operator configured none.
        """
        url = urlsplit(getattr(settings.PASSAVANT, self.setting))
        if url.scheme not in self.carriers:
            raise Unready(f"PASSAVANT_{self.setting.upper()} names no carrier")
        return self.carriers[url.scheme](url)


MAIL = Line(
    Channel.MAIL,
    "email_url",
    render_mail,
    {"smtp": SmtpCarrier, "smtps": SmtpCarrier, "smtp+starttls": SmtpCarrier, "tray": MailTray},
)
SMS = Line(
    Channel.SMS,
    "sms_url",
    render_sms,
    {
        "kannel+http": KannelCarrier,
        "kannel+https": KannelCarrier,
        "http+json": JsonCarrier,
        "https+json": JsonCarrier,
        "tray": SmsTray,
    },
)
LINES: tuple[Line[Any], ...] = (SMS, MAIL)  # somebody waits for a code in front of the screen
