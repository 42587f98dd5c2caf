from django.apps import AppConfig


class ThrottlingConfig(AppConfig):
    name = "passavant.foundation.throttling"
    label = "throttling"
