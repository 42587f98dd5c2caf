"""How often one may try. Source of each figure: security decisions of the house, § "No malicious lock-out".

Nobody can lock another person out: tries count for one account *from one place*; the high ceiling of an account
concerns unknown devices only. A known device is a place of its own, wherever it is.
"""

from datetime import timedelta

from passavant.foundation.throttling.rules import Limit

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# Passwords. CNIL 2022-100 (50-bit passwords need limited attempts); NIST 800-63B-4 §3.2.2 (≤ 100 failures).
TRIES = Limit("authentication.tries", allow=5, per=MINUTE, growth=2.0, ceiling=HOUR)  # name typed × place
CEILING = Limit("authentication.ceiling", allow=50, per=DAY)  # name, from all unknown devices; an account has two names
NETWORK = Limit("authentication.network", allow=60, per=MINUTE)  # address or /64; ProConnect Identité publishes 60

# Codes. NIST 800-63B-4 §3.1.3.2 (10 minutes); five tries each, and over new codes too.
CODE_LIFETIME = 10 * MINUTE
CODE_TRIES = 5
CODES = Limit("authentication.codes", allow=10, per=HOUR)  # account: comparisons, whatever the number of codes
PENDING_LIFETIME = 15 * MINUTE  # between the password and the end of the sign-in

# Answers of passkeys that are not accepted. They cannot be guessed: what is spared is the trail.
PASSKEYS = Limit("authentication.passkeys", allow=60, per=MINUTE)  # address or /64
CERTIFICATES = Limit("authentication.certificates", allow=60, per=MINUTE)  # address or /64; the same for certificates
LISTS_ALARM = Limit("authentication.lists.alarm", allow=1, per=DAY)  # a list of revoked certificates that fails, once

FRESH = 15 * MINUTE  # how old the last proof may be where it matters; NIST 800-63B-4, OWASP ASVS 7.5.1

NOTICES = Limit("authentication.notices", allow=1, per=5 * MINUTE)  # account: mails about new devices

# SMS cost money: sending them is capped at each level at which somebody could make us pay (E4).
SMS_AGAIN = Limit("authentication.sms.again", allow=1, per=MINUTE)  # pending sign-in
SMS_ACCOUNT = Limit("authentication.sms.account", allow=5, per=15 * MINUTE)
SMS_NUMBER = Limit("authentication.sms.number", allow=10, per=DAY)  # not typed back: a success forgives them
SMS_NETWORK = Limit("authentication.sms.network", allow=50, per=HOUR)  # behind one address, a whole company
SMS_ALARM = Limit("authentication.sms.alarm", allow=1, per=DAY)  # the event that tells the operator, once
HOME = "FR"
ABROAD_SHARE = 10  # one country other than HOME may use a tenth of the day's budget


def sms_budget(budget: int) -> Limit:
    """All SMS of a day."""
    return Limit("authentication.sms.budget", allow=budget, per=DAY)


def sms_country(country: str, budget: int) -> Limit:
    """All SMS of a day to one country (ISO code)."""
    return Limit("authentication.sms.country", allow=budget if country == HOME else budget // ABROAD_SHARE, per=DAY)


# « J’ai tout perdu ». One place cannot use up the mails that an address may get, nor flood it (B13).
LOSS_ASKED = Limit("authentication.loss_asked", allow=3, per=DAY)  # what was typed, and network
LOSSES = Limit("authentication.losses", allow=20, per=HOUR)  # network
LOSS_MAILS = Limit("authentication.loss_mails", allow=10, per=DAY)  # address
