"""How passwords are hashed. Source: OWASP Password Storage, argon2id with m = 19 MiB, t = 2, p = 1."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Django's hasher with explicit costs: its own defaults take 100 MiB and eight threads for each sign-in."""

    time_cost = 2  # passes
    memory_cost = 19_456  # KiB
    parallelism = 1
