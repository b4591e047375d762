"""Images that a source holds itself, as `data:` addresses (RFC 2397): taken out, and named like files."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from urllib.parse import unquote_to_bytes

_DATA: Final = re.compile(r"data:image/([a-z0-9.+-]+)((?:;[^;,]*)*),", re.IGNORECASE)
_SUFFIXES: Final = {"jpeg": "jpg", "svg+xml": "svg", "x-icon": "ico"}


class ImagesWithin:
    """Gathers such images; `files` are their bytes by the name that each gets."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._names: dict[str, str] = {}

    def named(self, source: str) -> str:
        """Return the name of an image that an address holds; any other address as it is."""
        match = _DATA.match(source)
        if not match:
            return source
        if source not in self._names:
            try:
                data = _decoded(source[match.end() :], match[2])
            except (binascii.Error, ValueError):
                return source
            kind = match[1].lower()
            name = f"image-{len(self.files) + 1}-in-the-source.{_SUFFIXES.get(kind, kind)}"
            self._names[source] = name
            self.files[name] = data
        return self._names[source]


def _decoded(text: str, parameters: str) -> bytes:
    if parameters.lower().endswith(";base64"):
        return base64.b64decode("".join(text.split()), validate=True)
    return unquote_to_bytes(text)
