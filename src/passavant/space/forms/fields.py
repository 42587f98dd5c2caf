"""The password of the account, asked again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CurrentPasswordField(forms.CharField):
    """The password of the account, asked again; never given back to a page."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "current-password"}
        told = {"required": _("Saisissez votre mot de passe actuel.")}
        super().__init__(strip=False, widget=forms.PasswordInput(attrs=attrs), error_messages=told, **kwargs)
