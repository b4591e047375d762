from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from octavo.diagnostics import Position, Severity
from octavo.errors import SourceError
from octavo.readers.brief import BriefReader
from octavo.readers.brief_passages import wrapped_width
from octavo.readers.brief_patterns import is_about_author, is_remnant, is_short_title, role_of
from octavo.readers.protocol import Parsed, Source
from octavo.tree import Document
from octavo.tree.dump import to_text
from octavo.tree.nodes import (
    Divider,
    Group,
    GroupRole,
    List,
    ListItem,
    ListMarker,
    Node,
    Paragraph,
    Section,
    SectionRole,
    Text,
)
from octavo.tree.walk import children, plain_text, walk

ROOT = Path(__file__).parents[3]
SEED = ROOT / "seeds" / "us-china-dialogue.txt"
CASES = sorted((ROOT / "tests" / "cases" / "brief").glob("*.txt"))


def read(text: str) -> Parsed:
    return BriefReader().read(Source(text.encode(), "brief.txt"))


def outline(document: Document) -> list[str]:
    lines: list[str] = []

    def add(node: Any, indent: int) -> None:
        shown = _shown(node)
        if shown:
            lines.append("  " * indent + shown)
        for child in children(node):
            if not isinstance(child, Text):
                add(child, indent + bool(shown))

    for block in document.content:
        add(block, 0)
    return lines


def _shown(node: Node) -> str:
    match node:
        case Section():
            number = {True: "1", False: "0", None: "?"}[node.numbered]
            return f"section {number} {plain_text(node.title)}"
        case Group():
            return f"{node.role} {plain_text(node.title)}".strip()
        case Paragraph():
            return plain_text(node)
        case List():
            return f"list from {node.start}" if node.ordered else "list"
        case Divider():
            return "divider"
        case _:
            return ""


def codes(parsed: Parsed) -> list[str]:
    return [each.code for each in parsed.diagnostics]


BRIEF = """\
► One point
► Another point
An opening paragraph that says what it is all about.
1. First title
The first text.
2. Second title
The second text.
Dr. LEE, Ana is a research fellow at the Institute of Ports.
"""


def test_the_usual_form() -> None:
    parsed = read(BRIEF)
    assert outline(parsed.document) == [
        "key-points",
        "  list",
        "    One point",
        "    Another point",
        "lead",
        "  An opening paragraph that says what it is all about.",
        "section 1 First title",
        "  The first text.",
        "section 1 Second title",
        "  The second text.",
        "author-note",
        "  Dr. LEE, Ana is a research fellow at the Institute of Ports.",
    ]
    assert codes(parsed) == [
        "guessed-key-points",
        "guessed-lead",
        "guessed-section",
        "guessed-section",
        "guessed-author-note",
    ]
    assert {each.severity for each in parsed.diagnostics} == {Severity.INFO}
    assert [each.position.line for each in parsed.diagnostics if each.position] == [1, 3, 4, 6, 8]


def test_the_seed_is_read_whole_and_as_what_it_is() -> None:
    document = BriefReader().read(Source(SEED.read_bytes(), "seed.txt")).document
    roles = [each.role for each in document.content if isinstance(each, Group)]
    assert roles == [GroupRole.NOTICE, GroupRole.KEY_POINTS, GroupRole.LEAD, GroupRole.AUTHOR_NOTE]
    sections = [each for each in document.content if isinstance(each, Section)]
    assert [each.numbered for each in sections] == [True] * 4
    assert sections[-1].role is SectionRole.CONCLUSION


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_cases_read_as_accepted(path: Path, golden: Callable[[Path, str], None]) -> None:
    parsed = BriefReader().read(Source(path.read_bytes(), path.name))
    said = "\n".join(map(str, parsed.diagnostics))
    golden(Path("brief") / f"{path.stem}.tree", f"{to_text(parsed.document)}\n{said}\n")


def words(text: str) -> list[str]:
    return sorted(re.findall(r"\w+", text))


