"""Where a sign-in that lacks something goes on."""

from django.urls import reverse

from passavant.authentication.rules.levels import Step
from passavant.authentication.rules.pending import RECOVERY, Pending

CODE, WAYS = "authentication:code", "authentication:ways"
PAGES = {
    Step.PASSWORD.value: "authentication:confirmation",
    Step.SMS.value: CODE,
    Step.TOTP.value: CODE,
    Step.PASSKEY.value: "authentication:passkey",
    Step.CERTIFICATE.value: "authentication:certificate",
    RECOVERY: CODE,
}
ENROLMENTS = {
    Step.TOTP: "authentication:enrol_app",
    Step.PASSKEY: "authentication:enrol_passkey",
    Step.CERTIFICATE: "authentication:enrol_certificate",
}


def place(pending: Pending) -> str:
    """The page of what is asked now: a step, or the enrolment of what is missing; else the one that says so."""
    page = PAGES.get(pending.asks) or (ENROLMENTS.get(pending.missing) if pending.missing else None)
    return reverse(page or WAYS)
