"""How a form is shown: each kind of field in one place, each error worded by its own field.

A form says what it needs in class attributes; `{{ form }}` does the rest:

    class SignUpForm(Form):
        marks = "asterisk"                                   # or "word", "optional"
        groups = (("Vos identifiants", ("identifier", "password")), …)
        reveals = {"by": {"email": ("email",)}}              # fields shown under one choice of a radio

A field with `rules` (a list of (test, text), see `Rule`) shows them under itself, ticked while one types.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, cast

from django import forms
from django.conf import settings
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Marks = Literal["asterisk", "word", "optional"]
Rule = tuple[str, Text]  # ("length:8", "8 caractères minimum"); tests the browser knows are in static/ui/ui.js

TYPED_AS_IS = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", **TYPED_AS_IS}
BY_AUTOCOMPLETE = {"username": TYPED_AS_IS, "email": TYPED_AS_IS, "one-time-code": DIGITS}
CLASSES = {
    "input": "fr-input",
    "textarea": "fr-input",
    "code": "fr-input pv-code",
    "password": "fr-password__input fr-input",
    "select": "fr-select",
}
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.PasswordInput, "password"),
    (forms.CheckboxInput, "checkbox"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
)
# What any field may answer. Each field words its own "required"; the other refusals fall back on it.
COMMON_FAULTS: dict[str, Text] = {
    "max_length": ngettext_lazy(
        "Saisissez %(limit_value)d caractère au maximum.",
        "Saisissez %(limit_value)d caractères au maximum.",
        "limit_value",
    ),
    "min_length": ngettext_lazy(
        "Saisissez au moins %(limit_value)d caractère.", "Saisissez au moins %(limit_value)d caractères.", "limit_value"
    ),
    "null_characters_not_allowed": _("Retirez les caractères invisibles, puis saisissez de nouveau ce texte."),
}
REQUIRED_MARKS: dict[Marks, Text] = {"asterisk": "*", "word": _("(obligatoire)"), "optional": ""}
BLANKS: dict[tuple[type[forms.Form], str | None, int], SafeString] = {}
WHOSE = {"work", "home"}  # said before a means of contact only (HTML standard, 4.10.18.7)
CONTACTS = {"tel", "email", "impp"}
SHORT = {"family-name", "given-name", "postal-code", "address-level2"}  # autocomplete of fields that share a line


class Errors(ErrorList):
    """The messages beside a field."""

    template_name = "ui/errors.html"


class BoundField(forms.BoundField):
    """A field about to be shown: its kind, its mark, and what describes it (hint, rules, then messages)."""

    form: "Form"

    @property
    def kind(self) -> str:
        """One of input, textarea, code, password, select, checkbox, choices."""
        kind = next((name for widget, name in KINDS if isinstance(self.field.widget, widget)), "input")
        return "code" if kind == "input" and self.autocomplete == "one-time-code" else kind

    @property
    def autocomplete(self) -> str:
        """What the attribute says is asked: of "username webauthn", username; of "work tel", tel."""
        words = str(self.field.widget.attrs.get("autocomplete", "")).split()
        return next((word for word in words if word not in WHOSE), "")

    @property
    def mark(self) -> Text:
        """What follows the label: « * », « (obligatoire) », « (optionnel) » or nothing."""
        if not self.field.required:
            return "" if self.kind == "checkbox" else _("(optionnel)")
        return REQUIRED_MARKS[self.form.marks]

    @property
    def rules(self) -> Sequence[Rule]:
        """Conditions shown under the field: those of the field, else of its widget."""
        holder = self.field if hasattr(self.field, "rules") else self.field.widget
        return cast(Sequence[Rule], getattr(holder, "rules", ()))

    @property
    def short(self) -> bool:
        """Whether it may share a line with its neighbour."""
        return self.autocomplete in SHORT

    @property
    def target(self) -> str:
        """The id that a link of the summary leads to: the control itself, or the first of its choices."""
        return f"{self.auto_id}_0" if self.kind == "choices" else self.auto_id

    @property
    def aria_describedby(self) -> str:
        """Ids of hint, rules and messages, in reading order; the messages' place exists before any message."""
        parts = [("hint", self.help_text), ("rules", self.rules), ("messages", not self.is_hidden)]
        return " ".join(f"{self.auto_id}-{name}" for name, present in parts if present)

    @property
    def revealed(self) -> Iterator[tuple[forms.boundfield.BoundWidget, list["BoundField"]]]:
        """Each choice of a radio with the fields that belong to it."""
        below = self.form.reveals.get(self.name, {})
        for choice in self.subwidgets:
            yield choice, [self.form[name] for name in below.get(str(choice.data["value"]), ())]

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if self.is_hidden:
            return built
        usual = TYPED_AS_IS if self.kind == "password" else BY_AUTOCOMPLETE.get(self.autocomplete, {})
        own = (widget or self.field.widget).attrs
        built |= {name: value for name, value in usual.items() if name not in own}
        if self.autocomplete not in CONTACTS and WHOSE & set(str(own.get("autocomplete", "")).split()):
            built["autocomplete"] = self.autocomplete
        if kind_class := CLASSES.get(self.kind):
            built["class"] = f"{kind_class} {own.get('class', '')}".strip()
        return built


