"""Who is in front of us, who may pass, and where one may be sent back to."""

from passavant.authentication.guards.devices import devices_of, remember_device
from passavant.authentication.guards.fresh import confirmation, fresh, typed_before
from passavant.authentication.guards.paths import local_path
from passavant.authentication.guards.person import know_the_person, pending_of, signed_in, store_of

__all__ = [
    "confirmation",
    "devices_of",
    "fresh",
    "know_the_person",
    "local_path",
    "pending_of",
    "remember_device",
    "signed_in",
    "store_of",
    "typed_before",
]
