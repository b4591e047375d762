"""All input and output: files, fonts, images and the date. Nothing else in octavo touches the world.

`DiskEnvironment` reads and writes files; `MemoryEnvironment` does the same over a dict, for tests and for servers that
have no disk. Paths that a *source* names (images, covers) are read only inside the folder of that source, or inside
folders that the caller has allowed.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import importlib
import importlib.util
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, Protocol

import msgspec

from octavo import arguments
from octavo.diagnostics import Diagnostic, error
from octavo.errors import ResourceError, ThemeError
from octavo.font_folders import faces_below, system_folders
from octavo.fonts.book import Face, FontBook
from octavo.forks import ForkedWorkers
from octavo.limits import Limits
from octavo.workers import NoWorkers, Workers

RELEASED: Final = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
"""The day of this release: stands in for the date of a document that has none, so that bytes repeat."""


_FIRST_YEAR: Final = 1000

_WEIGHTS: Final[Mapping[str, int]] = {
    "ExtraLight": 200,
    "Light": 300,
    "Regular": 400,
    "Semibold": 600,
    "Bold": 700,
    "Black": 900,
}
_MODULE_FONTS: Final[tuple[tuple[str, str, int, bool], ...]] = (
    ("Cascadia Mono", "CascadiaMono_Regular", 400, False),
    ("Cascadia Mono", "CascadiaMono_Italic", 400, True),
    ("Cascadia Mono", "CascadiaMono_Bold", 700, False),
    ("Cascadia Mono", "CascadiaMono_BoldItalic", 700, True),
    ("Noto Sans", "NotoSans_Regular", 400, False),
    ("Noto Sans", "NotoSans_Italic", 400, True),
    ("Noto Sans", "NotoSans_Bold", 700, False),
    ("Noto Sans", "NotoSans_BoldItalic", 700, True),
    ("Fira Mono", "FiraMono_Regular", 400, False),
    ("Fira Mono", "FiraMono_Bold", 700, False),
    ("FiraGO", "FiraGO_Regular", 400, False),
    ("FiraGO", "FiraGO_Italic", 400, True),
    ("FiraGO", "FiraGO_Bold", 700, False),
    ("FiraGO", "FiraGO_BoldItalic", 700, True),
    ("Noto Sans Symbols", "NotoSansSymbols_Regular", 400, False),
    ("Noto Sans Symbols 2", "NotoSansSymbols2_Regular", 400, False),
    ("Noto Sans Math", "NotoSansMath_Regular", 400, False),
)


EXTRA_FONTS: Final = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold", "manimgx_fonts")
"""Packages of fonts for more scripts, which octavo's extras `cjk` and `scripts` bring."""


class Environment(Protocol):
    """What octavo needs of the world around it."""

    @property
    def limits(self) -> Limits:
        """How large what is read may be."""
        ...

    @property
    def workers(self) -> Workers:
        """Who may help with a long document."""
        ...

    def read(self, path: Path) -> bytes:
        """Return a file's bytes.

        Raises:
            ResourceError: it cannot be read; the diagnostic says why and what to do.
        """
        ...

    def write(self, path: Path, data: bytes) -> None:
        """Write a whole file: beside its place first, then renamed, so that no half-written file ever stands there.

        Raises:
            ResourceError: it cannot be written.
        """
        ...

    def read_media(self, source: str, base: Path) -> bytes:
        """Return the bytes of an image that a source in folder `base` names.

        Raises:
            ResourceError: it is missing, remote, or outside the folders that may be read.
        """
        ...

    def read_theme(self, name: str, relative_to: str) -> tuple[str, str]:
        """Return (path, TOML text) of a theme: a shipped one by its name, another by its path.

        `relative_to` is the path of the theme that names it in `extends`, empty for the one the user named.

        Raises:
            ThemeError: there is no such theme.
        """
        ...

    def themes(self) -> tuple[str, ...]:
        """Return the names of the shipped themes, sorted."""
        ...

    def fonts(self) -> FontBook:
        """Return the fonts at hand."""
        ...

    def produced(self, date: datetime.date | None) -> datetime.datetime:
        """Return the time of making that an edition shows: SOURCE_DATE_EPOCH, else the document's date."""
        ...


