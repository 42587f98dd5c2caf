"""Print the processor time of one password verification, in milliseconds: the median of thirty."""

import sys
import time
from statistics import median

import django

django.setup()

from passavant.accounts.actions.passwords import hashed, matches  # noqa: E402
from passavant.accounts.models import Account  # noqa: E402

person = Account(password=hashed("Ancre&Boussole7"))
spent = []
for _ in range(30):
    before = time.process_time()
    matches("Ancre&Boussole7", person)
    spent.append((time.process_time() - before) * 1000)
sys.stdout.write(f"{median(spent):.3f}\n")
