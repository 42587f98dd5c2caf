"""The acts of an arrival, in the order of the story."""

from passavant.federation.actions.addresses import ask_code, prove_address
from passavant.federation.actions.arriving import arrive, awaited, too_often
from passavant.federation.actions.disowning import disown, not_me_link
from passavant.federation.actions.leaving import arrival_of, sign_out_from_there, tell_refusal
from passavant.federation.actions.linking import link, open_account, unlink
from passavant.federation.actions.ways import last_way_in, other_ways, way_in, ways_in

__all__ = [
    "arrival_of",
    "arrive",
    "ask_code",
    "awaited",
    "disown",
    "last_way_in",
    "link",
    "not_me_link",
    "open_account",
    "other_ways",
    "prove_address",
    "sign_out_from_there",
    "tell_refusal",
    "too_often",
    "unlink",
    "way_in",
    "ways_in",
]
