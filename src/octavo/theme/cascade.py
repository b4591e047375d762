"""Which written values count for which key: the chain it is based on, and the container it stands in."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from octavo.theme import schema
from octavo.theme.compute import Flow, Link, Rules, Values, compute, flow_of, read_rules, schema_defaults
from octavo.theme.names import nearest
from octavo.theme.source import Faults, Path, Theme, Written
from octavo.theme.style import Style


class Cascade(msgspec.Struct, frozen=True):
    """Complete styles by key and by (container, key); for marks what is written, the nearest value of each property."""

    styles: Mapping[str, Style]
    within: Mapping[tuple[str, str], Style]
    marks: Mapping[str, Link]
    customs: Mapping[str, str]


class Sources(msgspec.Struct, frozen=True):
    """What is written, sorted by what it is written for. `customs` maps a declared name to what it is like."""

    styles: Mapping[str, Link]
    within: Mapping[tuple[str, str], Link]
    marks: Mapping[str, Link]
    customs: Mapping[str, str]
    chains: Mapping[str, tuple[str, ...]]

    @property
    def blocks(self) -> tuple[str, ...]:
        """The declared styles that are no marks."""
        return tuple(name for name in self.customs if name not in self.marks)

    def chain(self, key: str) -> tuple[str, ...]:
        """Return the keys that `key` is based on, the farthest first, itself last."""
        return self.chains[key]

    def links(self, key: str, within: str = "") -> list[Link]:
        """Return what counts for a key, the nearest last: its own chain, and what is written for each key of it within
        the container or whatever the container is based on."""
        found: list[Link] = []
        containers = self.chain(within) if within else ()
        for each in self.chain(key):
            found.append(self.styles.get(each, {}))
            found.extend(
                self.within[pair] for pair in ((outer, each) for outer in containers) if pair in self.within
            )
        return found

    def text_from(self, key: str) -> str:
        """Return the key whose text properties flow into this one, when no container does; "" for the root."""
        root = self.chains[key][0]
        return "" if root == schema.S.TEXT else str(schema.TEXT_FROM.get(root, schema.S.TEXT))


def sort_sources(table: Mapping[Path, Written], theme: Theme, faults: Faults) -> Sources:
    """Sort a substituted table by what its values are written for."""
    styles: dict[str, dict[str, Written]] = {}
    within: dict[tuple[str, str], dict[str, Written]] = {}
    marks: dict[str, dict[str, Written]] = {}
    for path, written in table.items():
        match path:
            case ("style", key, name):
                styles.setdefault(key, {})[name] = written
            case ("within", outer, key, name):
                within.setdefault((outer, key), {})[name] = written
            case ("mark", key, name):
                marks.setdefault(key, {})[name] = written
            case _:
                continue
    customs = _customs(table, theme, faults)
    chains = {key: schema.based_on(key, customs) for key in (*schema.STYLE_KEYS, *customs)}
    return Sources(styles, within, _fill_marks(marks, customs), customs, chains)


def _customs(table: Mapping[Path, Written], theme: Theme, faults: Faults) -> dict[str, str]:
    """Return what each declared style is like; `group` where the theme does not say, or says nonsense."""
    written = {path[1]: value for path, value in table.items() if path[0] == "custom" and path[2] == "like"}
    declared = [path[1] for path in table if path[0] == "custom" and path[2] == "declared"]
    customs = dict.fromkeys(declared, str(schema.S.GROUP))
    known = (*schema.STYLE_KEYS, *schema.MARK_KEYS, *declared)
    for name, value in written.items():
        if value.value not in known:
            hint = nearest(value.value, known)
            faults.add(
                "theme-value", theme.files[value.file], value.place, f"unknown style `{value.value}`", hint
            )
        customs[name] = str(value.value) if value.value in known else str(schema.S.GROUP)
    for name in declared:
        passed = [name]
        while (like := customs.get(passed[-1])) and like not in passed:
            passed.append(like)
        if like:
            customs[name] = str(schema.S.GROUP)
            place = written[name]
            circle = " -> ".join((*passed, like))
            faults.add(
                "theme-cycle",
                theme.files[place.file],
                place.place,
                f"styles are like one another in a circle: {circle}",
            )
    return customs


def _fill_marks(marks: Mapping[str, Link], customs: Mapping[str, str]) -> dict[str, Link]:
    """Return every mark, those among the customs filled from what they are like."""
    filled: dict[str, Link] = {key: marks.get(key, {}) for key in schema.MARK_KEYS}
    for name in customs:
        chain = schema.based_on(name, customs)
        if chain[0] in schema.MARK_KEYS:
            filled[name] = {prop: value for each in chain for prop, value in marks.get(each, {}).items()}
    return filled


def cascade(table: Mapping[Path, Written], theme: Theme, values: Values, faults: Faults) -> Cascade:
    """Return every style complete, and the pairs in which a container makes a difference."""
    sources = sort_sources(table, theme, faults)
    reading = _Reading(sources, values)
    styles: dict[str, Style] = {}

    def at_top(key: str) -> Style:
        if key not in styles:
            outer = sources.text_from(key)
            styles[key] = reading.style(key, flow_of(at_top(outer)) if outer else reading.defaults.flow)
        return styles[key]

    for key in (*schema.STYLE_KEYS, *sources.blocks):
        at_top(key)
    within: dict[tuple[str, str], Style] = {}
    for outer in (*schema.CONTAINERS, *sources.blocks):
        within.update(_within(outer, reading, styles))
    return Cascade(styles, within, sources.marks, sources.customs)


class _Reading:
    """Reads what is written for each key once, however many containers it may stand in."""

    def __init__(self, sources: Sources, values: Values) -> None:
        self.sources = sources
        self.defaults = schema_defaults()
        self._values = values
        self._rules: dict[tuple[str, str], Rules] = {}
        self._sets: dict[str, frozenset[str]] = {}

    def style(self, key: str, flow: Flow, within: str = "") -> Style:
        """Return the style of a key; `within` names a container that has rules for it."""
        pair = (key, within)
        rules = self._rules.get(pair)
        if rules is None:
            rules = self._rules[pair] = read_rules(self.sources.links(key, within), self._values)
        return compute(rules, flow, self.defaults.boxes, self._values)

    def sets(self, key: str) -> frozenset[str]:
        """Return the properties that a key sets itself; none where its size or its leading depends on others."""
        if key not in self._sets:
            own: dict[str, Written] = {}
            for each in self.sources.chain(key):
                own.update(self.sources.styles.get(each, {}))
            size = own.get("size")
            settled = size is not None and "em" not in str(size.value) and "leading" in own
            self._sets[key] = frozenset(own if settled else ())
        return self._sets[key]


def _within(outer: str, reading: _Reading, styles: Mapping[str, Style]) -> dict[tuple[str, str], Style]:
    """Return the styles of what stands in a container, wherever they differ from those at the top."""
    sources = reading.sources
    text = flow_of(styles[schema.S.TEXT])
    flow = text if outer in schema.BESIDE else flow_of(styles[outer])
    paired = {
        key for container in sources.chain(outer) for (each, key) in sources.within if each == container
    }
    if flow == text and not paired:
        return {}
    found: dict[str, Style] = {}
    changed = {
        name for name, field in schema.FIELD_OF.items() if flow.values.get(field) != text.values.get(field)
    }

    def inside(key: str) -> Style:
        if key not in found:
            via = sources.text_from(key)
            through = flow if via in (schema.S.TEXT, outer) else flow_of(inside(via))
            has_rules = not paired.isdisjoint(sources.chain(key))
            found[key] = reading.style(key, through, outer if has_rules else "")
        return found[key]

    for key in (*schema.CONTENT, *sources.blocks):
        if key not in schema.LENT.get(outer, (key,)):
            continue
        own = reading.sets(key)
        if not (own and own >= changed and paired.isdisjoint(sources.chain(key))):
            inside(key)
    return {(outer, key): style for key, style in found.items() if style != styles[key]}
