"""The product's settings, with the messages of these tests: for the worker's own process."""

from pathlib import Path

from passavant.config.settings import *  # noqa: F403
from passavant.config.settings import TEMPLATES

TEMPLATES = [{**TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
