"""Imported first by what runs in the stack's environment: Django is loaded, then the product may be."""

import django

from bench.names import ONE, PASSWORD, PEOPLE, SECRET, TWENTY, credential, identifier, number_of, pair

__all__ = ["ONE", "PASSWORD", "PEOPLE", "SECRET", "TWENTY", "credential", "identifier", "number_of", "pair"]

django.setup()
