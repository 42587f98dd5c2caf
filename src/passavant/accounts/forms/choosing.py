"""Five questions with two answers each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passavant.accounts.rules.choosing import Situation
from passavant.foundation.ui.forms import Form

Text = Any  # now or, for each language, later
YES, NO = "oui", "non"
ANSWERS = ((YES, _("Oui")), (NO, _("Non")))


def question(label: Text, hint: Text, required: Text) -> forms.ChoiceField:
    messages = {"required": required, "invalid_choice": required}
    return forms.ChoiceField(
        label=label, help_text=hint, choices=ANSWERS, error_messages=messages, widget=forms.RadioSelect
    )


class ChoosingForm(Form):
    """Nothing of it is kept: the answers are in the address, and go no further."""

    smartphone = question(
        _("Avez-vous un smartphone sur vous quand vous travaillez ?"),
        "",
        _("Dites si vous avez un smartphone sur vous quand vous travaillez."),
    )
    apps = question(
        _("Pouvez-vous y installer une application ?"),
        _("Répondez « Non » si vous n’avez pas de smartphone, ou si votre entreprise ne le permet pas."),
        _("Dites si vous pouvez y installer une application."),
    )
    shared = question(
        _("Votre poste de travail est-il partagé avec d’autres personnes ?"),
        "",
        _("Dites si votre poste de travail est partagé."),
    )
    card = question(
        _("Avez-vous une carte ou une clé USB de certificat électronique ?"),
        _("Elle est remise en main propre, par un prestataire de confiance, avec un code."),
        _("Dites si vous avez une carte ou une clé USB de certificat."),
    )
    network = question(
        _("Le réseau téléphonique passe-t-il là où vous travaillez ?"),
        "",
        _("Dites si le réseau téléphonique passe là où vous travaillez."),
    )

    @classmethod
    def asked(cls, query: Any) -> "ChoosingForm":
        """What the address says, or the blank questions when it answers none."""
        return cls(query if any(name in query for name in cls.base_fields) else None)

    def situation(self) -> Situation:
        return Situation(**{name: answer == YES for name, answer in self.cleaned_data.items()})
