from passavant.authentication.models.sessions import Session, SessionStore

__all__ = ["Session", "SessionStore"]
