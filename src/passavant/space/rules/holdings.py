"""What the house holds about a person, column by column, in words. Which columns exist is read from the tables.

A column nobody has worded here is neither shown nor handed out, and a test names it. `given` is False for what would
help somebody else to get in, or only repeats another column: told to be held, never handed out.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passavant.space.rules.ways_in import LOST, PROOF, WAYS_IN, Words

UNIQUE = _("Garantir que deux comptes ne se confondent pas.")
CALLED = _("Vous identifier auprès des agents et dans les messages que vous recevez.")
DATED = _("Dater les étapes de la vie de votre compte.")
LAST_TIME = _("Vous permettre de remarquer une connexion qui n’est pas la vôtre.")
OPEN = _("Vous montrer vos sessions ouvertes, et les fermer à temps.")
PROVED = _("Prouver qu’une adresse ou un téléphone est à vous.")
SENT = _("Faire partir les messages, même après une panne.")
CAME = _("Vous reconnaître quand vous arrivez d’un autre portail, et vous proposer de vous y déconnecter aussi.")
TRACED = _("Vous montrer ce qui s’est passé sur votre compte, et établir les faits en cas d’usurpation.")

TABLES: dict[str, Promise] = {
    "accounts.account": _("Votre compte"),
    "authentication.session": _("Vos sessions ouvertes"),
    "federation.externalidentity": _("Les comptes d’autres portails que vous avez rattachés"),
    "federation.arrival": _("Vos arrivées depuis d’autres portails"),
    "authentication.appfactor": _("Vos applications d’authentification"),
    "authentication.recoverycode": _("Vos codes de secours"),
    "authentication.passkey": _("Vos clés d’accès"),
    "authentication.certificate": _("Vos certificats"),
    "authentication.trusteddevice": _("Les appareils où aucun code ne vous est demandé"),
    "authentication.lowering": _("Votre demande de niveau de sécurité moins élevé"),
    "authentication.loss": _("Vos demandes de retirer tous les moyens de connexion"),
    "onetime.ticket": _("Vos liens et codes à usage unique"),
    "outbox.outgoing": _("Les courriels et SMS qui vous sont adressés"),
    "audit.event": _("Votre historique d’activité"),
}

WORDS: dict[str, dict[str, Words]] = {
    "accounts.account": {
        "id": Words(_("Numéro du compte"), _("Désigner votre compte dans nos fichiers.")),
        "identifier": Words(_("Identifiant"), _("Vous connecter. Vous l’avez choisi.")),
        "identifier_key": Words(_("Identifiant, forme comparable"), UNIQUE, given=False),
        "last_name": Words(_("Nom"), CALLED),
        "first_name": Words(_("Prénom"), CALLED),
        "email": Words(_("Adresse électronique"), _("Vous écrire au sujet de votre compte.")),
        "email_key": Words(_("Adresse électronique, forme comparable"), UNIQUE, given=False),
        "mobile": Words(_("Téléphone portable"), _("Vous envoyer les codes de connexion par SMS.")),
        "phone": Words(_("Téléphone"), _("Vous joindre au sujet de vos démarches.")),
        "company_number": Words(_("Numéro SIREN ou SIRET"), _("Savoir pour quelle entreprise vous agissez.")),
        "address": Words(_("Adresse professionnelle"), _("Savoir pour quelle entreprise vous agissez.")),
        "password": Words(_("Mot de passe"), PROOF, given=False),
        "level": Words(_("Niveau de sécurité"), _("Appliquer à chaque connexion le niveau que vous avez choisi.")),
        "last_factor": Words(_("Dernier moyen de connexion utilisé"), _("Vous proposer d’abord le même.")),
        "language": Words(_("Langue"), _("Vous écrire dans la langue que vous avez choisie.")),
        "state": Words(_("État du compte"), _("Savoir si votre compte peut servir.")),
        "terms_version": Words(_("Conditions générales acceptées"), _("Prouver votre accord.")),
        "terms_accepted_at": Words(_("Date de cette acceptation"), _("Prouver votre accord.")),
        "born_of": Words(_("Portail d’où vient le compte"), DATED),
        "created_at": Words(_("Date d’inscription"), DATED),
        "reminded_at": Words(_("Date du rappel d’activation"), DATED),
        "activated_at": Words(_("Date d’activation"), DATED),
        "mobile_proved_at": Words(_("Téléphone portable vérifié le"), _("Savoir que ce numéro est bien le vôtre.")),
        "email_changed_at": Words(_("Dernier changement d’adresse électronique"), DATED),
        "reset_at": Words(_("Dernière réinitialisation du mot de passe"), LOST),
        "factor_proved_at": Words(_("Dernière preuve par un moyen de connexion"), LOST),
        "last_sign_in_at": Words(_("Dernière connexion"), LAST_TIME),
        "previous_sign_in_at": Words(_("Connexion précédente"), LAST_TIME),
        "security_epoch": Words(
            _("Nombre de changements de sécurité"), _("Fermer ce qui a été ouvert avant un changement de mot de passe.")
        ),
        "suspended_at": Words(_("Date de suspension"), DATED),
        "closed_at": Words(_("Date de fermeture"), DATED),
        "closing_reason": Words(_("Auteur de la fermeture"), DATED),
    },
    "authentication.session": {
        "id": Words(_("Numéro de la session"), OPEN),
        "account": Words(_("Numéro du compte"), OPEN),
        "key_digest": Words(_("Clé de la session"), PROOF, given=False),
        "epoch": Words(
            _("Nombre de changements de sécurité"), _("Fermer ce qui a été ouvert avant un changement de mot de passe.")
        ),
        "through": Words(_("Portail qui vous a reconnu"), OPEN),
        "arrival": Words(_("Numéro de l’arrivée par ce portail"), OPEN),
        "methods": Words(_("Moyens de connexion utilisés"), OPEN),
        "level": Words(_("Niveau de sécurité atteint"), OPEN),
        "authenticated_at": Words(_("Dernière preuve d’identité"), OPEN),
        "created_at": Words(_("Ouverte le"), OPEN),
        "seen_at": Words(_("Dernière activité"), OPEN),
        "expires_at": Words(_("Fin prévue"), OPEN),
        "network": Words(_("Réseau"), LAST_TIME),
        "agent": Words(_("Navigateur"), LAST_TIME),
        "data": Words(_("Saisie en cours"), _("Garder une saisie en cours le temps de la session."), given=False),
    },
    "federation.externalidentity": {
        "id": Words(_("Numéro du rattachement"), CAME),
        "account": Words(_("Numéro du compte"), CAME),
        "provider": Words(_("Portail"), CAME),
        "issuer": Words(_("Adresse du portail"), CAME),
        "subject": Words(_("Votre numéro sur ce portail"), CAME),
        "email": Words(_("Adresse électronique indiquée par ce portail"), CAME),
        "linked_at": Words(_("Rattaché le"), CAME),
        "used_at": Words(_("Dernière utilisation"), LAST_TIME),
    },
    "federation.arrival": {
        "id": Words(_("Numéro de l’arrivée par ce portail"), CAME),
        "account": Words(_("Numéro du compte"), CAME),
        "digest": Words(_("Clé de l’arrivée"), PROOF, given=False),
        "provider": Words(_("Portail"), CAME),
        "subject": Words(_("Votre numéro sur ce portail"), CAME),
        "sid": Words(_("Numéro de votre session sur ce portail"), CAME),
        "sealed": Words(_("Ce que ce portail a transmis, chiffré"), CAME, given=False),
        "email": Words(_("Adresse électronique indiquée par ce portail"), CAME),
        "email_proved": Words(_("Adresse vérifiée"), CAME),
        "wanted": Words(_("Page demandée"), CAME),
        "created_at": Words(_("Arrivée le"), CAME),
        "expires_at": Words(_("Fin prévue"), CAME),
        "spent_at": Words(_("Utilisée le"), CAME),
    },
    **WAYS_IN,
    "onetime.ticket": {
        "id": Words(_("Numéro"), PROVED),
        "purpose": Words(_("Usage"), PROVED),
        "subject": Words(_("Compte ou adresse concernés"), PROVED, given=False),
        "digest": Words(_("Lien ou code"), PROOF, given=False),
        "note": Words(_("Ce qu’il permet"), _("Retenir, par exemple, l’adresse électronique à confirmer.")),
        "tries_left": Words(_("Essais restants"), PROVED),
        "created_at": Words(_("Donné le"), PROVED),
        "expires_at": Words(_("Valable jusqu’au"), PROVED),
        "spent_at": Words(_("Utilisé le"), PROVED),
        "superseded_at": Words(_("Remplacé ou annulé le"), PROVED),
    },
    "outbox.outgoing": {
        "id": Words(_("Numéro"), SENT),
        "channel": Words(_("Courriel ou SMS"), SENT),
        "recipient": Words(_("Adresse ou numéro"), SENT),
        "template": Words(_("Message"), SENT),
        "language": Words(_("Langue"), SENT),
        "context": Words(_("Contenu"), _("Écrire le message. Chiffré, et effacé dès l’envoi."), given=False),
        "thread": Words(_("Suite de messages"), SENT, given=False),
        "message_id": Words(_("Référence technique"), SENT),
        "state": Words(_("État"), SENT),
        "attempts": Words(_("Essais"), SENT),
        "reason": Words(_("Dernier échec"), SENT),
        "posted_at": Words(_("Écrit le"), SENT),
        "due_at": Words(_("Prochain essai"), SENT),
        "useful_until": Words(_("Inutile après le"), SENT),
        "settled_at": Words(_("Parti ou abandonné le"), SENT),
    },
    "audit.event": {
        "id": Words(_("Numéro"), TRACED),
        "at": Words(_("Date"), TRACED),
        "name": Words(_("Activité"), TRACED),
        "account": Words(_("Numéro du compte"), TRACED),
        "actor": Words(_("Auteur de l’acte"), TRACED),
        "address": Words(_("Réseau"), TRACED),
        "agent": Words(_("Navigateur"), TRACED),
        "request_id": Words(_("Référence technique"), TRACED),
        "data": Words(_("Détails"), TRACED),
    },
}
