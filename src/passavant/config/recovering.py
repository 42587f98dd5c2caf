"""`passavant account recover`: what two officers do for a person who lost every way to sign in."""

import argparse
import sys

from passavant.authentication.actions import check_loss, confirm_loss, refuse_loss
from passavant.authentication.actions.outcomes import LossHindered, LossMoved
from passavant.authentication.actions.recovering import Shown
from passavant.authentication.rules.losses import Paper, last_four, officer_key
from passavant.foundation.values import Origin

ORIGIN = Origin.system("command")
DONE = {
    "check": "checked: another officer now confirms it",
    "confirm": "confirmed: {factors} factor(s) removed; the person enrols anew at the next sign-in",
    "refuse": "refused: nothing is removed, the person is told",
}
NOT_DONE = {
    "nobody": "no account in use has this identifier or e-mail",
    "none": "this person has no open request",
    "returned": "the person signed in with a factor since: the request is over",
    "level": "the level of this account is not one that factors are removed for",
    "reset": "the password was reset: not before {until}",
    "lapsed": "the request is too old: the person makes another one",
    "early": "the delay is not over: not before {until}",
    "unchecked": "no officer has checked an identity paper yet",
    "same": "the officer who checked may not confirm: another one does",
    "state": "somebody else has just acted on this request",
}


def recover(asked: argparse.Namespace) -> int:
    """Print what became of it; 1 when nothing was done, 2 when the command says too little."""
    try:
        outcome = _act(asked)
    except ValueError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    match outcome:
        case LossMoved(factors=factors):
            sys.stdout.write(DONE[asked.act].format(factors=factors) + "\n")
            return 0
        case LossHindered(why=why, until=until):
            moment = until.isoformat(timespec="minutes") if until else ""
            sys.stderr.write(NOT_DONE[why].format(until=moment) + "\n")
            return 1


def _act(asked: argparse.Namespace) -> LossMoved | LossHindered:
    officer = officer_key(asked.officer)
    if asked.act == "confirm":
        return confirm_loss(asked.who, officer=officer, origin=ORIGIN)
    if asked.act == "refuse":
        return refuse_loss(asked.who, officer=officer, origin=ORIGIN)
    if not asked.paper:
        raise ValueError("say the type of the identity paper: --paper")
    shown = Shown(Paper(asked.paper), last_four(asked.last_four))
    return check_loss(asked.who, shown, officer=officer, origin=ORIGIN)
