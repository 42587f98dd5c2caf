"""The acts of a sign-in, in the order of the story."""

from passavant.authentication.actions.apps import check_app_code
from passavant.authentication.actions.certificates import add_certificate, enter_by_certificate, take_certificate
from passavant.authentication.actions.codes import check_code, send_code
from passavant.authentication.actions.confirming import begin_confirmation, confirm_password, standing
from passavant.authentication.actions.enrolling import add_app, draft_secret, enrol_pending, reopen_stronger
from passavant.authentication.actions.factors import forget_factors
from passavant.authentication.actions.keys import (
    add_passkey,
    ask_new_passkey,
    not_added,
    whose_passkey,
)
from passavant.authentication.actions.lapsing import advance_losses
from passavant.authentication.actions.leveling import cancel_lowering, change_level, keep_level, lowering_link
from passavant.authentication.actions.losing import ask_loss, cancel_loss, cancel_loss_link, prove_loss
from passavant.authentication.actions.managing import needed, remove_factor, rename_factor
from passavant.authentication.actions.passage import move_here, ticket_for
from passavant.authentication.actions.passkeys import ask_passkey, enter_by_passkey, not_accepted
from passavant.authentication.actions.presenting import present_certificate, watch_lists
from passavant.authentication.actions.proceeding import arrive, choose, proceed
from passavant.authentication.actions.recovering import check_loss, confirm_loss, refuse_loss
from passavant.authentication.actions.recovery import make_recovery_codes, use_recovery_code
from passavant.authentication.actions.reminding import remind_ending_certificates
from passavant.authentication.actions.resuming import person_of
from passavant.authentication.actions.sessions import end_other_sessions, end_session, open_session, sign_out
from passavant.authentication.actions.sign_in import sign_in
from passavant.authentication.actions.telling import tell_former_number
from passavant.authentication.actions.trusting import forget_device, forget_devices

__all__ = [
    "add_app",
    "add_certificate",
    "add_passkey",
    "advance_losses",
    "arrive",
    "ask_loss",
    "ask_new_passkey",
    "ask_passkey",
    "begin_confirmation",
    "cancel_loss",
    "cancel_loss_link",
    "cancel_lowering",
    "change_level",
    "check_app_code",
    "check_code",
    "check_loss",
    "choose",
    "confirm_loss",
    "confirm_password",
    "draft_secret",
    "end_other_sessions",
    "end_session",
    "enrol_pending",
    "enter_by_certificate",
    "enter_by_passkey",
    "forget_device",
    "forget_devices",
    "forget_factors",
    "keep_level",
    "lowering_link",
    "make_recovery_codes",
    "move_here",
    "needed",
    "not_accepted",
    "not_added",
    "open_session",
    "person_of",
    "present_certificate",
    "proceed",
    "prove_loss",
    "refuse_loss",
    "remind_ending_certificates",
    "remove_factor",
    "rename_factor",
    "reopen_stronger",
    "send_code",
    "sign_in",
    "sign_out",
    "standing",
    "take_certificate",
    "tell_former_number",
    "ticket_for",
    "use_recovery_code",
    "watch_lists",
    "whose_passkey",
]
