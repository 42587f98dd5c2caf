"""What the house holds of the ways into an account, in words: the part of `holdings` that grows with the factors."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Words:
    """How a column is named to people, and why it is held."""

    label: Promise
    why: Promise
    given: bool = True


PROOF = _("Vérifier que c’est bien vous. Conservé sous une forme qui ne permet pas de le retrouver, jamais communiqué.")
WAY_IN = _("Vous montrer vos moyens de connexion, et vous laisser les retirer.")
LOWERED = _("Vous laisser le temps de refuser un niveau de sécurité moins élevé.")
BOUND = _("Reconnaître votre certificat, et lui seul, quel que soit le nom qui y est écrit.")
LOST = _("Retirer vos moyens de connexion à votre demande, et à celle de personne d’autre.")
TRUSTED = _("Ne plus vous demander de code sur un appareil, comme vous l’avez voulu, et vous laisser changer d’avis.")
ONCE = _("Vérifier qu’un code ne serve qu’une fois.")

WAYS_IN: dict[str, dict[str, Words]] = {
    "authentication.appfactor": {
        "id": Words(_("Numéro"), WAY_IN),
        "account": Words(_("Numéro du compte"), WAY_IN),
        "name": Words(_("Nom du moyen de connexion"), WAY_IN),
        "secret": Words(
            _("Clé partagée avec l’application"),
            _("Vérifier les codes que l’application affiche. Conservée chiffrée, jamais communiquée."),
            given=False,
        ),
        "seal": Words(_("Clé qui chiffre la précédente"), PROOF, given=False),
        "last_step": Words(_("Dernier code accepté"), ONCE),
        "created_at": Words(_("Ajouté le"), WAY_IN),
        "last_used_at": Words(_("Dernière utilisation"), WAY_IN),
    },
    "authentication.recoverycode": {
        "id": Words(_("Numéro"), WAY_IN),
        "account": Words(_("Numéro du compte"), WAY_IN),
        "digest": Words(_("Code de secours"), PROOF, given=False),
        "created_at": Words(_("Créé le"), WAY_IN),
        "used_at": Words(_("Utilisé le"), ONCE),
    },
    "authentication.passkey": {
        "id": Words(_("Numéro"), WAY_IN),
        "account": Words(_("Numéro du compte"), WAY_IN),
        "credential_id": Words(_("Nom technique de la clé"), WAY_IN),
        "public_key": Words(_("Partie publique de la clé"), PROOF, given=False),
        "sign_count": Words(_("Compteur de la clé"), _("Remarquer une copie de la clé.")),
        "aaguid": Words(_("Modèle de l’appareil"), WAY_IN),
        "name": Words(_("Nom du moyen de connexion"), WAY_IN),
        "synced": Words(_("Synchronisée entre vos appareils"), WAY_IN),
        "user_verified": Words(_("Appareil déverrouillé à l’ajout"), WAY_IN),
        "created_at": Words(_("Ajouté le"), WAY_IN),
        "last_used_at": Words(_("Dernière utilisation"), WAY_IN),
    },
    "authentication.lowering": {
        "id": Words(_("Numéro"), LOWERED),
        "account": Words(_("Numéro du compte"), LOWERED),
        "level": Words(_("Niveau de sécurité demandé"), LOWERED),
        "asked_at": Words(_("Demandé le"), LOWERED),
        "effective_at": Words(_("En vigueur le"), LOWERED),
    },
    "authentication.certificate": {
        "id": Words(_("Numéro"), WAY_IN),
        "account": Words(_("Numéro du compte"), WAY_IN),
        "issuer": Words(_("Empreinte de l’organisme"), BOUND, given=False),
        "serial": Words(_("Numéro du certificat"), BOUND),
        "key": Words(_("Empreinte de la clé publique"), BOUND, given=False),
        "name": Words(_("Nom du moyen de connexion"), WAY_IN),
        "holder": Words(_("Nom écrit dans le certificat"), WAY_IN),
        "authority": Words(_("Organisme qui l’a délivré"), WAY_IN),
        "ends_at": Words(_("Valable jusqu’au"), _("Vous prévenir avant la fin d’un certificat.")),
        "created_at": Words(_("Ajouté le"), WAY_IN),
        "last_used_at": Words(_("Dernière utilisation"), WAY_IN),
        "told_at_days": Words(_("Dernier rappel envoyé"), _("Vous prévenir avant la fin d’un certificat.")),
    },
    "authentication.loss": {
        "id": Words(_("Numéro"), LOST),
        "account": Words(_("Numéro du compte"), LOST),
        "state": Words(_("État"), LOST),
        "opened_at": Words(_("Demandé le"), LOST),
        "ready_at": Words(_("Fin du délai"), LOST),
        "lapses_at": Words(_("Fin prévue"), LOST),
        "paper": Words(_("Type de la pièce d’identité"), LOST),
        "last_four": Words(_("Quatre derniers caractères de son numéro"), LOST),
        "checked_by": Words(_("Agent qui l’a vérifiée"), LOST),
        "checked_at": Words(_("Vérifiée le"), LOST),
        "confirmed_by": Words(_("Agent qui a confirmé"), LOST),
        "ended_at": Words(_("Terminée le"), LOST),
    },
    "authentication.trusteddevice": {
        "id": Words(_("Numéro"), TRUSTED),
        "account": Words(_("Numéro du compte"), TRUSTED),
        "digest": Words(_("Clé de l’appareil"), PROOF, given=False),
        "epoch": Words(
            _("Nombre de changements de sécurité"), _("Fermer ce qui a été ouvert avant un changement de mot de passe.")
        ),
        "level": Words(_("Niveau de sécurité atteint"), TRUSTED),
        "created_at": Words(_("Ajouté le"), TRUSTED),
        "expires_at": Words(_("Fin prévue"), TRUSTED),
        "agent": Words(_("Navigateur"), TRUSTED),
        "last_used_at": Words(_("Dernière utilisation"), TRUSTED),
    },
}
