"""Loading: chains, syntax, and every fault of form with its place and a hint."""

from __future__ import annotations

import pytest

from octavo.errors import ThemeError
from octavo.theme.load import load_theme
from octavo.theme.source import position_of
from tests.unit.theme.themes import faults, load, reader, resolve


def only(text: str, **others: str) -> tuple[str, str, str]:
    """Return code and place, message, and hint of the single fault of a theme."""
    (fault,) = faults(text, **others)
    return f"{fault.position} {fault.code}", fault.message, fault.hint


def test_a_theme_without_extends_changes_base() -> None:
    assert [file.path.rpartition("/")[2] for file in load("").files] == ["base.toml", "my.toml"]


def test_a_theme_that_extends_nothing_stands_alone() -> None:
    sheet = resolve('extends = ""')
    assert sheet.styles["text"].size == 10
    assert set(sheet.fonts) == {"text", "heading", "mono"}


def test_the_root_named_by_its_path_is_read_once() -> None:
    read = reader()
    theme = load_theme("base.toml", lambda name, near: read(name.removesuffix(".toml"), near))
    assert len(theme.files) == 1


def test_the_name_is_the_files_own_or_its_path() -> None:
    assert load('name = "House"').name == "House"
    assert load("").name == "my"


def test_a_circle_of_themes_is_told() -> None:
    with pytest.raises(ThemeError, match=r"in a circle: my\.toml -> other\.toml -> my\.toml") as caught:
        load('name = "My"\nextends = "./other.toml"', other='extends = "my"')
    assert str(caught.value.diagnostics[0].position) == "my.toml:2:1"


def test_a_circle_through_ever_new_paths_ends() -> None:
    with pytest.raises(ThemeError, match="circle"):
        load_theme("a", lambda name, near: (f"{near}/{name}", 'extends = "a"'))


def test_a_parent_that_is_not_there_is_told() -> None:
    with pytest.raises(ThemeError, match=r"there is no theme `\./nowhere\.toml`, named by `my\.toml`"):
        load('extends = "./nowhere.toml"')


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[style.text]\nsize = "12pt', "my.toml:2"),
        ("[style\n", "my.toml:1"),
        ("a = 1\na = 2\n", "my.toml:2"),
        ("a = [" * 5000, "my.toml"),
        ("= 1", "my.toml:1"),
        ("\x00", "my.toml:1"),
    ],
)
def test_what_is_no_toml_is_told_with_its_place(text: str, place: str) -> None:
    (fault,) = faults(text)
    assert fault.code == "theme-syntax"
    assert str(fault.position).startswith(place)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[style.heading-1]\nsiz = 1",
            (
                "my.toml:2:1 theme-unknown-key",
                "style.heading-1.siz: unknown property `siz`",
                "did you mean `size`?",
            ),
        ),
        (
            "[style.txet]",
            ("my.toml:1:1 theme-unknown-key", "style.txet: unknown style key `txet`", "did you mean `text`?"),
        ),
        (
            "[mark.emphasiss]",
            (
                "my.toml:1:1 theme-unknown-key",
                "mark.emphasiss: unknown mark `emphasiss`",
                "did you mean `emphasis`?",
            ),
        ),
        (
            "[style.text]\nspace_after = 0",
            ("my.toml:2:1 theme-unknown-key", "style.text.space_after: unknown property `space_after`", ""),
        ),
        (
            "[page]\nmargin_top = '1cm'",
            (
                "my.toml:2:1 theme-unknown-key",
                "page.margin_top: unknown property `margin_top`",
                "did you mean `margin-top`?",
            ),
        ),
        (
            "[page.header.verso]\nlefft = 'x'",
            (
                "my.toml:2:1 theme-unknown-key",
                "page.header.verso.lefft: unknown property `lefft`",
                "did you mean `left`?",
            ),
        ),
        (
            "[pritn.page]",
            ("my.toml:1:1 theme-unknown-key", "pritn: unknown table or key `pritn`", "did you mean `print`?"),
        ),
        (
            "[print.print]",
            (
                "my.toml:1:1 theme-unknown-key",
                "print.print: unknown table `print`",
                "write one of token, page, lines, numbering, style, mark, custom",
            ),
        ),
        ("style = 1", ("my.toml:1:1 theme-value", "style: a table is wanted here", "write [style]")),
        (
            "[style.title.paragraph]\nsize='1pt'",
            ("my.toml:1:1 theme-unknown-key", "style.title.paragraph: `title` holds no `paragraph`", None),
        ),
        ("name = 7", ("my.toml:1:1 theme-value", "name: a string is wanted here", "")),
        (
            "[custom.notice]",
            (
                "my.toml:1:1 theme-value",
                "custom.notice: `notice` is a name of octavo's own",
                "give the style another name",
            ),
        ),
        (
            "[page]\nheader.first.left = '{tilte}'",
            (
                "my.toml:2:1 theme-template",
                "page.header.first.left: unknown field `{tilte}`",
                "did you mean `title`?",
            ),
        ),
        (
            "[page.masthead]\nright = ['[{issue}']",
            (
                "my.toml:2:1 theme-template",
                "page.masthead.right: brackets are not in pairs in `[{issue}`",
                None,
            ),
        ),
    ],
)
def test_faults_of_form_have_place_message_and_hint(text: str, expected: tuple[str, str, str | None]) -> None:
    place, message, hint = only(text)
    assert (place, message) == expected[:2]
    assert expected[2] in (None, "") or hint == expected[2]


def test_faults_of_form_and_of_value_in_all_files_and_media_are_told_together_in_order() -> None:
    found = faults(
        'extends = "./house"\n[style.text]\nsiz = 1\nsize = "big"\n[office.style.title]\ncolor = "red"',
        house='[style.lead]\ncolor = "{color.acent}"',
    )
    assert [(str(each.position), each.code) for each in found] == [
        ("house.toml:2:1", "theme-unknown-token"),
        ("my.toml:3:1", "theme-unknown-key"),
        ("my.toml:4:1", "theme-value"),
        ("my.toml:6:1", "theme-value"),
    ]


def test_places_are_found_among_strings_comments_and_arrays() -> None:
    text = (
        "# [style.text] size = 1\n"
        'description = """\n[style.lead]\nsize = 2\n"""\n'
        '[token.font]\ntext = [ # "]"\n  "Noto Sans",\n]\n'
        '[ style . "text" ] # root\n  size = "11pt"\n'
        "page.size = 'A5'\n"
    ).replace("page.size", "color")
    file = load(text.replace("color = 'A5'", "color = '#222'")).files[-1]
    where = {
        place: str(position_of(file, place))
        for place in (
            ("style", "text", "size"),
            ("style", "text", "color"),
            ("token", "font", "text"),
            ("style", "lead", "size"),
            ("page",),
        )
    }
    assert where == {
        ("style", "text", "size"): "my.toml:11:3",
        ("style", "text", "color"): "my.toml:12:1",
        ("token", "font", "text"): "my.toml:7:1",
        ("style", "lead", "size"): "my.toml",
        ("page",): "my.toml",
    }
