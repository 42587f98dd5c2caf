"""Where a person may be sent after a sign-in: a page of this site that can be read, and nothing else."""

import re
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve

LONGEST = 2000  # characters
PLAIN = re.compile(r"/(?!/)[!-\[\]-~]*")  # printable ASCII without blank nor backslash, from the root
TRAPS = re.compile(r"//|\\|[^ -~]|/\.\.?(/|$)")  # once decoded, in the path


def local_path(text: str | None, default: str = "") -> str:
    """The path, query included, if it leads to a readable page of this site; else `default`.

    An address of another site in any disguise (`//`, `/\\`, `%2f%2f`, tab, `@`, scheme) is not one of our pages.
    """
    if not text or len(text) > LONGEST or not PLAIN.fullmatch(text):
        return default
    path = _decoded(urlsplit(text).path)
    return text if not TRAPS.search(path) and _readable(path) else default


def _decoded(path: str) -> str:
    """Percent signs undone until none is left to undo (a proxy may undo one more than we)."""
    while (once := unquote(path)) != path:
        path = once
    return path


def _readable(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    _entry, _writes, reads = getattr(view, "door", (None, (), True))
    return bool(reads)
