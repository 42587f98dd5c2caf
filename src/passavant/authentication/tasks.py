"""What the worker does for this room."""

from passavant.authentication.actions.apps import reseal
from passavant.authentication.actions.factors import forget_factors
from passavant.authentication.actions.lapsing import advance_losses
from passavant.authentication.actions.leveling import apply_lowerings
from passavant.authentication.actions.presenting import watch_lists
from passavant.authentication.actions.reminding import remind_ending_certificates
from passavant.authentication.actions.trusting import forget_dead_devices
from passavant.authentication.models.held import certificates_open
from passavant.authentication.models.sessions import SessionStore


def clear_expired() -> int:
    """Delete dead sessions, and browsers no longer trusted; answers how many."""
    return SessionStore.clear_expired() + forget_dead_devices()


def reseal_secrets() -> int:
    """Seal under the newest key the secrets of apps that an older one sealed; answers how many."""
    return reseal()


def forget_closed() -> int:
    """Delete the factors of closed accounts; answers how many."""
    return forget_factors()


def lower_levels() -> int:
    """Put in force the lower levels that are due; answers how many."""
    return apply_lowerings()


def remind_ending() -> int:
    """Tell the persons whose certificate ends soon, at each stage once; answers how many mails."""
    return remind_ending_certificates()


def watch_certificate_lists() -> int:
    """Raise the alarm about lists of revoked certificates that fail, each once; answers how many alarms."""
    return watch_lists() if certificates_open() else 0


def advance_lost() -> int:
    """Cancel, ripen, lapse and forget the requests of who lost everything; answers how many."""
    return advance_losses()
