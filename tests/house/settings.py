"""The settings as the type checker reads them: those of the product, in the environment of the tests.

`mypy` alone, without any variable set, must work in an editor and in a newcomer's shell.
"""

import os
import tempfile

from tests.environment import VARIABLES

os.environ |= {"PASSAVANT_VAR": tempfile.gettempdir(), "PASSAVANT_DATABASE_URL": "sqlite:///:memory:", **VARIABLES}

from passavant.config.settings import *  # noqa: F403 : read once the environment stands
