"""What may be done to an account, one module per story."""

from passavant.accounts.actions.activation import activate, activation_link
from passavant.accounts.actions.closing import close_account
from passavant.accounts.actions.credentials import change_password, password_faults, prove_password
from passavant.accounts.actions.email_change import (
    ask_email_change,
    cancel_email_change,
    confirm_email_change,
    email_link,
    undo_link,
    withdraw_email_change,
)
from passavant.accounts.actions.forgotten import ask_reset
from passavant.accounts.actions.newcomers import open_account
from passavant.accounts.actions.profile import change_profile
from passavant.accounts.actions.resending import correct_address, next_resend, resend_activation, resend_to
from passavant.accounts.actions.reset import disown_reset, force_reset, not_me_link, reset_link, reset_password
from passavant.accounts.actions.sign_up import ask_identifier, sign_up

__all__ = [
    "activate",
    "activation_link",
    "ask_email_change",
    "ask_identifier",
    "ask_reset",
    "cancel_email_change",
    "change_password",
    "change_profile",
    "close_account",
    "confirm_email_change",
    "correct_address",
    "disown_reset",
    "email_link",
    "force_reset",
    "next_resend",
    "not_me_link",
    "open_account",
    "password_faults",
    "prove_password",
    "resend_activation",
    "resend_to",
    "reset_link",
    "reset_password",
    "sign_up",
    "undo_link",
    "withdraw_email_change",
]
