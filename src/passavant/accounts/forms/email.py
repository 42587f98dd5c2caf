"""The e-mail, asked everywhere in the same way."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from passavant.accounts.forms.domains import receives_mail
from passavant.foundation.ui.fields import EmailField
from passavant.foundation.ui.forms import Form
from passavant.foundation.values import Email, suggestion

SLIP = _("Vouliez-vous dire %(suggestion)s ? Corrigez l’adresse, ou envoyez de nouveau le formulaire pour la garder.")
NO_MAIL = _("Le domaine « %(domain)s » ne reçoit pas de courriel. Vérifiez l’orthographe.")


class EmailForm(Form):
    """An e-mail whose domain is one slip away from a common one is questioned once; sent again, it is kept.

    `questioned` is then the address to send back in a hidden input named `email_kept`.
    """

    questioned = ""

    email = EmailField(
        label=_("Adresse électronique"),
        help_text=_("Nous y enverrons le courriel d’activation. Exemple : nom@example.com"),
        error_messages={"required": _("Saisissez votre adresse électronique.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> Email:
        email: Email = self.cleaned_data["email"]
        if meant := suggestion(email):
            self.questioned = email.address
            if self.data.get("email_kept") != email.address:
                raise ValidationError(SLIP, params={"suggestion": meant})
        if settings.PASSAVANT.check_mail_domains and not receives_mail(email.domain):
            raise ValidationError(NO_MAIL, params={"domain": email.domain})
        return email
