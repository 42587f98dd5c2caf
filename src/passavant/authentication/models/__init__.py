from passavant.authentication.models.apps import AppFactor
from passavant.authentication.models.certificates import Certificate
from passavant.authentication.models.losses import Loss
from passavant.authentication.models.lowering import Lowering
from passavant.authentication.models.passkeys import Passkey
from passavant.authentication.models.recovery import RecoveryCode
from passavant.authentication.models.sessions import Session, SessionStore
from passavant.authentication.models.trusted import TrustedDevice

__all__ = [
    "AppFactor",
    "Certificate",
    "Loss",
    "Lowering",
    "Passkey",
    "RecoveryCode",
    "Session",
    "SessionStore",
    "TrustedDevice",
]
