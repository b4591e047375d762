"""From boxes to sheets: page after page, column after column; blank versos, floating figures, balanced last columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import msgspec

from octavo.theme.style import PageStyle
from octavo.typeset.boxes import FORBIDDEN, SOFT, Box, Boxes, height_of
from octavo.typeset.filling import Filling, Foot, fill
from octavo.typeset.floating import floated
from octavo.typeset.geometry import Area, column_width, text_area

BALANCE_STEPS: Final = 12
NO_STRETCHES: Final[Mapping[int, PageStyle]] = MappingProxyType({})


class Flow(msgspec.Struct, frozen=True):
    """Boxes that follow one another in columns of one width, from the one at `start`; `wide` ones reach over all
    columns."""

    boxes: Boxes
    wide: bool = False
    start: int = 0


class Column(msgspec.Struct, frozen=True):
    """A filled column: which boxes, and where they stand."""

    boxes: Boxes
    filling: Filling
    area: Area
    turned: bool = False
    """The column stands along the page, and its area is that of the turned text from its own upper left corner."""


class Sheet(msgspec.Struct):
    """A page while it is filled; `used` is how much of its text area flows that ended there have taken, `after` the
    space that the last of them wants below it, which `used` has in it. `stretch` counts how often a page was begun by
    force until here."""

    columns: list[Column]
    used: float = 0.0
    after: float = 0.0
    stretch: int = 0


class _Paginator:
    def __init__(self, page: PageStyle, foot: Foot, longer: Mapping[int, PageStyle]) -> None:
        self.foot = foot
        self.stretch = 0
        self._page_style = page
        self._longer = longer
        self.sheets: list[Sheet] = [Sheet([])]
        self.carried: tuple[Box, ...] = ()
        self.asides: list[tuple[Box, ...]] = []
        """What stands turned on pages of its own, behind the page that is being filled."""

    @property
    def page(self) -> PageStyle:
        """The page as it is in this stretch."""
        return self._longer.get(self.stretch, self._page_style)

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def turn(self, force: str = "") -> None:
        """Begin a page; before one that must be a recto, a blank verso where it is needed."""
        self._set_asides()
        self.stretch += bool(force)
        self.sheets.append(Sheet([], stretch=self.stretch))
        if force == "recto" and self.page.facing and len(self.sheets) % 2 == 0:
            self.sheets.append(Sheet([], stretch=self.stretch))

    def _set_asides(self) -> None:
        """Set what stands turned: its notes with it, at its foot. It takes the place of a page that is empty."""
        if self.asides and not self.sheet.columns and len(self.sheets) > 1:
            self.sheets.pop()
        for aside in self.asides:
            boxes, at = list(aside), 0
            carried: tuple[Box, ...] = ()
            while at < len(boxes) or carried:
                whole = text_area(len(self.sheets), self.page)
                area = Area(0.0, 0.0, whole.height, whole.width)
                filling = fill(boxes, at, area.height, self.foot, carried)
                turned = Column(boxes, filling, area, turned=True)
                self.sheets.append(Sheet([turned], stretch=self.stretch))
                at, carried = filling.end, filling.carried
        self.asides = []

    def areas(self, *, wide: bool) -> list[Area]:
        """Return what is free on the page: its columns, or all of it."""
        whole = text_area(len(self.sheets) - 1, self.page)
        used = self.sheet.used
        top, height = whole.top + used, whole.height - used
        if wide or self.page.columns <= 1:
            return [Area(whole.left, top, whole.width, height)]
        width = column_width(self.page)
        step = width + self.page.column_gap
        return [Area(whole.left + step * at, top, width, height) for at in range(self.page.columns)]

    def run(self, flow: Flow, later: list[Flow]) -> None:
        """Set one flow from where the one before has ended; `later` are those that come after it."""
        boxes, at = flow.boxes, flow.start
        if self.sheet.used and at < len(boxes):
            self.sheet.used += max(0.0, boxes[at].before - self.sheet.after)
        while at < len(boxes):
            if boxes[at].force and (self.sheet.columns or at):
                self.turn(boxes[at].force)
            elif self._is_full(flow, at):
                self.turn()
            elif self._gives_way(flow, at, later):
                self._move_up(flow, at, later)
                return
            at = self._page(flow, at)
            if at < len(boxes) and not boxes[at].force:
                self.turn()

    def _is_full(self, flow: Flow, at: int) -> bool:
        area = self.areas(wide=flow.wide)[0]
        return bool(self.sheet.columns) and area.height < flow.boxes[at].height + self.page.margin_bottom / 4

    def _page(self, flow: Flow, at: int) -> int:
        """Fill what is free on the page; return the first box that is left."""
        boxes = flow.boxes
        areas = self.areas(wide=flow.wide)
        many = len(areas) > 1
        whole = areas
        has_room = areas[0].height >= text_area(len(self.sheets), self.page).height - 1
        if many:
            areas = self._balanced(boxes, at, areas)
        lowest = 0.0
        for area in areas:
            if at >= len(boxes) and not self.carried:
                break
            filling = fill(boxes, at, area.height, self.foot, self.carried)
            ill = filling.overfull or (filling.forced and (flow.wide or (many and area is areas[0])))
            if ill and not has_room:
                break  # the next page has more
            if not many or areas is whole:
                filling = floated(boxes, filling, area, self.foot, self.page)
            if flow.wide and self.page.columns > 1 and filling.end >= len(boxes):
                # The columns that follow on the page have its foot, so the notes are theirs.
                filling = msgspec.structs.replace(filling, notes=(), carried=filling.notes + filling.carried)
            self.carried = filling.carried
            if filling.notes or any(map(_shows, boxes[filling.start : filling.end])):
                self.sheet.columns.append(Column(boxes, filling, area))
            self.asides += [box.aside for box in boxes[filling.start : filling.end] if box.aside]
            lowest = max(lowest, area.height if filling.notes and many else filling.height)
            at = filling.end
            if at < len(boxes) and boxes[at].force:
                break
        if flow.wide or many:
            after = boxes[at - 1].after if at else 0.0
            self.sheet.used += lowest + after
            self.sheet.after = after
        return at

    def _gives_way(self, flow: Flow, at: int, later: Sequence[Flow]) -> bool:
        """Say whether text that ends on this page would leave it with a hole, since what comes next, over all columns,
        does not fit below it."""
        if flow.wide or len(later) < 2 or not later[0].wide or not _before(later):
            return False
        areas = self.areas(wide=False)
        full = areas[0].height
        high = self._balanced(flow.boxes, at, areas)[0].height
        if high >= full and not self._holds(flow.boxes, at, areas, full):
            return False
        wide = later[0].boxes
        needed = max(flow.boxes[-1].after, wide[0].before) + height_of(wide)
        return high + needed > full and needed < text_area(len(self.sheets), self.page).height

    def _move_up(self, flow: Flow, at: int, later: list[Flow]) -> None:
        """Fill the page with the text after what stands over all columns, which begins the next page."""
        below, moved = later[1], _before(later)
        boxes = [*flow.boxes[at:], *moved]
        end = self._page(Flow(boxes), 0)
        rest = [*boxes[end:], *below.boxes[below.start + len(moved) :]]
        later[:2] = [later[0], Flow(rest)] if rest else [later[0]]
        self.turn()

    def _balanced(self, boxes: Boxes, at: int, areas: list[Area]) -> list[Area]:
        """Return the columns no higher than what is left needs, so that they end alike; what is small and belongs
        together is not divided for it."""
        full = areas[0].height
        worst = next((each for each in (SOFT, FORBIDDEN) if self._holds(boxes, at, areas, full, each)), None)
        if worst is None:
            return areas
        low, high = 0.0, full
        for _ in range(BALANCE_STEPS):
            middle = (low + high) / 2
            if self._holds(boxes, at, areas, middle, worst):
                high = middle
            else:
                low = middle
        return [msgspec.structs.replace(area, height=high) for area in areas]

    def _holds(
        self, boxes: Boxes, at: int, areas: Sequence[Area], height: float, worst: float = FORBIDDEN
    ) -> bool:
        """Say whether columns of a height hold what is left, broken only where that costs less than `worst`."""
        if height <= 0:
            return False
        carried = self.carried
        for _ in areas:
            filling = fill(boxes, at, height, self.foot, carried)
            if filling.overfull or filling.forced:
                return False
            at, carried = filling.end, filling.carried
            if at >= len(boxes):
                return not carried
            if boxes[at].force or boxes[at].penalty >= worst:
                return False
        return False

    def finish(self) -> None:
        """Set what is left of the last notes, on pages of their own."""
        while self.carried:
            self.turn()
            area = self.areas(wide=False)[0]
            filling = fill((), 0, area.height, self.foot, self.carried)
            self.carried = filling.carried
            self.sheet.columns.append(Column([], filling, area))
        self._set_asides()


def _before(later: Sequence[Flow]) -> Boxes:
    """Return the text that may go before what stands over all columns: all up to a new page for what has a number to be
    found by, else no more than belongs to the same heading."""
    (wide, below), found = later[:2], list[Box]()
    for box in below.boxes[below.start :]:
        if (box.force and not found) or (box.heads and not wide.boxes[0].floats):
            break
        found.append(box)
    return found


def _shows(box: Box) -> bool:
    """Say whether a box has anything to show or to name; what stands turned behind its page does not count."""
    return bool(box.height or box.frames or box.under or box.keys or not box.aside)


def paginate(
    flows: Sequence[Flow], page: PageStyle, foot: Foot, longer: Mapping[int, PageStyle] = NO_STRETCHES
) -> list[Sheet]:
    """Return the pages of flows that follow one another; one page at least. `longer` has the page of stretches that
    are set on another one."""
    paginator = _Paginator(page, foot, longer)
    later = list(flows)
    while later:
        paginator.run(later.pop(0), later)
    paginator.finish()
    return paginator.sheets


def stretches(sheets: Sequence[Sheet]) -> dict[int, list[Sheet]]:
    """Return the pages that hold anything, by the stretch that they belong to."""
    found: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        if sheet.columns:
            found.setdefault(sheet.stretch, []).append(sheet)
    return found
