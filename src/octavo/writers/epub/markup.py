"""XHTML as text: escaping, attributes, addresses, languages. Every string of an e-book goes through here."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from octavo.tree.direction import is_right_to_left

XHTML: Final = "http://www.w3.org/1999/xhtml"
OPS: Final = "http://www.idpf.org/2007/ops"

# What XML 1.0, production 2 (Char), leaves out cannot be written, not even as a reference. Like other patterns for what
# is seldom there, it stays text until it is needed: it takes longer to compile than a brief does to be read.
_ILLEGAL: Final = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
# RFC 5646, 2.1, as far as form goes: a language, then subtags of up to eight letters and figures.
_LANGUAGE: Final = re.compile(r"(?:[A-Za-z]{2,3}|[A-Za-z]{5,8}|[xX](?=-))(?:-[A-Za-z0-9]{1,8})*")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "urn", "ftp", "sms", "geo", "info"})
_KEPT_IN_ADDRESSES: Final = "!#$%&'()*+,/:;=?@[]~"


def escape(text: str) -> str:
    """Return text for the content of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Return text for an attribute, without the quotation marks around it; line ends become spaces."""
    text = escape(text).replace('"', "&quot;")
    return text if text.isprintable() else re.sub(r"[\t\n\r]+", " ", text)


def legal(text: str) -> tuple[str, int]:
    """Return text without the characters that XML cannot hold, and how many those were."""
    if text.isprintable():
        return text, 0
    return re.subn(_ILLEGAL, "", text)


def attribute(name: str, value: str) -> str:
    """Return ` name="value"`, or nothing where the value is empty."""
    return f' {name}="{quoted(value)}"' if value else ""


def fragment(identifier: str) -> str:
    """Return an identifier as the part of an address after `#`; letters of every script stay (RFC 3987)."""
    return quoted(identifier.replace("%", "%25").replace(" ", "%20"))


def safe_address(target: str) -> str:
    """Return an address that may be linked to, escaped for a URL (RFC 3986); empty where its scheme is not safe or
    it names a file that the e-book does not hold."""
    target = "".join(each for each in target.strip() if each.isprintable())
    scheme = _SCHEME.match(target)
    if scheme is None or scheme.group(1).lower() not in _SAFE_SCHEMES:
        return ""
    name, rest = scheme.group(1).lower(), target[scheme.end() :]
    if name in ("http", "https", "ftp") and not re.match(r"//[^/?#\s\[\]]+", rest):
        return ""
    address = quote(rest, safe=_KEPT_IN_ADDRESSES)
    address = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", address)
    before, mark, after = address.partition("#")
    after = after.replace("#", "%23")
    if name in ("http", "https", "ftp"):
        before = before.replace("[", "%5B").replace("]", "%5D")
    return quoted(f"{name}:{before}{mark}{after}") if rest else ""


def is_language(tag: str) -> bool:
    """Say whether a tag is well-formed."""
    return _LANGUAGE.fullmatch(tag) is not None


def direction(tag: str) -> str:
    """Return `rtl` or `ltr` for a language tag."""
    return "rtl" if is_right_to_left(tag) else "ltr"


def file_stem(identifier: str, otherwise: str) -> str:
    """Return a name for a file made of an identifier: ASCII, lower case, hyphens; `otherwise` where nothing is left."""
    plain = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode("ascii").lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].rstrip("-")
    return stem or otherwise


def page(title: str, body: str, *, language: str, style: bool = True, attributes: str = "") -> str:
    """Return a whole XHTML file around the body's markup."""
    link = '\n<link rel="stylesheet" type="text/css" href="style.css"/>' if style else ""
    turned = ' dir="rtl"' if direction(language) == "rtl" else ""
    tag = quoted(language)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{XHTML}" xmlns:epub="{OPS}" lang="{tag}" xml:lang="{tag}"{turned}>\n'
        f'<head>\n<meta charset="utf-8"/>\n<title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>{link}\n</head>\n'
        f"<body{attributes}>\n{body}</body>\n</html>\n"
    )
