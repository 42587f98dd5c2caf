"""What the site knows of a person, in that person's words. A test compares `columns` with the tables' own comments."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

KEPT_DAYS = 30  # spent links and rows of sent messages: the worker's delay


@dataclass(frozen=True)
class Datum:
    """`columns` are named app.model.column, in lower case, as in the database."""

    what: Promise
    why: Promise
    kept: Promise
    columns: frozenset[str]


def _columns(table: str, names: str) -> frozenset[str]:
    return frozenset(f"{table}.{name}" for name in names.split())


WITH_THE_ACCOUNT = _("Jusqu’à la fermeture du compte.")
HOURS = settings.PASSAVANT.session_total_hours

DATA = (
    Datum(
        _("Identifiant"),
        _("Vous reconnaître lorsque vous vous connectez."),
        _("Jusqu’à la fermeture du compte. Il n’en reste alors qu’une empreinte, pour que personne ne le reprenne."),
        _columns("accounts.account", "identifier identifier_key"),
    ),
    Datum(
        _("Mot de passe"),
        _("Vérifier que c’est bien vous. Seule une empreinte (argon2id) est conservée : personne ne peut le relire."),
        WITH_THE_ACCOUNT,
        _columns("accounts.account", "password"),
    ),
    Datum(
        _("Nom et prénom"),
        _("Savoir à qui appartient le compte et s’adresser à vous."),
        WITH_THE_ACCOUNT,
        _columns("accounts.account", "last_name first_name"),
    ),
    Datum(
        _("Adresse électronique"),
        _("Envoyer le courriel d’activation et les avis de sécurité ; vous connecter, si vous préférez, avec elle."),
        WITH_THE_ACCOUNT,
        _columns("accounts.account", "email email_key email_changed_at"),
    ),
    Datum(
        _("Téléphone portable"),
        _("Envoyer le code de connexion si vous avez choisi le jeton SMS."),
        WITH_THE_ACCOUNT,
        _columns("accounts.account", "mobile mobile_proved_at"),
    ),
    Datum(
        _("Moyens de connexion : applications d’authentification, clés d’accès, certificats, codes de secours"),
        _(
            "Vérifier que c’est bien vous, et vous montrer vos moyens de connexion. "
            "Les secrets sont chiffrés ou réduits à une empreinte."
        ),
        _("Jusqu’à ce que vous les retiriez, et au plus tard à la fermeture du compte."),
        _columns("authentication.appfactor", "account name secret created_at last_used_at")
        | _columns("authentication.lowering", "account asked_at")
        | _columns(
            "authentication.certificate",
            "account issuer serial key name holder authority ends_at created_at last_used_at",
        )
        | _columns("authentication.recoverycode", "account digest created_at used_at")
        | _columns(
            "authentication.passkey",
            "account credential_id public_key aaguid name synced created_at last_used_at",
        ),
    ),
    Datum(
        _("Téléphone, numéro SIREN ou SIRET, adresse professionnelle"),
        _("Facultatifs : vous joindre, et préparer l’adhésion de votre entreprise à un téléservice."),
        WITH_THE_ACCOUNT,
        _columns("accounts.account", "phone company_number address"),
    ),
    Datum(
        _("Dates de vos connexions"),
        _("Vous montrer la dernière, pour que vous remarquiez une connexion qui n’est pas la vôtre."),
        WITH_THE_ACCOUNT,
        _columns("accounts.account", "last_sign_in_at previous_sign_in_at"),
    ),
    Datum(
        _("Perte de tous vos moyens de connexion : demande, type et quatre derniers caractères de la pièce d’identité"),
        _("Vérifier que c’est bien vous qui demandez de les retirer. Rien d’autre n’est gardé de cette pièce."),
        format_lazy(_("{days} jours après la fin de la demande ; les dates, avec le compte."), days=KEPT_DAYS),
        _columns("authentication.loss", "account opened_at paper last_four checked_by checked_at confirmed_by")
        | _columns("accounts.account", "reset_at factor_proved_at"),
    ),
    Datum(
        _("Session ouverte : réseau, navigateur, dernière activité, saisie en cours"),
        _("Vous garder connecté d’une page à l’autre, et vous montrer où votre compte est ouvert."),
        format_lazy(_("Jusqu’à la déconnexion, et au plus {hours} heures."), hours=HOURS),
        _columns("authentication.session", "account seen_at network agent data"),
    ),
    Datum(
        _("Appareil où aucun code n’est demandé : navigateur, dates"),
        _("Ne plus vous demander de code, si vous l’avez voulu, et vous montrer ces appareils."),
        format_lazy(
            _("Jusqu’à ce que vous changiez d’avis ou de mot de passe, et au plus {days} jours."),
            days=settings.PASSAVANT.remember_days,
        ),
        _columns("authentication.trusteddevice", "account created_at agent last_used_at"),
    ),
    Datum(
        _("Comptes rattachés : votre numéro et votre adresse sur l’autre portail, dates"),
        _("Vous reconnaître quand vous arrivez d’un autre portail, si vous l’avez voulu."),
        _("Jusqu’à ce que vous retiriez le rattachement ou fermiez le compte."),
        _columns("federation.externalidentity", "account subject email linked_at used_at"),
    ),
    Datum(
        _("Arrivée depuis un autre portail : ce qu’il a transmis, chiffré"),
        _("Vous proposer de vérifier ces informations, puis de vous déconnecter aussi de ce portail."),
        _("Un jour."),
        _columns("federation.arrival", "account subject sid sealed email created_at"),
    ),
    Datum(
        _("Liens et codes à usage unique"),
        _("Prouver que l’adresse ou le téléphone est à vous. Seule leur empreinte est conservée."),
        format_lazy(_("{days} jours après leur usage ou leur fin."), days=KEPT_DAYS),
        _columns("onetime.ticket", "subject note"),
    ),
    Datum(
        _("Courriels et SMS envoyés"),
        _("Les faire partir, même après une panne. Leur contenu est chiffré."),
        format_lazy(
            _("Le contenu est effacé dès l’envoi ; l’adresse ou le numéro, {days} jours après."), days=KEPT_DAYS
        ),
        _columns("outbox.outgoing", "recipient context"),
    ),
    Datum(
        _("Journal de sécurité : ce qui s’est passé sur le compte, quand, depuis quel réseau et quel navigateur"),
        _("Vous montrer l’activité de votre compte, et établir les faits en cas d’usurpation ou d’attaque."),
        _("Aussi longtemps que le site : ce journal est scellé, personne ne peut le modifier ni l’effacer."),
        _columns("audit.event", "account actor address agent data"),
    ),
)
