"""What the hostile provider knows: its keys, what it was told to do, what it was asked."""

import threading
import time
from collections import Counter, deque

from tests.providers.lies import EVENT, LOGOUT_MODES, LOGOUT_PAYLOAD, Keys, changed, known, written
from tests.providers.messages import Question
from tests.providers.signing import Json, Key

KEPT = 200  # requests
LIFETIME = 600  # seconds, of a token
SUB = "sub-at-the-hostile-provider"
SID = "session-at-the-hostile-provider"
CLAIMS = {
    "given_name": "Hugo",
    "usual_name": "Stile",
    "family_name": "Stile",
    "email": "hugo@negoce-durand.example",
    "email_verified": True,
    "siret": "73282932000074",
}
ORDERS = {"reset", "modes", "claims", "id_token", "sub", "logout"}


def epoch() -> int:
    return int(time.time())


class State:
    """Shared by the threads; `told` wakes those that wait whenever the control says something."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.told = threading.Event()
        self.lock = threading.Lock()
        self.issuer = self.canary = ""
        self.forget()

    def settle(self, issuer: str, canary: str) -> None:
        """Where it listens; makes the keys."""
        self.issuer, self.canary = issuer, canary
        self.keys = Keys(Key("own"), Key("other"), Key("thief"), self.secret, f"{canary}/jku")

    def forget(self) -> None:
        self.modes: set[str] = set()
        self.sub = SUB
        self.claims: Json = dict(CLAIMS)
        self.id_token: Json = {}
        self.hits: Counter[str] = Counter()
        self.requests: deque[Json] = deque(maxlen=KEPT)
        self.codes: dict[str, dict[str, str]] = {}  # code: the authorization request, until it is spent
        self.tokens: dict[str, str] = {}  # access token: client id

    def remember(self, endpoint: str, question: Question) -> None:
        kept = {name: getattr(question, name) for name in ("method", "path", "query", "form", "headers")}
        with self.lock:
            self.hits[endpoint] += 1
            self.requests.append(kept)

    def seen(self) -> Json:
        with self.lock:
            return {"hits": dict(self.hits), "requests": list(self.requests), "canary": self.canary}

    def tell(self, orders: Json) -> Json:
        """ValueError when an order or a mode is unknown; answers what an order gives."""
        if strange := [*(orders.keys() - ORDERS), *(mode for mode in orders.get("modes", ()) if not known(mode))]:
            raise ValueError(f"unknown: {strange}")
        with self.lock:
            if orders.get("reset"):
                self.forget()
            self.modes = set(orders.get("modes", self.modes))
            self.sub = orders.get("sub", self.sub)
            self.claims = changed(self.claims, orders.get("claims", {}))
            self.id_token = {**self.id_token, **orders.get("id_token", {})}
            self.told.set()
            self.told = threading.Event()
        return {"logout_token": self.logout_token(**orders["logout"])} if "logout" in orders else {}

    def sign(self, claims: Json) -> str:
        """An id token of these claims, spoilt as the modes say."""
        return written(claims, self.modes, self.keys, epoch())

    def standing(self, client: str) -> Json:
        """What every token of this moment says."""
        now = epoch()
        return {"iss": self.issuer, "sub": self.sub, "aud": client, "iat": now, "exp": now + LIFETIME}

    def logout_token(self, *, mode: str, audience: str, claims: Json) -> str:
        if mode not in LOGOUT_MODES:
            raise ValueError(f"unknown: {mode}")
        event = {"events": {EVENT: {}}, "jti": f"logout-{epoch()}-{id(claims)}", "sid": SID}
        payload = changed({**self.standing(audience), **event}, claims)
        return written(payload, {mode}, self.keys, epoch(), LOGOUT_PAYLOAD, typ="logout+jwt")
