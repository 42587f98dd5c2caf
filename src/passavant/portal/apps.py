from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "passavant.portal"
    label = "portal"
