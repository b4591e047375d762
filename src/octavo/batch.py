"""Many sources, one after the other or side by side: each is exported by itself, and a bad one never stops the rest.

Any `concurrent.futures.Executor` serves: a pool of processes here, or the executor of a cluster. What is handed to it
can be pickled, and no more than a window of sources is under way at a time, so memory stays flat for any number.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from octavo import arguments
from octavo.diagnostics import Diagnostic, Severity, error
from octavo.edition import Edition
from octavo.environment import DiskEnvironment
from octavo.errors import OctavoError
from octavo.limits import Limits

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from octavo.environment import Environment
    from octavo.production import Dress
    from octavo.workers import Workers
    from octavo.writers.protocol import Writer

WINDOW: Final = 32
"""How many sources are handed to an executor at a time: enough to keep its workers busy, few enough to forget."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted of each source of a batch; the fields are those of `export`.

    Lists do for tuples, a mapping for `settings`, and paths for their texts.

    Raises:
        TypeError: a field is of another type.
        UsageError: a setting has a key that there is not.
    """

    out: str | Path = "editions"
    formats: Iterable[str] = ("pdf", "docx", "epub")
    theme: str | Path = "policy"
    settings: Mapping[str, str] | Iterable[tuple[str, str]] = ()
    """Metadata that overrides that of the sources, as {key: value} or pairs of those."""
    allow: Iterable[str | Path] = ()
    """Further folders that images may come from."""
    fonts: Iterable[str | Path] = ()
    """Folders of fonts of one's own."""
    system_fonts: bool = False
    limits: Limits = Limits()
    options: Mapping[str, msgspec.Struct] = {}
    workers: int = 0
    """How many processes may help with a long source, see `DiskEnvironment`."""

    def __post_init__(self) -> None:
        pairs = arguments.as_pairs(self.settings, "Order.settings")
        if pairs:
            from octavo.readers.settings import check_keys

            check_keys(pairs)
        arguments.must_be(self.limits, "Order.limits", "Limits", Limits)
        arguments.must_be_mapping(
            self.options, "Order.options", 'a mapping as {"press": PressOptions(marks=False)}'
        )
        arguments.as_count(self.workers, "Order.workers")
        names = "names of editions, or the name of one"
        sound = {
            "out": str(arguments.as_path(self.out, "Order.out")),
            "formats": arguments.as_texts(self.formats, "Order.formats", names),
            "theme": arguments.as_name(
                self.theme, "Order.theme", "the name of a theme, or the path of a TOML file"
            ),
            "settings": pairs,
            "allow": arguments.as_paths(self.allow, "Order.allow"),
            "fonts": arguments.as_paths(self.fonts, "Order.fonts"),
        }
        # Once, while it is made: what takes an order, here or in another process, finds tuples of texts.
        for name, value in sound.items():
            msgspec.structs.force_setattr(self, name, value)


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one source: its editions, and all that was said of it. `failure` is the error that stopped it."""

    source: str
    editions: tuple[Edition, ...]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float
    failure: OctavoError | None = None

    @property
    def lost(self) -> bool:
        """Whether its process died, or an executor did not take it: nothing is known of the source itself."""
        return self.failure is not None and self.failure.diagnostics[0].code == "worker-lost"

    @property
    def failed(self) -> bool:
        """Whether anything that was said is an error."""
        return any(each.severity is Severity.ERROR for each in self.diagnostics)


def export_source(source: str, order: Order, reader: Workers | None = None) -> Result:
    """Export one source and say how it went; nothing is raised. Runs in whatever process an executor chooses.

    A `reader` is somebody who stands by to read the source; else whoever else works beside this process does.
    """
    from octavo.api import Target, editions_of, parse, writers_of
    from octavo.beside import Beside
    from octavo.readers.protocol import Parsed

    began = time.perf_counter()
    environment = DiskEnvironment(
        [Path(folder) for folder in order.allow],
        [Path(folder) for folder in order.fonts],
        system_fonts=order.system_fonts,
        limits=order.limits,
        workers=order.workers,
    )
    said: dict[Diagnostic, None] = {}
    editions: list[Edition] = []
    failure: OctavoError | None = None
    read = partial(parse, source, settings=order.settings, environment=environment)
    reading = Beside(read, reader or environment.workers, Parsed)
    # Only now: the reader need not wait for it.
    from octavo.production import dress, load_stages

    try:
        try:
            writers = writers_of(order.formats, order.options)
            dressed = dress(str(order.theme), writers, environment)
            load_stages(writers)
            dressed = _foreseeing(dressed, source, writers, environment, reading.ready)
        finally:
            # Whatever else is wrong, what there is to say of the source comes first.
            parsed = reading.value()
            said.update(dict.fromkeys(parsed.diagnostics))
        target = Target(Path(order.out), "", environment)
        for edition in editions_of(parsed, dressed, writers, target, time.perf_counter()):
            said.update(dict.fromkeys(edition.diagnostics))
            editions.append(edition)
    except OctavoError as fault:
        failure = fault
        said.update(dict.fromkeys(fault.diagnostics))
    return Result(
        source=source,
        editions=tuple(editions),
        diagnostics=tuple(said),
        seconds=time.perf_counter() - began,
        failure=failure,
    )


def _foreseeing(
    dressed: Dress,
    source: str,
    writers: Sequence[Writer],
    environment: Environment,
    until: Callable[[], bool],
) -> Dress:
    """Look at the words of a long source while somebody else reads it."""
    from octavo.production import foreseeing

    if until() or not any(writer.needs_layout for writer in writers):
        return dressed
    try:
        data = environment.read(Path(source))
    except OctavoError:
        # Who reads it says so.
        return dressed
    return foreseeing(dressed, data, until) if b"\0" not in data else dressed


def _export_one(source: str, order: Order) -> Result:
    """Export one of many sources, and give back the memory that it took.

    A layout and its fonts refer to one another in circles, which nothing but a search finds; between searches that are
    seldom for speed, they would pile up from source to source.
    """
    result = export_source(source, order)
    gc.collect()
    return result


def export_many(
    sources: Iterable[str | Path] | str | Path,
    order: Order | None = None,
    *,
    executor: Executor | None = None,
    reader: Workers | None = None,
) -> Iterator[Result]:
    """Export each source and hand out its result as soon as it is there, in the order of finishing.

    Nothing is made before the first result is asked for, by a loop or `list`.

    Args:
        sources: paths, or one; two of one stem are refused, since their editions would have one name. One that is
            named twice is exported once.
        order: what is wanted of each.
        executor: runs the sources side by side; without one they are exported here, in turn.
        reader: who stands by to read the first source, where they are exported here.
    """
    paths = list(dict.fromkeys(arguments.as_paths(sources, "sources")))
    if order is not None and not isinstance(order, Order):
        raise arguments.wrong("order", 'an Order, as Order(out="editions")', order)
    if executor is not None:
        executors = "a concurrent.futures.Executor, as ProcessPoolExecutor()"
        arguments.must_have(executor, "executor", executors, ("submit",))
    return _results(paths, order or Order(), executor, reader)


def _results(
    paths: Sequence[str], order: Order, executor: Executor | None, reader: Workers | None
) -> Iterator[Result]:
    clashes = _clashes(paths)
    yield from clashes.values()
    ready = [path for path in paths if path not in clashes]
    if executor is None:
        for at, path in enumerate(ready):
            if at:
                gc.collect()  # as in `_export_one`; nothing comes after the last that would want its memory
            yield export_source(path, order, None if at else reader)
        return
    yield from _side_by_side(ready, order, executor)


def _side_by_side(paths: Sequence[str], order: Order, executor: Executor) -> Iterator[Result]:
    from concurrent.futures import FIRST_COMPLETED, wait

    waiting = iter(paths)
    running: dict[Future[Result], str] = {}
    while True:
        for path in waiting:
            try:
                running[executor.submit(_export_one, path, order)] = path
            # What a pool says one of whose processes has died, or that was shut down.
            except RuntimeError as fault:
                yield _lost(path, fault)
            if len(running) >= WINDOW:
                break
        if not running:
            return
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            yield _result_of(running.pop(future), future)


def _result_of(path: str, future: Future[Result]) -> Result:
    from concurrent.futures import CancelledError

    try:
        fault = future.exception()
    except CancelledError as cancelled:
        fault = cancelled
    return future.result() if fault is None else _lost(path, fault)


def _lost(path: str, fault: BaseException) -> Result:
    """The process that worked at a source died; the source is named, and the others go on."""
    reason = f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__
    said = error(
        "worker-lost",
        f"the process that exported `{path}` ended: {reason}",
        hint="export it alone to see why; it may have run out of memory",
    )
    return Result(source=path, editions=(), diagnostics=(said,), seconds=0.0, failure=OctavoError(said))


def _clashes(paths: Sequence[str]) -> dict[str, Result]:
    """Return a refusal for each source whose editions would overwrite those of an earlier one."""
    first: dict[str, str] = {}
    refused: dict[str, Result] = {}
    for path in paths:
        other = first.setdefault(Path(path).stem, path)
        if other != path:
            said = error(
                "same-name",
                f"`{other}` and `{path}` would make editions of the same name",
                hint="export them to two folders",
            )
            refused[path] = Result(
                source=path, editions=(), diagnostics=(said,), seconds=0.0, failure=OctavoError(said)
            )
    return refused
