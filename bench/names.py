"""The people of the benchmark."""

PEOPLE = 200
PASSWORD = "Ancre&Boussole7"


def identifier(number: int) -> str:
    return f"banc.{number % PEOPLE:04d}"
