"""How long an arrival waits, and how often one may try."""

from datetime import timedelta

from passavant.foundation.throttling.rules import Limit

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

CROSSING_LIFETIME = 10 * MINUTE  # from our page to the provider and back
ARRIVAL_LIFETIME = HOUR  # to confirm a name, prove an address, sign in to link
KEPT = DAY  # of an arrival that opened a session: its end at the provider is told until then
NOT_ME_LIFETIME = 10 * DAY

RETURNS = Limit("federation.returns", allow=60, per=MINUTE)  # network: each makes us call the provider

ADDRESS_CODE_LIFETIME = 30 * MINUTE  # NIST SP 800-63B-4 §4.2.1.2 allows 24 hours by e-mail
ADDRESS_CODE_TRIES = 5
ADDRESS_MAILS = Limit("federation.address_mails", allow=5, per=DAY)  # address: nobody's mailbox is flooded (B13)
ADDRESS_ASKED = Limit("federation.address_asked", allow=20, per=HOUR)  # network
ADDRESS_TRIES = Limit("federation.address_tries", allow=10, per=HOUR)  # arrival

# Calls to a provider, counted in one process.
CALL_SECONDS = 4.0  # all the calls of one return
SILENCE_SECONDS = 2.5  # without a byte
CLOCK_SKEW_SECONDS = 60
BODY_BYTES = 256 * 1024
KEPT_METADATA_SECONDS = 3600.0
KEYS_AGAIN_SECONDS = 10.0  # an unknown key makes us ask anew, at most that often
CLOSED_AFTER = 3  # failures in a row
CLOSED_SECONDS = 20.0
