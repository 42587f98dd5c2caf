"""The forms that ask the current password again."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from passavant.accounts.actions.outcomes import Refused
from passavant.accounts.rules.passwords import shown
from passavant.foundation.ui.fields import EmailField, NewPasswordField
from passavant.foundation.ui.forms import Form
from passavant.foundation.ui.templatetags.pv import day
from passavant.space.forms.fields import CurrentPasswordField

MANAGER = _("Un gestionnaire de mots de passe peut le créer et le retenir pour vous. Le copier-coller est possible.")


class PasswordForm(Form):
    """Another password."""

    current = CurrentPasswordField(label=_("Mot de passe actuel"))
    new = NewPasswordField(label=_("Nouveau mot de passe"), help_text=MANAGER, rules=shown())

    def answer(self, refused: Refused) -> None:
        """Say beside the right field why nothing changed."""
        match refused:
            case Refused(why="same"):
                self.add_error("new", _("Choisissez un mot de passe différent de l’actuel."))
            case Refused(why="weak", faults=faults):
                self.add_error("new", str(faults[0].message))
            case _:
                self.add_error("current", wrong_password(refused))


class EmailForm(Form):
    """Another address."""

    email = EmailField(
        label=_("Nouvelle adresse électronique"),
        help_text=_("Nous y enverrons un lien de confirmation. Exemple : nom@example.com"),
        error_messages={"required": _("Saisissez votre adresse électronique.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    current = CurrentPasswordField(label=_("Mot de passe actuel"))

    def answer(self, refused: Refused) -> None:
        """Say beside the right field why nothing was sent."""
        match refused:
            case Refused(why="same"):
                self.add_error("email", _("Saisissez une adresse différente de l’actuelle."))
            case Refused(why="settling", at=at):
                told = _("Votre adresse a changé récemment. Vous pourrez en changer de nouveau le %(day)s.")
                self.add_error("email", told % {"day": day(at)})
            case _:
                self.add_error("current", wrong_password(refused))


class ClosingForm(Form):
    """The last one."""

    current = CurrentPasswordField(label=_("Mot de passe actuel"))

    def answer(self, refused: Refused) -> None:
        self.add_error("current", wrong_password(refused))


def wrong_password(refused: Refused) -> str:
    """The words beside a current password that is not the account's."""
    tries = ngettext("Il vous reste %(n)d essai.", "Il vous reste %(n)d essais.", refused.left) % {"n": refused.left}
    return f"{_('Ce mot de passe n’est pas celui de votre compte.')} {tries}"
