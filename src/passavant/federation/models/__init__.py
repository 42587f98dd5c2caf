from passavant.federation.models.arrivals import Arrival
from passavant.federation.models.identities import ExternalIdentity

__all__ = ["Arrival", "ExternalIdentity"]
