"""What the worker does for this room."""

from passavant.authentication.models.sessions import SessionStore


def clear_expired() -> int:
    """Delete dead sessions; answers how many."""
    return SessionStore.clear_expired()
