"""What the tag tree of a finished PDF says of a style: its class, with the standard attributes of layout and of CSS2.

Source: ISO 32000-1, 14.7.5.2 (classes), 14.8.5.4 (attributes of layout), table 340 (other owners).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from octavo.checks.parity.values import GROUPS, Value, Values
from octavo.tree.semantics import StyleKey

_ALIGN: Final = {"Start": "left", "End": "right", "Center": "center", "Justify": "justify"}
_BREAKS: Final = {"always": "page", "right": "recto"}
_LENGTHS: Final = {
    "space-before": "SpaceBefore", "space-after": "SpaceAfter", "indent-left": "StartIndent",
    "indent-right": "EndIndent", "first-line-indent": "TextIndent", "leading": "LineHeight",
}  # fmt: skip
_Class = Mapping[str, str]


def class_values(classes: Mapping[str, _Class], key: str, within: str) -> Values:
    """Return what the class of a key says, in a container or at the top; nothing where it has none."""
    own = classes.get(f"{within}--{key}" if within else key) or classes.get(key)
    if own is None:
        return {}
    if key not in GROUPS:
        return {**_text(own), **_box(own)}
    text = classes.get(f"{key}--{StyleKey.PARAGRAPH_FIRST}") or classes.get(StyleKey.PARAGRAPH_FIRST, {})
    return {**_text(text), **_box(own)}


def _text(entry: _Class) -> dict[str, Value]:
    return {
        "align": _ALIGN.get(entry.get("TextAlign", "Start"), "left"),
        "underline": entry.get("TextDecorationType") == "Underline",
        "strike": entry.get("TextDecorationType") == "LineThrough",
        "small-caps": entry.get("font-variant") == "small-caps",
        "case": "upper" if entry.get("text-transform") == "uppercase" else "none",
    }


def _box(entry: _Class) -> dict[str, Value]:
    top, bottom, left, right = _four(entry.get("Padding", ""))
    return {
        **{name: float(entry.get(said, "0")) for name, said in _LENGTHS.items()},
        "padding": (top, right, bottom, left),
        "background": _color(entry.get("BackgroundColor", "")),
        "keep-with-next": entry.get("page-break-after") == "avoid",
        "keep-together": entry.get("page-break-inside") == "avoid",
        "break-before": _BREAKS.get(entry.get("page-break-before", ""), "auto"),
        "columns": float(entry.get("ColumnCount", "1")),
        **({"column-gap": float(entry["ColumnGap"])} if "ColumnGap" in entry else {}),
    }


def _four(text: str) -> tuple[float, float, float, float]:
    found = [float(each) for each in text.strip("[]").split()]
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else (0.0, 0.0, 0.0, 0.0)


def _color(text: str) -> str | None:
    """Return a colour as six digits."""
    parts = [float(each) for each in text.strip("[]").split()]
    return "".join(f"{round(part * 255):02x}" for part in parts) if parts else None
