from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "passavant.accounts"
    label = "accounts"
