from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "passavant.foundation.access"
    label = "access"
