"""Every document of the repository as PDF, before veraPDF, qpdf and poppler."""

from __future__ import annotations

from pathlib import Path

import pytest

import octavo
from tests.corpus import name_of
from tests.external import validators
from tests.external.editions import Editions, assert_clean, assert_complete, export_corpus


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    return export_corpus("pdf", tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="module")
def files(editions: Editions) -> dict[Path, Path]:
    assert editions.files, "no document became a PDF file"
    return editions.files


def test_every_document_becomes_a_pdf_file(editions: Editions) -> None:
    assert_complete(editions)


def test_pdf_is_pdf_ua_1_and_pdf_a_2a(files: dict[Path, Path]) -> None:
    found = validators.verapdf(files.values(), ("ua1", "2a"))
    assert_clean(finding for findings in found.values() for finding in findings)


def test_pdf_is_sound_as_a_file(files: dict[Path, Path]) -> None:
    assert_clean(finding for path in files.values() for finding in validators.qpdf_check(path))


def test_pdf_has_a_tag_tree_that_poppler_reads(files: dict[Path, Path]) -> None:
    trees = {name_of(source): validators.pdf_struct_text(path) for source, path in files.items()}
    assert [name for name, tree in trees.items() if not tree.strip()] == []


FROM_RIGHT_TO_LEFT = """\
---
title: עתיד האנרגיה
author: נועה לוי
publisher: המכון למדיניות
language: he
---

[TOC]

# מבוא {#sec-intro}

חברת OPEC פרסמה נתונים (ראו Annual Report, 2024).[^a] ראו @tbl-use והקישור [לאתר](https://example.org).

[^a]: משרד האנרגיה, *דו״ח שנתי*, עמ׳ 12–15.

1. פריט ראשון
   - פריט בתוכו

| שנה | שינוי |
|---|--:|
| 2020 | 1.25 |

: צריכת החשמל {#tbl-use}

```python
x = 1
```

::: {lang=ar}
> كتابُ الماءِ حقٌّ للجميع، وفيه 12٫5٪.
:::

::: {lang=en}
> An English quotation, with a list:
>
> 1. one
:::
"""


@pytest.mark.parametrize("theme", ["policy", "book", "newsletter"])
def test_pages_from_right_to_left_are_as_sound(theme: str, tmp_path: Path) -> None:
    source = tmp_path / "source.md"
    source.write_text(FROM_RIGHT_TO_LEFT, encoding="utf-8")
    made = octavo.export(octavo.read(source), tmp_path, formats=("pdf", "press"), theme=theme)
    paths = [edition.path for edition in made if edition.path is not None]
    assert len(paths) == 2
    found = validators.verapdf(paths, ("ua1", "2a"))
    assert_clean(finding for findings in found.values() for finding in findings)
    assert_clean(finding for path in paths for finding in validators.qpdf_check(path))
    tree = validators.pdf_struct_text(paths[0])
    assert tree.index("/RlTb") < tree.index("מבוא")
    for words in (
        "חברת OPEC פרסמה נתונים",
        "(ראו Annual Report, 2024)",
        "An English quotation, with a list:",
    ):
        assert words in tree
