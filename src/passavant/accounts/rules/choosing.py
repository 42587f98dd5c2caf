"""Which security level suits a person: five answers in, one recommendation out, with its reason.

Source: the sign-up guide, step 1.3; what each level asks is the table of the authentication room, in plain words.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passavant.accounts.rules.levels import Level

ASKS: dict[Level, Promise] = {
    Level.PASSWORD: _("Votre mot de passe, et rien d’autre."),
    Level.SMS: _("Votre mot de passe, puis un code reçu par SMS. Un téléphone portable simple suffit."),
    Level.TOTP: _("Votre mot de passe, puis un code affiché par une application, même sans réseau."),
    Level.PASSKEY: _("Le déverrouillage de votre appareil : empreinte, visage ou code. Aucun mot de passe à saisir."),
    Level.CERTIFICATE: _("Votre carte ou votre clé USB de certificat, et son code."),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What a person answers about their own work; `network`: of telephones, where they work."""

    smartphone: bool
    apps: bool
    shared: bool
    card: bool
    network: bool


@dataclass(frozen=True, slots=True)
class Suit:
    """A level, whom it suits, and why."""

    level: Level
    suits: Callable[[Situation], bool]
    why: Promise


# The first that suits is recommended: from the strongest down.
SUITS = (
    Suit(
        Level.CERTIFICATE,
        lambda s: s.card,
        _("Vous avez déjà une carte ou une clé USB de certificat : c’est le moyen le plus sûr."),
    ),
    Suit(
        Level.PASSKEY,
        lambda s: not s.shared,
        _("Votre poste n’est qu’à vous : il peut garder une clé d’accès, que nul ne peut dérober à distance."),
    ),
    Suit(
        Level.PASSKEY,
        lambda s: s.smartphone and s.network,
        _("Votre poste est partagé : la clé d’accès reste dans votre smartphone, qui répond à la place du poste."),
    ),
    Suit(
        Level.TOTP,
        lambda s: s.smartphone and s.apps,
        _("Une application d’authentification fonctionne sans réseau, et ne laisse rien sur le poste."),
    ),
    Suit(
        Level.SMS,
        lambda s: s.network,
        _("Le réseau téléphonique passe là où vous travaillez : un code par SMS protège mieux qu’un mot de passe."),
    ),
    Suit(
        Level.PASSWORD,
        lambda _situation: True,
        _("Vos réponses ne permettent pas de second moyen. Choisissez un mot de passe long, et qui ne sert qu’ici."),
    ),
)


def recommended(situation: Situation, offered: Collection[Level]) -> Suit | None:
    """The strongest of the levels offered that suits; None when none of them does."""
    return next((suit for suit in SUITS if suit.level in offered and suit.suits(situation)), None)