class DiskEnvironment:
    """The world as it is: a disk, environment variables, installed packages.

    `allow` are further folders that images may come from, `fonts` folders of the user's own fonts, which come before
    those of the packages; with `system_fonts` those of the system come last. A long document is set by up to `workers`
    more processes, where the system can copy this one; for a program that has threads, none is right.
    """

    def __init__(
        self,
        allow: Iterable[str | Path] | str | Path = (),
        fonts: Iterable[str | Path] | str | Path = (),
        *,
        system_fonts: bool = False,
        limits: Limits | None = None,
        workers: int = 0,
    ) -> None:
        arguments.must_be(limits, "limits", "Limits", Limits, type(None))
        self.limits = limits or Limits()
        self.workers: Workers = (
            ForkedWorkers(workers) if arguments.as_count(workers, "workers") else NoWorkers()
        )
        self._allow = tuple(Path(each).resolve() for each in arguments.as_paths(allow, "allow"))
        self._fonts = tuple(map(Path, arguments.as_paths(fonts, "fonts")))
        self._system_fonts = system_fonts

    def read(self, path: Path) -> bytes:
        """Return a file's bytes; see `Environment.read`."""
        try:
            return _read_whole(path, self.limits.file)
        except (OSError, ValueError) as fault:
            raise ResourceError(_read_fault(str(path), fault)) from fault

    def write(self, path: Path, data: bytes) -> None:
        """Write a whole file; see `Environment.write`."""
        beside: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            beside, stream = _opened_beside(path)
            with stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(path)
        except BaseException as fault:
            if beside is not None:
                with contextlib.suppress(OSError):
                    beside.unlink(missing_ok=True)
            # A path may hold a NUL, which is a ValueError.
            if isinstance(fault, OSError | ValueError):
                reason = (getattr(fault, "strerror", "") or str(fault)).lower()
                if isinstance(fault, FileExistsError | NotADirectoryError):
                    reason = f"`{path.parent}` is no folder"
                full = getattr(fault, "errno", 0) in (errno.ENOSPC, errno.EDQUOT)
                hint = "free some space" if full else "choose another folder"
                raise ResourceError(
                    error("target-not-written", f"cannot write `{path}`: {reason}", hint=hint)
                ) from fault
            raise

    def read_media(self, source: str, base: Path) -> bytes:
        """Return an image's bytes; see `Environment.read_media`."""
        _refuse_remote(source)
        try:
            root = base.resolve()
            path = (root / source).resolve()
            special = path.exists() and not path.is_file() and not path.is_dir()
        # A path may hold a NUL, be too long, or lead round in a circle of links (a RuntimeError before Python 3.13).
        except (OSError, ValueError, RuntimeError) as fault:
            reason = (
                fault.strerror if isinstance(fault, OSError) and fault.strerror else "its path leads nowhere"
            )
            raise ResourceError(_unread(source[:200], reason)) from fault
        if not any(path.is_relative_to(folder) for folder in (root, *self._allow)):
            if source.startswith("/") and not path.exists():
                # Site generators write paths that begin at the site's root.
                raise ResourceError(_read_fault(source, FileNotFoundError(errno.ENOENT, "missing")))
            raise ResourceError(
                error(
                    "image-outside",
                    f"image `{source}` is outside the folder of its source and was not read",
                    hint="move it into the folder, or allow its folder with --allow",
                )
            )
        if special:
            raise ResourceError(_unread(source, "it is a pipe or a device, not a file"))
        return self.read(path)

    def read_theme(self, name: str, relative_to: str) -> tuple[str, str]:
        """Return a theme's path and text; see `Environment.read_theme`."""
        shipped = _themes_folder() / f"{name}.toml"
        if not name.endswith(".toml") and PurePosixPath(name).name == name and shipped.is_file():
            path = shipped
        elif relative_to:
            path = Path(relative_to).parent / name
        else:
            path = Path(name)
        try:
            return str(path), _read_whole(path, self.limits.file).decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise ThemeError(
                error("theme-not-text", f"theme `{name}` is not text in UTF-8", hint="save it as UTF-8")
            ) from fault
        except ValueError as fault:
            raise ThemeError(error("theme-not-read", f"cannot read theme `{name!r}`: {fault}")) from fault
        except OSError as fault:
            raise ThemeError(_theme_fault(name, self.themes(), fault)) from fault

    def themes(self) -> tuple[str, ...]:
        """Return the names of the shipped themes."""
        return tuple(sorted(path.stem for path in _themes_folder().glob("*.toml")))

    def fonts(self) -> FontBook:
        """Return the user's own fonts, those of the installed font packages, and the system's where wanted.

        Raises:
            ResourceError: a folder of fonts is missing.
        """
        installed = installed_fonts()
        if not self._fonts and not self._system_fonts:
            return installed
        own, said = faces_below(self._fonts, named=True)
        system, _ = faces_below(system_folders() if self._system_fonts else (), named=False)
        return FontBook((*own, *installed.faces, *system), said)

    def produced(self, date: datetime.date | None) -> datetime.datetime:
        """Return the time of making; see `Environment.produced`."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if epoch:
            try:
                moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
                if moment.year < _FIRST_YEAR:
                    raise ValueError(epoch)
                return moment
            except (ValueError, OverflowError, OSError) as fault:
                raise ResourceError(
                    error(
                        "bad-source-date-epoch",
                        f"SOURCE_DATE_EPOCH is `{epoch}`, which is no time",
                        hint="set it to seconds since 1970, or unset it",
                    )
                ) from fault
        return produced_on(date)


class MemoryEnvironment:
    """A world in a dict: paths to bytes. Written files land in the same dict."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        fonts: FontBook,
        themes: Mapping[str, str],
        *,
        limits: Limits | None = None,
    ) -> None:
        arguments.must_be(limits, "limits", "Limits", Limits, type(None))
        arguments.must_be(fonts, "fonts", "a FontBook, as installed_fonts()", FontBook)
        arguments.must_map(files, "files", bytes)
        arguments.must_map(themes, "themes", str)
        self.limits = limits or Limits()
        self.workers: Workers = NoWorkers()
        self.files = dict(files)
        self._fonts = fonts
        self._themes = dict(themes)

    def read(self, path: Path) -> bytes:
        """Return a file's bytes; see `Environment.read`."""
        try:
            return self.files[path.as_posix()]
        except KeyError as fault:
            raise ResourceError(_read_fault(str(path), FileNotFoundError(errno.ENOENT, "missing"))) from fault

    def write(self, path: Path, data: bytes) -> None:
        """Keep a file's bytes; see `Environment.write`."""
        self.files[path.as_posix()] = data

    def read_media(self, source: str, base: Path) -> bytes:
        """Return an image's bytes; see `Environment.read_media`."""
        _refuse_remote(source)
        return self.read(base / source)

    def read_theme(self, name: str, relative_to: str) -> tuple[str, str]:
        """Return a theme's name and text; see `Environment.read_theme`. Names are not relative here."""
        del relative_to
        if name not in self._themes:
            raise ThemeError(_theme_fault(name, self.themes(), FileNotFoundError(errno.ENOENT, "missing")))
        return name, self._themes[name]

    def themes(self) -> tuple[str, ...]:
        """Return the names of the themes."""
        return tuple(sorted(self._themes))

    def fonts(self) -> FontBook:
        """Return the fonts given."""
        return self._fonts

    def produced(self, date: datetime.date | None) -> datetime.datetime:
        """Return the time of making: the document's date."""
        return produced_on(date)


