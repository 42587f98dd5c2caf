from django.apps import AppConfig


class FederationConfig(AppConfig):
    name = "passavant.federation"
    label = "federation"
