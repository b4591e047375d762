"""What stands behind the opening of a block of code: its language, its attributes, and what other programs put there.

```python {#lst-a caption="…"}      ```{r setup, echo=FALSE}      ```rust,ignore      ```js title="a.js" {1,3}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from octavo.diagnostics import Position, info
from octavo.readers.attributes import Attributes, parse_attributes
from octavo.readers.report import Report

DIAGRAMS: Final = frozenset(
    {"mermaid", "plantuml", "puml", "graphviz", "dot", "d2", "ditaa", "vega", "vega-lite", "nomnoml"}
)
_CHUNK: Final = re.compile(r"\{[ \t]*+([A-Za-z][\w+-]*+)(?:[ \t,](.*))?\}$")
_LANGUAGE: Final = re.compile(r"[^\s,{]*")
_TITLE: Final = re.compile(r"""\b(?:title|caption|filename|name)=(?:"([^"]*)"|'([^']*)')""")
_LOOKS: Final = frozenset(
    {"number-lines", "numberlines", "lineanchors", "line-anchors", "linenos", "wrap", "sourcecode"}
)
_LOOK_KEYS: Final = frozenset(
    {"startfrom", "linenums", "hl_lines", "linenos", "line-numbers", "code-line-numbers"}
)


class CodeInfo(msgspec.Struct, frozen=True):
    """What an opening line says."""

    language: str
    attributes: Attributes
    caption: str = ""


def read_info(text: str, report: Report, place: Position) -> CodeInfo:
    """Return what an opening line says, and report what changes nothing."""
    if (chunk := _CHUNK.match(text)) and not parse_attributes(text):
        return _chunk(chunk, report, place)
    at = text.find("{")
    parsed = parse_attributes(text, at) if at >= 0 else None
    attributes = parsed[0] if parsed else Attributes()
    rest = f"{text[:at]} {text[parsed[1] :]}" if parsed else text
    match = _LANGUAGE.match(rest.lstrip())
    language = match[0] if match else ""
    more = rest.strip()[len(language) :].strip(" ,")
    classes = tuple(each for each in attributes.classes if each.lower() not in _LOOKS)
    if not language and classes:
        language, classes = classes[0], classes[1:]
    values: Mapping[str, str] = {
        key: value for key, value in attributes.values.items() if key not in _LOOK_KEYS
    }
    title = _TITLE.search(more)
    caption = values.get("caption", "")
    if title and not caption:
        caption = title[1] if title[1] is not None else title[2]
        more = f"{more[: title.start()]}{more[title.end() :]}".strip()
    if more:
        hint = 'write ```language {key="value"}'
        message = f"`{more}` behind the language is left out"
        report.once(info("code-info", message, place, hint))
    return CodeInfo(language, Attributes(attributes.id, classes, values), caption)


def _chunk(match: re.Match[str], report: Report, place: Position) -> CodeInfo:
    """Return the language of a chunk of R Markdown or Quarto."""
    hint = "run the source through knitr or Quarto first, and give octavo the Markdown that they make"
    report.once(info("chunk-not-run", "code that a program should run is shown as it stands", place, hint))
    return CodeInfo(match[1].lower(), Attributes())
