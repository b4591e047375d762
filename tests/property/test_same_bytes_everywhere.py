"""Every document of the repository and any tree give the same bytes in all editions, wherever and whenever they are
made. Plain pytest tries a few trees, and as many others as `OCTAVO_EXAMPLES` says.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from PIL import Image

from octavo.errors import SourceError
from octavo.tree import Document
from octavo.tree.dump import from_json, to_json
from tests import strategies
from tests.corpus import ROOT, corpus

EXAMPLES = int(os.environ.get("OCTAVO_EXAMPLES", "0"))
FEW = 12
WORLDS = {
    "another seed, time zone and locale, backwards": (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Seoul", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8"},
        ("--backwards",),
    ),
    "another year, no home, no UTF-8": (
        {"PYTHONHASHSEED": "4711", "TZ": "America/Anchorage", "LC_ALL": "C", "PYTHONUTF8": "0", "HOME": "/nowhere"},
        ("--later",),
    ),
}  # fmt: skip


def _trees() -> list[Document]:
    found: list[Document] = []

    @settings(
        max_examples=EXAMPLES or FEW,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(document=strategies.documents())
    def taken(document: Document) -> None:
        found.append(document)

    taken()
    return found


def _sources(folder: Path) -> list[Path]:
    """Fill a folder with every document, each beside the images that it shows, and with generated trees."""
    folder.mkdir(parents=True)
    file = io.BytesIO()
    Image.new("RGB", (12, 8), "teal").save(file, "PNG")
    (folder / "chart.png").write_bytes(file.getvalue())
    made = []
    for document in corpus():
        place = folder / document.relative_to(ROOT).parent
        if not place.is_dir():
            shutil.copytree(document.parent, place, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        made.append(place / document.name)
    for at, tree in enumerate(_trees()):
        path = folder / f"tree{at}.json"
        data = to_json(msgspec.structs.replace(tree, source=""))
        try:
            from_json(data)
        except SourceError:  # a lone surrogate, which JSON cannot hold
            continue
        path.write_bytes(data)
        made.append(path)
    return made


def _made(sources: list[Path], folder: Path, variables: dict[str, str], *options: str) -> dict[str, str]:
    world = {
        key: value
        for key, value in os.environ.items()
        if key not in ("SOURCE_DATE_EPOCH", "LC_ALL", "LANG", "TZ", "PYTHONHASHSEED")
    }
    names = [str(each.relative_to(folder)) for each in sources]
    run = subprocess.run(
        [sys.executable, "-m", "tests.property.digests", *options, *names],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**world, "PYTHONPATH": str(ROOT), **variables},
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, str] = json.loads(run.stdout)
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    folder = tmp_path_factory.mktemp("place") / "work"
    return folder, _sources(folder)


@pytest.fixture(scope="module")
def first(place: tuple[Path, list[Path]]) -> dict[str, str]:
    return _made(place[1], place[0], {"PYTHONHASHSEED": "0"})


@pytest.mark.parametrize("world", WORLDS)
def test_every_edition_has_the_same_bytes(
    place: tuple[Path, list[Path]], first: dict[str, str], tmp_path: Path, world: str
) -> None:
    assert len(first) >= 8 * len(corpus())
    folder = tmp_path / "a folder with spaces" / "ünd more"
    shutil.copytree(place[0], folder)
    sources = [folder / each.relative_to(place[0]) for each in place[1]]
    variables, options = WORLDS[world]
    found = _made(sources, folder, variables, *options)
    assert {name: each for name, each in found.items() if first[name] != each} == {}
    assert found.keys() == first.keys()
