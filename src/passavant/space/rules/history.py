"""What happened to an account, in plain words: one sentence per event that names a person. A test counts them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passavant.accounts.rules.levels import Level
from passavant.space.rules.holdings import WORDS

# In braces, a field of the event, said by DETAILS.
SENTENCES: dict[str, Promise] = {
    "account.signed_up": _("Inscription enregistrée"),
    "account.born": _("Compte créé depuis {portal}"),
    "account.activation_link_asked": _("Nouveau lien d’activation demandé"),
    "account.address_corrected": _("Adresse électronique corrigée avant l’activation"),
    "account.activated": _("Compte activé"),
    "account.activation_refused": _("Activation refusée"),
    "account.profile_changed": _("Profil modifié : {columns}"),
    "account.password_changed": _("Mot de passe changé"),
    "account.password_refused": _("Mot de passe actuel refusé : {asked_for}"),
    "account.reset_asked": _("Réinitialisation du mot de passe demandée"),
    "account.password_reset": _("Mot de passe réinitialisé"),
    "account.password_disowned": _("Activité signalée comme n’étant pas la vôtre"),
    "account.reset_refused": _("Réinitialisation du mot de passe refusée"),
    "account.email_change_asked": _("Changement d’adresse électronique demandé"),
    "account.email_changed": _("Adresse électronique changée"),
    "account.email_change_undone": _("Changement d’adresse électronique annulé"),
    "account.email_change_refused": _("Changement d’adresse électronique refusé"),
    "account.closed": _("Compte fermé"),
    "federation.arrived": _("Arrivée depuis {provider}"),
    "federation.refused": _("Arrivée depuis un autre portail refusée"),
    "federation.signed_out": _("Déconnexion demandée par {provider}"),
    "identity.linked": _("{provider} rattaché au compte"),
    "identity.unlinked": _("{provider} retiré du compte"),
    "sign_in.completed": _("Connexion réussie ({level})"),
    "sign_in.confirmed": _("Identité confirmée ({level})"),
    "device.trusted": _("Code non demandé sur un appareil pendant {days} jours"),
    "devices.forgotten": _("Code de nouveau demandé sur des appareils : {count}"),
    "sign_in.refused": _("Connexion refusée"),
    "code.sent": _("Code de connexion envoyé par SMS"),
    "code.withheld": _("Code de connexion non envoyé"),
    "code.refused": _("Code refusé : {method}"),
    "factor.added": _("Moyen de connexion ajouté : {kind}"),
    "factor.renamed": _("Moyen de connexion renommé : {kind}"),
    "factor.removed": _("Moyen de connexion retiré : {kind}"),
    "factor.kept": _("Retrait du dernier moyen de connexion refusé : {kind}"),
    "level.changed": _("Niveau de sécurité changé : {after}"),
    "level.lowering_asked": _("Niveau de sécurité moins élevé demandé : {after}"),
    "level.lowering_cancelled": _("Demande de niveau de sécurité moins élevé annulée"),
    "recovery_codes.made": _("Nouveaux codes de secours créés"),
    "recovery_code.used": _("Code de secours utilisé ; codes restants : {left}"),
    "passkey.refused": _("Clé d’accès refusée"),
    "certificate.refused": _("Certificat refusé"),
    "certificate.not_added": _("Certificat non ajouté"),
    "certificate.end_told": _("Fin prochaine d’un certificat annoncée"),
    "passkey.not_added": _("Clé d’accès non ajoutée"),
    "mobile.proved": _("Téléphone portable vérifié"),
    "loss.asked": _("Perte de tous les moyens de connexion déclarée"),
    "loss.code_refused": _("Code reçu par courriel refusé"),
    "loss.opened": _("Demande de retirer tous les moyens de connexion enregistrée"),
    "loss.ready": _("Fin du délai de cette demande"),
    "loss.checked": _("Pièce d’identité vérifiée par un agent : {paper}"),
    "loss.completed": _("Moyens de connexion retirés après confirmation d’un second agent : {factors}"),
    "loss.cancelled": _("Demande de retirer tous les moyens de connexion annulée"),
    "loss.refused": _("Demande de retirer tous les moyens de connexion non acceptée par un agent"),
    "loss.lapsed": _("Demande de retirer tous les moyens de connexion éteinte"),
    "loss.stopped": _("Acte d’un agent sur cette demande sans effet"),
    "session.ended": _("Déconnexion"),
    "sessions.ended": _("Sessions fermées à distance : {count}"),
}

KINDS: dict[str, Promise] = {
    "sms": _("jeton SMS"),
    "totp": _("application d’authentification"),
    "passkey": _("clé d’accès"),
    "certificate": _("certificat électronique"),
    "recovery": _("code de secours"),
}

PAPERS: dict[str, Promise] = {
    "identity-card": _("carte d’identité"),
    "passport": _("passeport"),
    "residence-permit": _("titre de séjour"),
}

ASKED_FOR: dict[str, Promise] = {
    "password": _("pour changer de mot de passe ou de téléphone portable"),
    "email": _("pour changer d’adresse électronique"),
    "closing": _("pour fermer le compte"),
}


def sentence(name: str, said: Mapping[str, Any]) -> str:
    """The sentence of an event, in the language in force; an event nobody has worded says its own name."""
    told = {field: say(str(said.get(field, ""))) for field, say in DETAILS.items()}
    return str(SENTENCES.get(name, name)).format(**told)


def _columns(names: str) -> str:
    words = WORDS["accounts.account"]
    return ", ".join(str(words[name].label).lower() if name in words else name for name in names.split())


def _level(value: str) -> str:
    return next((str(level.label) for level in Level if level == value), value)


def _asked_for(what: str) -> str:
    return str(ASKED_FOR.get(what, what))


def _portal(name: str) -> str:
    portal = settings.PASSAVANT.federation.get(name)
    return portal.label if portal else name


def _kind(value: str) -> str:
    return str(KINDS.get(value, value))


def _paper(value: str) -> str:
    return str(PAPERS.get(value, value))


DETAILS: dict[str, Callable[[str], str]] = {
    "columns": _columns,
    "level": _level,
    "after": _level,
    "asked_for": _asked_for,
    "count": str,
    "days": str,
    "portal": _portal,
    "provider": _portal,
    "left": str,
    "kind": _kind,
    "method": _kind,
    "paper": _paper,
    "factors": str,
}
