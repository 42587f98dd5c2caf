"""What the audit trail keeps of browsers that stand for a code."""

from uuid import UUID

from passavant.foundation.audit.events import event


@event("device.trusted")
class DeviceTrusted:
    """No code is asked in this browser for so many days."""

    account: UUID
    level: str
    days: int


@event("devices.forgotten")
class DevicesForgotten:
    """So many browsers are trusted no more."""

    account: UUID
    count: int
