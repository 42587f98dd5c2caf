"""Can a domain receive mail? Asked only where the operator turned PASSAVANT_CHECK_MAIL_DOMAINS on.

The question goes to the machine's own resolver: "does this name exist?". A name that exists without an address of its
own may still receive mail (MX), and a resolver that does not answer says nothing: both are accepted. What is refused
is a name that nobody registered, and the best known throw-away mailboxes.
"""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

Resolver = Callable[[str, None], Any]
THROW_AWAY = frozenset(Path(__file__).with_name("throw_away.txt").read_text(encoding="ascii").split())


def receives_mail(domain: str, resolve: Resolver = socket.getaddrinfo) -> bool:
    """False for a throw-away domain, or one that does not exist."""
    if domain in THROW_AWAY or any(domain.endswith(f".{known}") for known in THROW_AWAY):
        return False
    try:
        resolve(domain, None)
    except socket.gaierror as error:
        return error.errno != socket.EAI_NONAME
    except (OSError, UnicodeError):
        return True
    return True
