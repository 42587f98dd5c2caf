from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "passavant.foundation.outbox"
    label = "outbox"
