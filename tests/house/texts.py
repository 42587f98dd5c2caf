"""Which texts the house says, in which room, and what French typography asks of them."""

import ast
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

# a call, and where its context, its text and its plural stand
CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
KEYWORDS = {"gettext": (1,), "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}


@dataclass(frozen=True, order=True)
class Said:
    """A text that somebody reads, as gettext knows it."""

    text: str
    plural: str = ""
    context: str = ""

    def __str__(self) -> str:
        return " | ".join(filter(None, (self.text, self.plural, self.context)))


class Unreadable(Exception):
    """A gettext call whose text is not written there: nobody could translate it."""


def said_in_python(source: str) -> Iterator[Said]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (place := CALLS.get(_called(node))) and node.args:
            context, text, plural = (_written(node, index) for index in place)
            yield Said(text, plural, context)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _written(call: ast.Call, index: int | None) -> str:
    if index is None:
        return ""
    argument = call.args[index]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    raise Unreadable(f"line {call.lineno}: {ast.unparse(call)}")


def said_in_template(source: str) -> Iterator[Said]:
    # what is not said is blanked out by Django in ways that Python's tokenizer may stumble over
    code = "\n".join(line.strip() for line in templatize(source).replace("\xa0", " ").split("\n"))
    for _, message, _, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
        text, plural = message if isinstance(message, tuple) else (message, "")
        yield Said(text, plural, context or "")


def translated(po: Path) -> Catalog:
    with po.open("rb") as file:
        return read_po(file, locale="en", domain="django")


PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def faults_of_translation(said: set[Said], catalog: Catalog) -> list[str]:
    """What is said and not translated, translated and not said, or translated badly."""
    kept = {_as_said(message): message for message in catalog if message.id}
    told = [f"not translated: {text}" for text in sorted(said - set(kept))]
    told += [f"said nowhere: {text}" for text in sorted(set(kept) - said)]
    told += [f"obsolete: {text}" for text in catalog.obsolete]
    for text, message in sorted(kept.items()):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(forms) or len(forms) != (2 if text.plural else 1):
            told.append(f"unfinished: {text}")
        elif any(_places(form) - _places(text.text + text.plural) for form in forms):
            told.append(f"a place that the French has not: {text}")
    return told


def _as_said(message: object) -> Said:
    identity, context = message.id, message.context or ""  # type: ignore[attr-defined]
    return Said(*identity, context=context) if isinstance(identity, tuple) else Said(identity, context=context)


def _places(text: str) -> set[str]:
    return {percent or f"{{{brace}}}" for percent, brace in PLACE.findall(text)}


MARKUP = re.compile(r"<[^>]*>|&\w+;|https?://\S+")
SEED = (
    "Veuillez consulter votre messagerie électronique et cliquer sur le lien présent dans le message pour finaliser "
    "la procédure."
)
MICROCOPY = (
    (re.compile(r"'"), "typographic apostrophe ’"),
    (re.compile(r" (?=[:;!?»]|%(?![(sd%]))"), "U+00A0 before double punctuation"),
    (re.compile(r"(?<=[\wé)])(?:[;!?»]|:(?=\s|$))"), "U+00A0 before double punctuation"),
    (re.compile(r"«(?!\xa0)"), "U+00A0 after «"),
    (re.compile(r"\b(?:invalide|veuillez|interdit)", re.IGNORECASE), "say what to do"),
    (re.compile(r"\.\.\."), "one character: …"),
)


def faults_of_french(text: str) -> list[str]:
    bare = MARKUP.sub("", text)
    return [f"{advice}: {text}" for pattern, advice in MICROCOPY if text != SEED and pattern.search(bare)]


HIDDEN = re.compile(r"(?s)<style.*?</style>|<!--.*?-->|<[^>]*>|&\w+;|https?://\S+|[\w-]+(?:\.[\w-]+)+")
READ_ALOUD = re.compile(r"\b(?:alt|aria-label|placeholder|title|label)=\"([^\"]*)\"")
WORD = re.compile(r"[^\W\d_]{2,}")


def untranslated(source: str) -> list[str]:
    """Words of a template that stand outside every translation."""
    bare, within = [], False
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            tag = token.contents.split()[0]
            within = tag in ("blocktranslate", "comment") or (within and not tag.startswith("end"))
        elif token.token_type == TokenType.TEXT and not within:
            bare.append(token.contents)
        bare.append("\x00")
    whole = "".join(bare)
    aloud = " ".join(READ_ALOUD.findall(whole))
    return WORD.findall(HIDDEN.sub(" ", whole)) + WORD.findall(aloud)
