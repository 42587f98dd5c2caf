"""How often one may ask. Sources: security decisions of the house, §2 (limits others publish) and A5, B13."""

from datetime import timedelta

from passavant.foundation.throttling.rules import Limit

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# Sign-up. An identifier must be unique, so the form tells when one is taken: a place learns few of them an hour.
TAKEN_ANSWERS = Limit("accounts.taken_answers", allow=20, per=HOUR, growth=2.0, ceiling=4 * HOUR)  # network
SIGN_UPS = Limit("accounts.sign_ups", allow=200, per=HOUR)  # network: a company or a town behind one address
CLAIMS_A_DAY = 5  # registrations that one day's visitors may make wait for one address; others are not written

# Mails to one address, whoever asks: nobody's mailbox is flooded (B13).
ACTIVATION_MAILS = Limit("accounts.activation_mails", allow=5, per=DAY)
ALREADY_MAILS = Limit("accounts.already_mails", allow=2, per=DAY)
RESEND_WAIT = Limit("accounts.resend_wait", allow=1, per=MINUTE, growth=2.0, ceiling=HOUR)  # registration
RESENDS = Limit("accounts.resends", allow=30, per=HOUR)  # network
CORRECTIONS = Limit("accounts.corrections", allow=5, per=DAY)  # registration

# Passwords typed: per link or account and per place, so that nobody else uses up a person's tries.
ACTIVATION_TRIES = Limit("accounts.activation_tries", allow=5, per=5 * MINUTE, growth=2.0, ceiling=HOUR)
CURRENT_PASSWORD = Limit("accounts.current_password", allow=5, per=5 * MINUTE, growth=2.0, ceiling=HOUR)
EMAIL_CHANGES = Limit("accounts.email_changes", allow=5, per=DAY)  # account

# Forgotten passwords. An address is not flooded (B13); the last link lives as long as the wait for the next one.
RESET_MAILS = Limit("accounts.reset_mails", allow=3, per=DAY)  # address
RESET_ASKED = Limit("accounts.reset_asked", allow=5, per=15 * MINUTE, growth=2.0)  # what was typed, and network
RESETS = Limit("accounts.resets", allow=30, per=HOUR)  # network
RESET_TRIES = Limit("accounts.reset_tries", allow=5, per=5 * MINUTE, growth=2.0, ceiling=HOUR)  # link, and network