def own_messages(field: forms.Field) -> dict[str, Any]:
    """The field's messages without one of Django's own, but for a "required" that the field forgot."""
    theirs = field.default_error_messages
    for kind in reversed(type(field).__mro__):
        theirs = {**theirs, **getattr(kind, "default_error_messages", {})}
    given = {code: text for code, text in field.error_messages.items() if text is not theirs.get(code)}
    required = given.get("required", theirs["required"])
    return {**dict.fromkeys([*theirs, "invalid"], required), **COMMON_FAULTS, **given}


class Renderer(TemplatesSetting):
    """Django's FORM_RENDERER."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = BoundField


@dataclass(frozen=True)
class Group:
    """Fields under one legend (none: an untitled group), cut into lines."""

    legend: Text
    lines: list[list[BoundField]]


class Form(forms.Form):
    """The base of every form of the house."""

    template_name = "ui/form.html"
    marks: ClassVar[Marks] = "optional"
    groups: ClassVar[Sequence[tuple[Text, Sequence[str]]]] = ()
    reveals: ClassVar[dict[str, dict[str, Sequence[str]]]] = {}
    blank_is_fixed: ClassVar[bool] = False  # shown blank, it is the same for everyone: rendered once a language
    refusal: tuple[Text, Text] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("error_class", Errors)
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages = own_messages(field)

    def __getitem__(self, name: str) -> BoundField:
        return cast(BoundField, super().__getitem__(name))

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        if not self.blank_is_fixed or self.is_bound or any(self.initial.values()):
            return super().render(*args, **kwargs)
        asked = type(self), get_language(), id(settings.PASSAVANT)
        if asked not in BLANKS:
            BLANKS[asked] = super().render(*args, **kwargs)
        return BLANKS[asked]

    __str__ = render
    __html__ = render

    def refuse(self, title: Text, body: Text = "") -> None:
        """Refuse the whole rather than a field: `title` heads the summary, `body` (may be safe HTML) follows."""
        self.add_error(None, str(title))
        self.refusal = (title, body)

    def error_items(self) -> list[tuple[str, str]]:
        """(id to link to, or "" for the whole; message) in the order of the page; one message per field."""
        whole = [] if self.refusal else [("", str(message)) for message in self.non_field_errors()]
        shown = [self[name] for name in self._in_page_order() if name in self.errors]
        return whole + [(field.target, str(field.errors[0])) for field in shown]

    def layout(self) -> list[Group]:
        """The visible fields in groups; a field that no group names, and none reveals, comes last."""
        named = {name for _legend, names in self.groups for name in names} | self._revealed_names()
        rest = [name for name in self.fields if name not in named]
        groups = [Group(legend, self._lines(names)) for legend, names in (*self.groups, ("", rest))]
        return [group for group in groups if group.lines]

    def shows_optional(self) -> bool:
        """Whether some field must be told apart as optional."""
        return any(self[name].mark for name, field in self.fields.items() if not field.required)

    def _lines(self, names: Sequence[str]) -> list[list[BoundField]]:
        lines: list[list[BoundField]] = []
        for field in (self[name] for name in names if name in self.fields and not self[name].is_hidden):
            if field.short and lines and lines[-1][-1].short and len(lines[-1]) == 1:
                lines[-1].append(field)
            else:
                lines.append([field])
        return lines

    def _revealed_names(self) -> set[str]:
        return {name for choices in self.reveals.values() for names in choices.values() for name in names}

    def _in_page_order(self) -> list[str]:
        in_groups = [name for _legend, names in self.groups for name in names if name in self.fields]
        return [*in_groups, *(name for name in self.fields if name not in in_groups)]