@pytest.mark.parametrize("path", [SEED, *CASES], ids=lambda path: path.name)
def test_no_word_is_lost(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    document = BriefReader().read(Source(path.read_bytes(), path.name)).document
    arrived = f"{document.metadata.title}\n{plain_text(document)}"
    numbers = [word for word in words(source) if len(word) == 1 and word.isdigit()]
    missing = Counter(words(source)) - Counter(words(arrived)) - Counter(numbers)
    assert not missing
    assert words(arrived) == sorted((Counter(words(source)) & Counter(words(arrived))).elements())


@pytest.mark.parametrize("path", [SEED, *CASES], ids=lambda path: path.name)
def test_every_position_is_where_its_text_stands(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    document = BriefReader().read(Source(path.read_bytes(), path.name)).document
    for node in walk(document):
        assert node.position is not None
        assert node.position.file == path.name
        if isinstance(node, Text):
            line = lines[node.position.line - 1]
            assert line[node.position.column - 1 :].startswith(node.text.rstrip(": "))


def test_a_mark_and_its_text_have_their_own_places() -> None:
    parsed = read("  - point\n\n1. Title\nText.\n")
    item = next(each for each in walk(parsed.document) if isinstance(each, ListItem))
    point = next(each for each in walk(item) if isinstance(each, Text))
    assert item.position == Position(1, 3, "brief.txt")
    assert point.position == Position(1, 5, "brief.txt")


@pytest.mark.parametrize("mark", list("►▶•●▪■‣○◦·*-–—"))
def test_bullets(mark: str) -> None:
    parsed = read(f"{mark} One point\n{mark} Another point\n1. Title\nText.\n")
    assert outline(parsed.document)[:4] == ["key-points", "  list", "    One point", "    Another point"]


def test_bullets_without_a_space() -> None:
    assert outline(read("►One\n►Two\n1. Title\nText.\n").document)[2] == "    One"
    assert outline(read("-5 degrees it was, and it snowed.\n").document) == [
        "-5 degrees it was, and it snowed."
    ]


def test_lists_nest_by_indentation() -> None:
    parsed = read("The text opens.\n\n1. Title\nText.\n- a\n   - b\n      - c\n   - d\n- e\n")
    assert outline(parsed.document)[-8:] == [
        "  list",
        "    a",
        "    list",
        "      b",
        "      list",
        "        c",
        "      d",
        "    e",
    ]


def test_a_label_of_the_key_points_becomes_their_title() -> None:
    parsed = read("KEY TAKEAWAYS:\n• One\n• Two\n1. Title\nText.\n")
    assert outline(parsed.document)[0] == "key-points KEY TAKEAWAYS"


def test_a_list_within_the_text_is_no_key_points() -> None:
    parsed = read("1. Title\nText.\n• One\n• Two\n")
    assert outline(parsed.document) == ["section 1 Title", "  Text.", "  list", "    One", "    Two"]


def test_remnants_of_the_page_are_notices_where_they_stand() -> None:
    parsed = read(
        f"Stay informed about our latest news,\npublications, & uploads:\n{BRIEF}© 2023 Us. All rights reserved.\n"
    )
    told = outline(parsed.document)
    assert told[:2] == ["notice", "  Stay informed about our latest news, publications, & uploads:"]
    assert told[-2:] == ["notice", "  © 2023 Us. All rights reserved."]
    assert codes(parsed).count("web-remnant") == 2


def test_titles_may_count_by_figures_alone() -> None:
    parsed = read("1 Scope\nText.\n1.1 Limits\nText.\n2 Results\nText.\n1 Office of Statistics, 2023.\n")
    assert [line.strip() for line in outline(parsed.document) if "section" in line] == [
        "section 1 Scope",
        "section 1 Limits",
        "section 1 Results",
    ]
    notes = read("Text that goes on.\n1 Smith, Walls\n2 Rey, Sand\n3 Lee, Mud\nMore of the text.\n")
    assert not any(line.startswith("section") for line in outline(notes.document))


def test_lettered_lines_are_a_list() -> None:
    (options,) = [
        each
        for each in read("Options:\na) Wait.\nb) Build.\n(c) Pay.\nText goes on.\n").document.content
        if isinstance(each, List)
    ]
    assert (len(options.items), options.marker, options.start) == (3, ListMarker.LOWER_ALPHA, 1)
    assert plain_text(read("As before\na) alone.\n").document) == "As before\na) alone."


def test_names_above_the_text_are_no_lead() -> None:
    parsed = read(
        "BRIEF No. 14 | March 2024\nInstitute of Ports\nThe ports are empty, and stay so.\n1. One\nText.\n"
    )
    assert outline(parsed.document)[:4] == [
        "BRIEF No. 14 | March 2024",
        "Institute of Ports",
        "lead",
        "  The ports are empty, and stay so.",
    ]


def test_numbers_that_do_not_follow_stay_in_their_titles() -> None:
    parsed = read("1. One\nText.\n3. Three\nText.\n2. Two\nText.\n2. Two again\nText.\n")
    assert [line for line in outline(parsed.document) if line.startswith("section")] == [
        "section 1 One",
        "section 0 3. Three",
        "section 1 Two",
        "section 0 2. Two again",
    ]
    assert codes(parsed).count("number-out-of-sequence") == 2


def test_numbers_of_several_levels_nest() -> None:
    parsed = read("1. One\n1.1 One one\nText.\n1.2. One two\nText.\n2. Two\nText.\n2.2 Odd\nText.\n")
    assert outline(parsed.document) == [
        "section 1 One",
        "  section 1 One one",
        "    Text.",
        "  section 1 One two",
        "    Text.",
        "section 1 Two",
        "  Text.",
        "  section 0 2.2 Odd",
        "    Text.",
    ]


def test_numbered_lines_in_a_row_are_a_list() -> None:
    parsed = read(
        "It has three parts:\n1. Bread\n2. Butter\n3. Jam, which is sweet.\n\n7) Seven is alone, and it ends.\n"
    )
    assert outline(parsed.document) == [
        "It has three parts:",
        "list from 1",
        "  Bread",
        "  Butter",
        "  Jam, which is sweet.",
        "list from 7",
        "  Seven is alone, and it ends.",
    ]


def test_figures_at_the_start_of_a_sentence_are_no_numbers() -> None:
    for text in ("2023. Then it was over, and all was well.", "3.5 percent", "1984 was a year"):
        assert outline(read(f"{text}\n").document) != []
        assert "section" not in outline(read(f"{text}\nText follows.\n").document)[0]


def test_titles_in_capitals_and_underlined_ones() -> None:
    parsed = read("Opening.\n\nTHE FIRST\n\nText.\n\nA second\n--------\nText.\n\nTHIRD (1999)\nText.\n")
    assert outline(parsed.document) == [
        "lead",
        "  Opening.",
        "section ? THE FIRST",
        "  Text.",
        "section ? A second",
        "  Text.",
        "section ? THIRD (1999)",
        "  Text.",
    ]


def test_two_kinds_of_underline_are_two_levels() -> None:
    parsed = read("Opening.\n\nOne\n===\nText.\n\nInner\n-----\nText.\n\nTwo\n===\nText.\n")
    assert outline(parsed.document)[2:] == [
        "section ? One",
        "  Text.",
        "  section ? Inner",
        "    Text.",
        "section ? Two",
        "  Text.",
    ]


def test_a_title_at_the_top() -> None:
    parsed = read(
        "Harbours After the Storm\n\nA text follows it, which is longer than the title.\n\n1. Title\nText.\n"
    )
    assert parsed.document.metadata.title == "Harbours After the Storm"
    assert parsed.document.metadata.positions == {"title": Position(1, 1, "brief.txt")}
    assert codes(parsed)[0] == "guessed-title"
    assert read("INTRODUCTION\nText.\n").document.metadata.title == ""


def test_about_the_author() -> None:
    parsed = read(f"{BRIEF}He was born in Busan.\n")
    assert outline(parsed.document)[-1] == "  He was born in Busan."
    titled = read("1. Title\nText.\nAbout the author\nNobody knows.\n")
    assert outline(titled.document)[-2:] == ["author-note About the author", "  Nobody knows."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. KIM, Hankwon is an associate professor of the Department of Asian Studies.", True),
        ("Ana Lopes de Sousa is a senior fellow at the Institute of Tides.", True),
        ("John O’Neill-Smith (Oxford) is a lecturer in trade history.", True),
        ("Mr. Lee was a director of the Bank of Korea.", True),
        ("The author is a research fellow at the institute.", True),
        ("Beijing is also anticipated to expand economic cooperation with the EU.", False),
        ("On the other hand, trade is a matter of the professor.", False),
        ("Dr. Strange drove home.", False),
    ],
)
def test_who_somebody_is(text: str, expected: bool) -> None:
    assert is_about_author(text) is expected


def test_patterns() -> None:
    assert is_short_title("Dialogue with the U.S.")
    assert not is_short_title("A sentence.")
    assert not is_short_title("…")
    assert is_remnant("Subscribe to our newsletter")
    assert not is_remnant("Subscribe " + "word " * 60)
    assert role_of("Conclusion and Prospect") is SectionRole.CONCLUSION
    assert role_of("Appendix A") is SectionRole.APPENDIX
    assert role_of("Notes on trade") is SectionRole.BODY


def test_wrapped_text_is_told_from_a_paragraph_a_line() -> None:
    line = "aaaa bbbb cccc dddd " * 3
    assert wrapped_width([line, line, line, "mm", "", "nn"]) == len(line)
    assert wrapped_width(["aaaa bbbb", "cccc dddd", "eeee ffff", "gg"]) == 0
    assert wrapped_width(["a", "bb bb bb bb bb bb", "c", "dd dd", "e"]) == 0
    assert wrapped_width(["word " * 60] * 9) == 0
    assert wrapped_width([]) == 0


def test_wrapped_lines_are_joined() -> None:
    text = (
        "The first paragraph of a text that is wrapped, as it was\n"
        "the custom when terminals were narrow and paper was not\n"
        "cheap. It ends here.\n"
        "\n"
        "The second one says that the answer to the question is\n"
        "42. That is no number of a list, and a long-\n"
        "term view is one word still.\n"
    )
    parsed = read(text)
    assert outline(parsed.document)[1].endswith(
        "is 42. That is no number of a list, and a long-term view is one word still."
    )
    assert codes(parsed) == ["joined-lines"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\ufeff", "►", "1.", "----", "word", "=\n=", "- ", "\u2028", "( \n)"]
)
def test_odd_sources(text: str) -> None:
    document = read(text).document
    assert words(text) == words(plain_text(document))


def test_line_ends_of_all_systems() -> None:
    assert outline(read("One is first.\r\n\r\nTwo.\rThree.\r\n").document) == [
        "One is first.",
        "Two.",
        "Three.",
    ]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(SourceError):
        BriefReader().read(Source(b"\xff\xfe\x00", "brief.txt"))


def test_control_characters_are_reported() -> None:
    assert codes(read("a\x07b.\n")) == ["control-character"]


def test_key_points_under_a_label_in_capitals_are_no_section() -> None:
    parsed = read(
        "KEY POINTS\n* Credit is scarce.\n* Ice is scarce.\n\nThe coast waits.\n\n1. Now\nBoats are old.\n"
    )
    points = parsed.document.content[0]
    assert isinstance(points, Group)
    assert points.role is GroupRole.KEY_POINTS
    assert plain_text(points.title) == "KEY POINTS"


def test_roman_figures_count_sections_and_stay_in_their_titles() -> None:
    text = "An opening.\n\nI. Where it goes\n\nDown.\n\nII. Who pays\n\nAll do.\n\nA closing line.\n"
    titles = [each for each in read(text).document.content if isinstance(each, Section)]
    assert [plain_text(each.title) for each in titles] == ["I. Where it goes", "II. Who pays"]
    assert [each.numbered for each in titles] == [False, False]


def test_titles_above_their_text_without_a_blank_line_are_found() -> None:
    long = "Of 840 skippers whom the survey asked last year, 61 per cent said that they would not sell their boats."
    text = f"An opening.\n\nFleet renewal\n{long}\n\nThe survey\n{long}\n\nA way out\nThree steps would do.\n"
    titles = [plain_text(each.title) for each in read(text).document.content if isinstance(each, Section)]
    assert titles == ["Fleet renewal", "The survey", "A way out"]


def test_a_guillemet_that_opens_a_quotation_is_no_bullet() -> None:
    (paragraph,) = read("»Wir haben verstanden«, sagte er.\n").document.content
    assert plain_text(paragraph.content).startswith("»Wir")  # type: ignore[union-attr]


def test_notes_about_authors_are_found_in_other_languages() -> None:
    parsed = read("Ein erster Satz.\n\n1. Lage\n\nSie ist ernst.\n\nZur Autorin: Ute Weiß ist Referentin.\n")
    note = parsed.document.content[-1]
    assert isinstance(note, Group)
    assert note.role is GroupRole.AUTHOR_NOTE