def produced_on(date: datetime.date | None) -> datetime.datetime:
    """Return midnight UTC of a document's date, or the day of this release where that is no time of making.

    Before the year 1000 no edition was made, and its year is not written with the four digits that formats want.
    """
    if date is None or date.year < _FIRST_YEAR:
        return RELEASED
    return datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC)


def installed_fonts() -> FontBook:
    """Return the fonts that octavo's font packages carry, without reading any of them."""
    faces: list[Face] = []
    for package, family, stem in (
        ("font_source_serif_pro", "Source Serif Pro", "SourceSerifPro"),
        ("font_source_sans_pro", "Source Sans Pro", "SourceSansPro"),
    ):
        folder = _package_folder(package)
        if folder is None:
            continue
        for path in sorted((folder / "files").glob(f"{stem}-*.ttf")):
            name = path.stem.removeprefix(f"{stem}-")
            italic = name.endswith("It")
            weight = _WEIGHTS[name.removesuffix("It") or "Regular"]
            faces.append(
                Face(family=family, weight=weight, italic=italic, load=path.read_bytes, origin=package)
            )
    formulas = _package_folder("ziamath")
    if formulas is not None:
        path = formulas / "fonts" / "STIXTwoMath-Regular.ttf"
        faces.append(
            Face(family="STIX Two Math", weight=400, italic=False, load=path.read_bytes, origin="ziamath")
        )
    if _package_folder("pymupdf_fonts") is not None:
        faces.extend(
            Face(
                family=family, weight=weight, italic=italic, load=_module_font(module), origin="pymupdf_fonts"
            )
            for family, module, weight, italic in _MODULE_FONTS
        )
    at_hand = {face.family for face in faces}
    folders = [folder for package in EXTRA_FONTS if (folder := _package_folder(package)) is not None]
    if folders:
        more, _ = faces_below(folders, named=False)
        faces.extend(
            msgspec.structs.replace(face, origin=Path(face.origin).name)
            for face in more
            if face.family not in at_hand
        )
    return FontBook(faces)


