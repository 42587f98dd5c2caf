from django.apps import AppConfig


class SpaceConfig(AppConfig):
    name = "passavant.space"
    label = "space"
