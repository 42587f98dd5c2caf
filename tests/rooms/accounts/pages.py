"""A page as a person reads it: forms found by their button, fields by their label."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "meta", "link", "br"}
BLOCKS = {"dt", "dd", "p", "li", "h1", "h2", "legend", "div", "span"}


@dataclass
class Form:
    """One form: where it goes, its fields' values by name, names by label, and its buttons' words."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)

    def named(self, label: str) -> str:
        """The name of the field whose label is this, or starts with it."""
        exact = [self.ids[i] for text, i in self.labels.items() if text == label]
        return (exact or [self.ids[i] for text, i in self.labels.items() if text.startswith(label)])[0]


class Page(HTMLParser):
    """`forms`, `links` (words → address), and `text` with blanks squeezed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self._words: list[str] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self.feed(html)
        self.text = " ".join("".join(self._words).split())

    @property
    def title(self) -> str:
        return self.text.partition(" – Passavant")[0]

    def form(self, button: str) -> Form:
        return next(form for form in self.forms if button in form.buttons)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif self.forms and given.get("name") and tag in {"input", "select", "textarea"}:
            self._field(tag, given)
        elif tag == "option" and self._inside("select"):
            self._option(given)
        elif tag == "br":
            self._words.append("\n")
        if tag not in VOID:
            self._open.append((tag, given, len(self._words)))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._words.append(" ")
        while self._open:
            name, given, start = self._open.pop()
            self._closed(name, given, " ".join("".join(self._words[start:]).split()))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given["name"]
        form.ids[given.get("id", "")] = name
        if tag == "input" and given.get("type") in {"checkbox", "radio"}:
            if "checked" in given:
                form.values[name] = given.get("value", "on")
        else:
            form.values[name] = given.get("value", "")

    def _option(self, given: dict[str, str]) -> None:
        name = self._inside("select")["name"]
        self.forms[-1].options.setdefault(name, []).append(given["value"])
        if "selected" in given:
            self.forms[-1].values[name] = given["value"]

    def _closed(self, tag: str, given: dict[str, str], words: str) -> None:
        if tag == "a":
            self.links[words] = given.get("href", "")
        elif tag == "label" and self.forms:
            self.forms[-1].labels[words.removesuffix(" *")] = given.get("for", "")
        elif tag == "button" and self.forms:
            self.forms[-1].buttons.append(words)
        elif tag == "textarea" and self.forms:
            self.forms[-1].values[given["name"]] = words

    def _inside(self, tag: str) -> dict[str, str]:
        return next((given for name, given, _start in reversed(self._open) if name == tag), {})
