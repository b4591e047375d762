"""The head of a Markdown source: found, read with the place of every key, checked, made into metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from octavo.diagnostics import Position, error
from octavo.errors import SourceError
from octavo.readers import settings
from octavo.readers.decode import sayable
from octavo.readers.other_heads import find_other_head
from octavo.readers.report import Report, nearest
from octavo.readers.settings import AUTHOR_KEYS, FIELDS, Problem
from octavo.tree.metadata import Author, Metadata

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

_FENCE: Final = re.compile(r"^---[ \t]*$")
_CLOSE: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*$")
_KEY: Final = re.compile(r"""^(?:[A-Za-z_][\w -]*+|"[^"]*+"|'[^']*+')\s*+:(?:\s|$)|^\s*+[#{]""")
_AUTHOR_FIELDS: Final = {
    "name": "name",
    "affiliation": "affiliation",
    "email": "email",
    "orcid": "orcid",
    "bio": "biography",
    "biography": "biography",
}


class FrontMatter(msgspec.Struct, frozen=True):
    """The head of a source: its YAML text, and how many lines it takes, fences included (0: there is none)."""

    yaml: str = ""
    line_count: int = 0
    first_line: int = 2
    """The line of the source on which the YAML begins."""


def find_front_matter(text: str, name: str = "") -> FrontMatter:
    """Return the head that stands between `---` at the very beginning and `---` (or `...`), or one of another kind.

    A first line `---` that is no head (nothing like a key follows, or nothing closes it) is a thematic break.

    Raises:
        SourceError: it begins with one of octavo's keys and is never closed.
    """
    first, _, rest = text.partition("\n")
    if not _FENCE.match(first):
        other = find_other_head(text, name)
        return FrontMatter(other.yaml, other.line_count, other.first_line) if other else FrontMatter()
    lines = rest.split("\n")
    end = next((at for at, line in enumerate(lines) if _CLOSE.match(line)), None)
    body = lines if end is None else lines[:end]
    speaks = next((line for line in body if line.strip() and not line.lstrip().startswith("#")), "")
    if end is None:
        key = settings.canonical(speaks.partition(":")[0])
        if ":" in speaks and key in settings.KEYS and lines[0].strip():
            place = Position(1, 1, name)
            hint = "put `---` on a line of its own behind the last key"
            raise SourceError(error("broken-front-matter", "the front matter is never closed", place, hint))
        return FrontMatter()
    if speaks and not _KEY.match(speaks):
        return FrontMatter()
    if not speaks and (not body or not any(line.strip() for line in body)):
        # `---` twice with nothing between: an empty head, as other tools write it.
        return FrontMatter("", end + 2)
    return FrontMatter("\n".join(body), end + 2)


class Abstract(msgspec.Struct, frozen=True):
    """The abstract of a head: Markdown, and the line of the source on which it begins."""

    text: str = ""
    line: int = 0


def read_front_matter(head: FrontMatter, name: str, report: Report) -> tuple[Metadata, Abstract]:
    """Return the metadata of a head, and its abstract.

    Raises:
        SourceError: the YAML is broken; the diagnostic names line and column.
    """
    if not head.yaml.strip():
        return Metadata(), Abstract()
    root = _compose(head.yaml, name)
    if root is None:
        return Metadata(), Abstract()
    reader = _HeadReader(name, report, head.first_line)
    reader.clean(root)
    if type(root).__name__ != "MappingNode":
        report.warning(
            "ill-typed-key", "the front matter is not a table of keys", reader.place(root), "write `title: …`"
        )
        return Metadata(), Abstract()
    return reader.metadata(root), reader.abstract


def _compose(text: str, name: str) -> Node | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        place = Position(mark.line + 2, mark.column + 1, name) if mark else Position(2, 1, name)
        problem = str(fault.problem or fault.context or "it is not YAML").strip()
        raise SourceError(_broken(problem, place)) from None
    except (YAMLError, ValueError, RecursionError, AssertionError) as fault:
        said = str(fault).splitlines() or ["it is not YAML"]
        problem = "it nests too deeply" if isinstance(fault, RecursionError) else said[0]
        raise SourceError(_broken(problem, Position(2, 1, name))) from None
    return root


def _broken(problem: str, place: Position) -> Any:
    hint = "put values that hold `: `, `#`, or begin with a mark such as `@`, `[` or `*` in quotes"
    if "\\t" in problem:
        hint = "put spaces where the tab is: YAML takes none"
    return error("broken-front-matter", f"the front matter is not sound YAML: {problem}", place, hint)


