from django.apps import AppConfig


class AuthenticationConfig(AppConfig):
    name = "passavant.authentication"
    label = "authentication"
