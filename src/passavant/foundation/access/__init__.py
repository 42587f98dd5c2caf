"""Who enters a page, which methods write there, and what every request and answer carries."""

from passavant.foundation.access.door import Request, WroteOnRead, anyone, door

__all__ = ["Request", "WroteOnRead", "anyone", "door"]
