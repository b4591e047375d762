"""XML as text: what Python's own `xml.sax.saxutils` does, without the network code that comes with that."""

from __future__ import annotations


def escape(text: str) -> str:
    """Return text for the content of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Return text as the value of an attribute, with its quotation marks; line ends and tabs survive as references."""
    text = escape(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    return f"'{text}'" if '"' in text and "'" not in text else '"' + text.replace('"', "&quot;") + '"'
