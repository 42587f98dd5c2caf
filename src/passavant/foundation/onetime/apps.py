from django.apps import AppConfig


class OnetimeConfig(AppConfig):
    name = "passavant.foundation.onetime"
    label = "onetime"
