"""The providers, tested for themselves."""

from tests.providers.fixtures import as_started as as_started
from tests.providers.fixtures import honest as honest
from tests.providers.fixtures import hostile as hostile
from tests.providers.fixtures import hostile_running as hostile_running
from tests.providers.fixtures import proconnect as proconnect
from tests.providers.fixtures import walker as walker
