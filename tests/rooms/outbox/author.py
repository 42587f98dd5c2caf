"""A process that posts letters and dies on the spot: `python -m tests.rooms.outbox.author before|after`."""

import os
import signal
import sys
from pkgutil import resolve_name

import django
from django.db import transaction

if __name__ == "__main__":
    django.setup()
    trial = resolve_name("tests.rooms.outbox.trial")
    with transaction.atomic():
        trial.post(trial.letter("lea@example.org"))
        if sys.argv[1] == "before":
            os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
