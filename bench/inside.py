"""Imported first by what runs in the stack's environment: Django is loaded, then the product may be."""

import django

from bench.names import PASSWORD, PEOPLE, identifier

__all__ = ["PASSWORD", "PEOPLE", "identifier"]

django.setup()