class _HeadReader:
    """Turns the composed YAML into metadata; nodes carry the places that diagnostics name."""

    def __init__(self, name: str, report: Report, first_line: int) -> None:
        self.name = name
        self.report = report
        self.first_line = first_line
        self.abstract = Abstract()

    def place(self, node: Node) -> Position:
        mark = node.start_mark
        return Position(mark.line + self.first_line, mark.column + 1, self.name)

    def clean(self, root: Node) -> None:
        """Replace what escapes say and no edition can hold; nodes may hold each other in a circle."""
        waiting, seen = [root], {id(root)}
        while waiting:
            node = waiting.pop()
            if isinstance(node.value, str):
                clean = sayable(node.value)
                if clean != node.value:
                    node.value = clean
                    message, hint = "a control character was replaced", "remove it; no edition can hold it"
                    self.report.warning("control-character", message, self.place(node), hint)
                continue
            for each in node.value:
                for inner in each if isinstance(each, tuple) else (each,):
                    if id(inner) not in seen:
                        seen.add(id(inner))
                        waiting.append(inner)

    def metadata(self, root: Node) -> Metadata:
        values: dict[str, Any] = {}
        positions: dict[str, Position] = {}
        seen: set[str] = set()
        for key_node, value_node in root.value:
            key = str(key_node.value) if type(key_node).__name__ == "ScalarNode" else ""
            name = settings.canonical(key)
            place = self.place(key_node)
            if name == "abstract":
                self.abstract = self.abstract_of(value_node)
                continue
            field = "authors" if name in AUTHOR_KEYS else FIELDS[name][0] if name in FIELDS else ""
            if not field:
                self.unknown(key, name, place)
                continue
            if field in seen:
                hint = "keep one of them; the last one counts"
                self.report.warning("repeated-key", f"`{key}` is given twice", place, hint)
            seen.add(field)
            value = self.authors(value_node) if field == "authors" else self.field(name, value_node)
            if value is not None:
                positions[field] = place
                field = field if field == "authors" else settings.field_of(name, value)
                values[field] = value
        return Metadata(**values, positions=positions)

    def unknown(self, key: str, name: str, place: Position) -> None:
        """Say that a key is another program's, or unknown."""
        if name in settings.FOREIGN:
            message = f"the key `{key}` is for other programs, and changes nothing here"
            self.report.info("foreign-key", message, place, settings.FOREIGN[name])
            return
        self.report.warning("unknown-key", f"there is no key `{key}`", place, settings.hint_for_unknown(key))

    def abstract_of(self, node: Node) -> Abstract:
        if _is_null(node):
            return Abstract()
        if type(node).__name__ != "ScalarNode":
            self.ill_typed(
                node, "the abstract is not a text", "write `abstract: |`, and the text indented below"
            )
            return Abstract()
        # A block scalar begins on the line below its sign.
        below = getattr(node, "style", None) in ("|", ">")
        return Abstract(str(node.value), node.start_mark.line + self.first_line + below)

    def field(self, name: str, node: Node) -> Any:
        """Return the value of a key that holds one text (or, for keywords, a list of them)."""
        if _is_null(node):
            return None
        if FIELDS[name][0] == "keywords" and type(node).__name__ == "SequenceNode":
            texts = [self.text(each, "a keyword") for each in node.value]
            return tuple(each for each in texts if each)
        if type(node).__name__ != "ScalarNode":
            wanted = "a list or a text" if FIELDS[name][0] == "keywords" else "a text"
            self.ill_typed(node, f"`{name}` is not {wanted}", f"write `{name}: …` on one line")
            return None
        value, problem = FIELDS[name][1](str(node.value))
        if problem:
            self.problem(problem, node)
        return value

    def authors(self, node: Node) -> tuple[Author, ...] | None:
        if _is_null(node):
            return None
        entries = node.value if type(node).__name__ == "SequenceNode" else [node]
        found = [self.author(each) for each in entries]
        return tuple(each for each in found if each is not None)

    def author(self, node: Node) -> Author | None:
        kind = type(node).__name__
        if kind == "ScalarNode" and not _is_null(node):
            name = " ".join(str(node.value).split())
            return Author(name=name) if name else None
        if kind != "MappingNode":
            self.ill_typed(node, "this author is neither a name nor a table", "write `- name: Ada Lovelace`")
            return None
        values: dict[str, str] = {}
        for key_node, value_node in node.value:
            key = settings.canonical(str(key_node.value))
            if key not in _AUTHOR_FIELDS:
                hint = nearest(key, _AUTHOR_FIELDS, f"known are {', '.join(_AUTHOR_FIELDS)}")
                message = f"an author has no key `{key_node.value}`"
                self.report.warning("unknown-key", message, self.place(key_node), hint)
                continue
            if not _is_null(value_node):
                values[_AUTHOR_FIELDS[key]] = self.text(value_node, f"the author's {key}")
        if values.get("orcid"):
            values["orcid"], problem = settings.check_orcid(values["orcid"])
            if problem:
                self.problem(problem, node)
        if not values.get("name"):
            self.ill_typed(node, "this author has no name", "add `name: …`")
            values["name"] = values.get("affiliation", "")
        return Author(**values) if any(values.values()) else None

    def text(self, node: Node, what: str) -> str:
        if type(node).__name__ == "ScalarNode":
            return " ".join(str(node.value).split())
        self.ill_typed(node, f"{what} is not a text", "put it in quotes")
        return ""

    def ill_typed(self, node: Node, message: str, hint: str) -> None:
        self.report.warning("ill-typed-key", message, self.place(node), hint)

    def problem(self, problem: Problem, node: Node) -> None:
        self.report.warning(problem.code, problem.message, self.place(node), problem.hint)


def _is_null(node: Node) -> bool:
    return str(node.tag).endswith(":null")
