from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "passavant.foundation.ui"
    label = "ui"
