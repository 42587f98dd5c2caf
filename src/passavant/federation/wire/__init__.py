"""Talking to a provider: what it publishes, what it answers, what it tells us on its own."""

from passavant.federation.wire.back_channel import LogoutNotice, read_logout
from passavant.federation.wire.calls import Talk
from passavant.federation.wire.crossing import departure, far_exit
from passavant.federation.wire.returning import come_back

__all__ = ["LogoutNotice", "Talk", "come_back", "departure", "far_exit", "read_logout"]