def _package_folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _module_font(module: str) -> Callable[[], bytes]:
    def load() -> bytes:
        data: bytes = importlib.import_module(f"pymupdf_fonts.{module}").fontbuffer
        return data

    return load


def _themes_folder() -> Path:
    """The wheel carries the themes inside the package; a checkout has them at its top."""
    inside = Path(__file__).parent / "themes"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "themes"


def _opened_beside(path: Path) -> tuple[Path, BinaryIO]:
    """Return a new file beside a place, and its path. What killed processes left may lie there too.

    Raises:
        OSError: none can be made there.
    """
    for attempt in range(1, 1_000):
        beside = path.with_name(f".{path.name[:80]}.{os.getpid()}-{attempt}.part")
        with contextlib.suppress(FileExistsError):
            return beside, beside.open("xb")
    raise OSError(errno.EEXIST, "too many unfinished files lie beside it")


def _read_whole(path: Path, most: int) -> bytes:
    """Return a file's bytes; a pipe or a device may never end, and is none.

    Raises:
        OSError: it cannot be read, or is too large.
        ValueError: its name holds a NUL.
    """
    found = path.stat()
    if stat.S_ISCHR(found.st_mode) or stat.S_ISBLK(found.st_mode) or stat.S_ISSOCK(found.st_mode):
        raise OSError(errno.EINVAL, "it is a device, not a file")
    # A shell hands over a pipe for `<(…)`; one that lies in a folder may have nobody at its other end.
    if stat.S_ISFIFO(found.st_mode) and not str(path).startswith(("/dev/", "/proc/")):
        raise OSError(errno.EINVAL, "it is a pipe, not a file")
    if found.st_size > most:
        raise OSError(errno.EFBIG, _larger(most))
    if found.st_size:
        return path.read_bytes()
    # The size of a pipe, and of what a system makes up as it is read, is not known beforehand.
    pieces: list[bytes] = []
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            pieces.append(piece)
            if sum(map(len, pieces)) > most:
                raise OSError(errno.EFBIG, _larger(most))
    return b"".join(pieces)


def _larger(most: int) -> str:
    return f"it is larger than {most / 1_000_000:g} MB"


def _refuse_remote(source: str) -> None:
    scheme = source.partition(":")[0].lower()
    if "://" in source or scheme in ("data", "http", "https", "file", "ftp"):
        raise ResourceError(
            error(
                "image-remote",
                f"image `{source[:80]}` is not a file; octavo fetches nothing from a network, "
                "and its alternative text stands in its place",
                hint="save it beside the source and name that file",
            )
        )


def _read_fault(path: str, fault: OSError | ValueError) -> Diagnostic:
    if isinstance(fault, FileNotFoundError):
        hint = "check the spelling and the folder"
        if path == "-":
            hint = "octavo reads files, not its input: name one"
        elif path.startswith(("http:/", "https:/")):
            hint = "octavo fetches nothing from a network: save it, and name the file"
        elif "\n" in path:
            hint = "this seems to be the text itself: write it to a file, and name that"
        return error("file-not-found", f"there is no file `{path}`", hint=hint)
    if isinstance(fault, IsADirectoryError):
        return error("file-is-folder", f"`{path}` is a folder", hint="name a file in it")
    return _unread(path, fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault))


def _unread(path: str, reason: str) -> Diagnostic:
    said = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in path)
    return error(
        "file-not-read",
        f"cannot read `{said}`: {reason[:1].lower()}{reason[1:]}",
        hint="check its name and permissions",
    )


def _theme_fault(name: str, known: tuple[str, ...], fault: OSError) -> Diagnostic:
    import difflib

    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        near = difflib.get_close_matches(name.lower(), known, n=1)
        guess = f"did you mean `{near[0]}`? " if near else ""
        return error(
            "unknown-theme",
            f"there is no theme `{name}`",
            hint=f"{guess}shipped themes are {', '.join(known)}; another is named by its path, as `my.toml`",
        )
    reason = (fault.strerror or str(fault)).lower()
    hint = "name a shipped theme, or a TOML file"
    return error("theme-not-read", f"cannot read theme `{name}`: {reason}", hint=hint)
