"""Static files as they are served: without what only our readers need, named by their content, compressed."""

from collections.abc import Callable

from django.core.files.base import ContentFile, File
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHORTENED: dict[str, Callable[[str], str]] = {".css": cssmin, ".js": jsmin}


class Statics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is not typed that far
    """Style sheets and scripts lose their comments and blanks when they are gathered."""

    def _save(self, name: str, content: "File[bytes]") -> str:
        shorten = next((shorten for ending, shorten in SHORTENED.items() if name.endswith(ending)), None)
        saved: str = super()._save(name, _short(content, shorten) if shorten else content)
        return saved


def _short(content: "File[bytes]", shorten: Callable[[str], str]) -> "ContentFile[bytes]":
    content.seek(0)
    return ContentFile(shorten(content.read().decode()).encode())
