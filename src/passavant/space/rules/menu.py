"""The side menu of the space, in the order a person needs it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu; `below` are the pages reached from it, without a line of their own."""

    page: str
    label: Promise
    below: tuple[str, ...] = ()

    def current(self, here: str) -> str:
        """The value of aria-current on the page named `here`: "page", "true" below it, "" elsewhere."""
        return "page" if here == self.page else "true" if here in self.below else ""


ENTRIES = (
    Entry("space:home", _("Tableau de bord")),
    Entry("space:profile", _("Mon profil"), ("space:profile_change",)),
    Entry("space:email", _("Mon adresse électronique")),
    Entry("space:password", _("Mon mot de passe")),
    Entry(
        "space:security",
        _("Sécurité"),
        (
            "space:recovery_codes",
            "space:factor_rename",
            "space:factor_remove",
            "space:passkey_add",
            "space:level",
            "space:identity",
        ),
    ),
    Entry("space:sessions", _("Sessions ouvertes")),
    Entry("space:activity", _("Historique d’activité")),
    Entry("space:data", _("Mes données")),
    Entry("space:close", _("Fermer mon compte")),
)


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu as it stands on the page named `here`."""

    here: str

    def lines(self) -> list[tuple[Entry, str]]:
        """Each entry with its aria-current."""
        return [(entry, entry.current(self.here)) for entry in ENTRIES]
