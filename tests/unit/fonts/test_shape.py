"""Words are shaped once, every code has one text, and nothing is shown that no font has."""

from __future__ import annotations

import re
from functools import cache

import msgspec
import pytest

from octavo.diagnostics import Position
from octavo.environment import installed_fonts
from octavo.errors import ResourceError
from octavo.fonts.book import Face, FontBook
from octavo.fonts.characters import printable
from octavo.fonts.features import TypeSpec, upper_pieces
from octavo.fonts.loaded import LoadedFont
from octavo.fonts.scripts import extra_for
from octavo.fonts.setting import Setting
from octavo.fonts.shape import Shaper
from octavo.fonts.words import Word
from tests.unit.fonts.small_fonts import small_font

SERIF = TypeSpec(families=("Source Serif Pro",))


@cache
def book() -> FontBook:
    return installed_fonts()


def setting(spec: TypeSpec = SERIF) -> Setting:
    return Shaper(book()).setting(spec)


def entries(content: str, font: LoadedFont) -> list[tuple[int, str, float]]:
    codes = "".join(re.findall("<([0-9A-F]*)>", content))
    return [font.entries[int(codes[at : at + 4], 16)] for at in range(0, len(codes), 4)]


def reads(word: Word, of: Setting) -> str:
    if word.content is not None:
        return "".join(text for _, text, _ in entries(word.content, of.primary))
    used = of.shaper.used
    return "".join(text for part in word.parts for _, text, _ in entries(part.content, used[part.font]))


def test_a_ligature_is_one_glyph_that_reads_as_its_letters() -> None:
    serif = setting()
    word = serif.words["office"]
    assert word.content is not None
    assert [text for _, text, _ in entries(word.content, serif.primary)] == ["o", "ffi", "c", "e"]


@pytest.mark.parametrize(
    "spec",
    [
        TypeSpec(families=("Source Serif Pro",), ligatures=False),
        TypeSpec(families=("Source Serif Pro",), tracking=50.0),
    ],
)
def test_no_ligatures_in_code_and_in_spaced_text(spec: TypeSpec) -> None:
    word = setting(spec).words["fi"]
    assert len(re.findall("[0-9A-F]{4}", word.content or "")) == 2


def test_kerning_stands_between_the_codes() -> None:
    word = setting().words["AV"]
    assert word.content is not None
    assert re.fullmatch(r"<[0-9A-F]{4}>\d+(\.\d)?<[0-9A-F]{4}>", word.content)


def test_width_is_that_of_the_advances_and_kerns() -> None:
    serif = setting()
    kern = float(re.findall(r">(\d+(?:\.\d)?)<", serif.words["AV"].content or "")[0])
    assert serif.words["AV"].width == pytest.approx(serif.words["A"].width + serif.words["V"].width - kern)


def test_every_pair_of_glyph_and_text_has_one_code() -> None:
    serif = setting()
    for text in ("office", "fine", "AVATAR", "Élan", "x\u0301y"):
        assert reads(serif.words[text], serif) == text
        assert reads(serif.fragment(text, True), serif) == f"{text}\u00ad"
    pairs = [(glyph, text) for glyph, text, _ in serif.primary.entries.values()]
    assert len(pairs) == len(set(pairs))


def test_figures_follow_the_features() -> None:
    lining = setting().words["0123456789"].width
    old = setting(TypeSpec(families=("Source Serif Pro",), old_style_figures=True)).words["0123456789"].width
    tabular = setting(TypeSpec(families=("Source Serif Pro",), tabular_figures=True))
    assert lining != old
    assert len({tabular.words[digit].width for digit in "0123456789"}) == 1


def test_small_capitals_keep_their_letters() -> None:
    real = setting(TypeSpec(families=("Source Serif Pro",), small_caps=True))
    drawn = setting(TypeSpec(families=("Source Serif Pro",), small_caps=True, italic=True))
    assert reads(real.words["Unesco"], real) == "Unesco"
    assert real.words["Unesco"].content is not None
    assert reads(drawn.words["Unesco"], drawn) == "Unesco"
    assert [part.scale for part in drawn.words["Unesco"].parts] == [1.0, 0.8]


def test_capitals_read_as_the_letters_they_stand_for() -> None:
    upper = setting(TypeSpec(families=("Source Serif Pro",), upper=True))
    assert reads(upper.words["Fuß"], upper) == "Fuß"
    assert upper.words["Fuß"].width == pytest.approx(setting().words["FUSS"].width)


@pytest.mark.parametrize(
    ("text", "language", "shown"), [("ilk", "tr", "İLK"), ("ilk", "en", "ILK"), ("ώρα", "el", "ΩΡΑ")]
)
def test_capitals_follow_the_language(text: str, language: str, shown: str) -> None:
    assert upper_pieces(text, language)[0] == shown


def test_tracking_is_added_after_every_glyph() -> None:
    spaced = setting(TypeSpec(families=("Source Serif Pro",), tracking=50.0))
    assert spaced.words["abc"].width == pytest.approx(setting().words["abc"].width + 150)


def test_other_fonts_help_out_by_character() -> None:
    serif = setting()
    word = serif.words["a►b"]
    assert word.content is None
    assert reads(word, serif) == "a►b"
    assert [serif.shaper.used[part.font].face.family for part in word.parts][::2] == ["Source Serif Pro"] * 2
    assert serif.shaper.diagnostics == ()
    assert word.width == pytest.approx(sum(part.width for part in word.parts), abs=1)


def test_a_monospaced_text_is_helped_out_by_monospaced_fonts_first() -> None:
    mono = setting(TypeSpec(families=("Fira Mono",)))
    word = mono.words["✓"]
    assert mono.shaper.used[word.parts[0].font].face.family == "Cascadia Mono"


def test_greek_in_italics_falls_back_within_the_family_first() -> None:
    italic = setting(TypeSpec(families=("Source Serif Pro",), italic=True))
    word = italic.words["λόγος"]
    assert {italic.shaper.used[part.font].name for part in word.parts} == {"SourceSerifPro-Regular"}


def test_a_character_that_no_font_has_is_shown_and_said_once() -> None:
    shaper = Shaper(book())
    serif = shaper.setting(SERIF)
    shaper.position = Position(3, 9)
    word = serif.words["a\U00012000"]
    shaper.position = Position(4, 1)
    assert reads(serif.words["\U00012000b"], serif) == "\U00012000b"
    assert reads(word, serif) == "a\U00012000"
    found = shaper.diagnostics
    assert [(each.code, each.position) for each in found] == [("missing-glyph", Position(3, 9))]
    assert "U+12000" in found[0].message
    assert not any(glyph == 0 for font in shaper.used for glyph, _, _ in font.entries.values())


def test_many_missing_characters_are_said_together() -> None:
    serif = setting()
    for code in range(0x12000, 0x12000 + 40):
        assert serif.words[chr(code)].width > 0
    found = serif.shaper.diagnostics
    assert len(found) == 11
    assert "30 more characters" in found[-1].message


def test_private_characters_and_lone_surrogates_read_as_replacements() -> None:
    serif = setting()
    assert reads(serif.words["\ue000"], serif) == "\ufffd"
    assert reads(serif.words["a\ud800"], serif) == "a\ufffd"


def test_joiners_and_variants_cling_to_what_they_follow() -> None:
    serif = setting()
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467\ufe0f"
    assert reads(serif.words[family], serif) == family
    assert all("U+1F4" in each.message for each in serif.shaper.diagnostics)


def test_control_characters_reach_no_font() -> None:
    serif = setting()
    assert printable("a\x00b\u202ec\ufeff") == "abc"
    assert reads(serif.words["a\x00b\x9f"], serif) == "ab"
    assert serif.words["\x00"].width == 0
    assert serif.words["\x00"].content == ""


def test_words_from_right_to_left_read_in_order_and_stand_so() -> None:
    serif = setting()
    word = serif.words["שלום,"]
    assert reads(word, serif) == "שלום,"
    assert len(word.parts) == 1
    assert word.parts[0].x > 0
    assert word.parts[0].x + word.parts[0].width == pytest.approx(word.width)


def test_raised_marks_are_raised() -> None:
    sans = setting(TypeSpec(families=("FiraGO",)))
    word = sans.words["X\u0301"]
    assert reads(word, sans) == "X\u0301"


def test_widths_before_each_character_end_at_the_whole() -> None:
    serif = setting()
    for text in ("office", "soft\u00adhyphen", "a►b", "שלום"):
        widths = serif.prefix_widths(text)
        assert len(widths) == len(text) + 1
        assert widths == sorted(widths)
        assert widths[-1] == pytest.approx(serif.words[text].width)
    ligature = serif.prefix_widths("ffi")
    assert ligature[1] == pytest.approx(ligature[3] / 3)


def test_a_font_that_is_none_is_refused() -> None:
    broken = Face(family="Broken", weight=400, italic=False, load=lambda: b"no font", origin="test")
    with pytest.raises(ResourceError) as caught:
        Shaper(FontBook([broken])).setting(TypeSpec(families=("Broken",)))
    assert caught.value.diagnostics[0].code == "font-not-read"


def test_without_any_font_nothing_can_be_set() -> None:
    with pytest.raises(ResourceError) as caught:
        Shaper(FontBook([])).setting(SERIF)
    assert caught.value.diagnostics[0].code == "no-font"


def test_an_unknown_family_is_replaced_by_one_at_hand() -> None:
    assert setting(TypeSpec(families=("No Such Family",))).words["a"].width > 0


def test_faces_are_opened_when_they_are_needed() -> None:
    opened: list[str] = []
    real = book().match("Source Serif Pro")
    assert real is not None

    def load(name: str) -> bytes:
        opened.append(name)
        return real.load()

    faces = [
        Face(family=name, weight=400, italic=False, load=lambda name=name: load(name), origin="test")  # type: ignore[misc]
        for name in ("First", "Second")
    ]
    Shaper(FontBook(faces)).setting(TypeSpec(families=("First",))).words["plain"]
    assert opened == ["First"]


@pytest.mark.parametrize("text", ["ế", "x̂", "Ti\u1ebfng", "שָׁלוֹם", "हिन्दी", "สวัสดี"])
def test_a_word_of_letters_with_several_glyphs_says_what_it_reads_as(text: str) -> None:
    italic = setting(TypeSpec(families=("Source Serif Pro",), italic=True))
    word = italic.words[text]
    assert (word.content, word.reads) == (None, text)


def test_a_word_whose_glyphs_read_by_themselves_says_nothing_more() -> None:
    assert [setting().words[text].reads for text in ("office", "Tiếng", "naïve", "שלום")] == [""] * 4


SENTENCE = (
    "AVATAR, To office “Wolf” Ty-Yo (vow) fjord “Øre” 12th … re-entry; naïve fluffy, dialogue–dialogue don’t V.A.T. "
    "\ufffda\ufffd a\N{SOFT HYPHEN}b \N{HEBREW LETTER ALEF}b 2024 -- x_y() f.i. @home"
)


@pytest.mark.parametrize("family", book().families)
@pytest.mark.parametrize("changes", [{}, {"tracking": 40.0}, {"small_caps": True}, {"italic": True}])
def test_words_of_a_row_are_shaped_as_each_by_itself(family: str, changes: dict[str, float | bool]) -> None:
    spec = msgspec.structs.replace(TypeSpec(families=(family,), language="en-GB"), **changes)
    together, apart = setting(spec), setting(spec)
    row = SENTENCE.split(" ")
    together.learn(row)
    for text in row:
        found, wanted = together.words[text], apart.words[text]
        assert (found.text, found.content, found.parts) == (wanted.text, wanted.content, wanted.parts)
        assert found.width == pytest.approx(wanted.width)
        assert (found.hang_left, found.hang_right) == (wanted.hang_left, wanted.hang_right)


def test_letters_of_running_text_are_not_taken_from_a_face_of_fixed_width() -> None:
    shaper = Shaper(book())
    stack = TypeSpec(families=("Source Serif Pro", "Cascadia Mono"))
    word = shaper.setting(stack).words["\u0627\u0644\u062d\u0648\u0627\u0631"]
    assert {shaper.used[part.font].face.family for part in word.parts} == {"FiraGO"}
    fixed = shaper.setting(TypeSpec(families=("Cascadia Mono",))).words["\u0627\u0644"]
    assert {shaper.used[part.font].face.family for part in fixed.parts} == {"Cascadia Mono"}


def test_a_bracket_before_a_word_from_the_right_stands_at_its_right() -> None:
    shaper = Shaper(book())
    word = shaper.setting(SERIF).words["(\u0642\u0627\u0626\u062f"]
    assert {shaper.used[part.font].face.family for part in word.parts} == {"FiraGO"}
    assert reads(word, shaper.setting(SERIF)).startswith("(")
    first = min(word.parts, key=lambda part: -part.x)
    assert first is word.parts[0]


def test_ideographs_come_from_a_font_made_for_them_and_signs_do_not() -> None:
    def face(family: str, characters: str) -> Face:
        made = small_font(family, letters=characters)
        return Face(family=family, weight=400, italic=False, load=lambda: made, origin="test")

    shaper = Shaper(
        FontBook([face("Text", "ab"), face("A Math", "\u306e\u2192"), face("Noto CJK", "\u306e\u2192\u6f22")])
    )
    text = shaper.setting(TypeSpec(families=("Text",)))
    for shown, family in (("\u306e", "Noto CJK"), ("\u6f22", "Noto CJK"), ("\u2192", "A Math")):
        (part,) = text.words[shown].parts
        assert shaper.used[part.font].face.family == family


@pytest.mark.parametrize(
    ("language", "first", "family"),
    [
        ("ja", "A Serif", "Noto Serif CJK JP"),
        ("", "A Serif", "Noto Serif CJK JP"),
        ("ko", "A Serif", "Noto Serif CJK KR"),
        ("zh-CN", "A Sans", "Noto Sans CJK SC"),
        ("zh-Hant", "A Sans", "Noto Sans CJK TC"),
    ],
)
def test_ideographs_have_the_forms_of_their_language(language: str, first: str, family: str) -> None:
    ideographs, letters = small_font("CJK", letters="\u6f22\u300c"), small_font("Text", letters="ab")

    def face(name: str, made: bytes) -> Face:
        return Face(family=name, weight=400, italic=False, load=lambda: made, origin="test")

    names = [
        f"Noto {kind} CJK {form}" for kind in ("Sans", "Serif") for form in ("HK", "JP", "KR", "SC", "TC")
    ]
    at_hand = [face(name, ideographs) for name in ("Droid Fallback", *names)]
    shaper = Shaper(FontBook([face(first, letters), *at_hand]))
    for shown in "\u6f22\u300c":
        (part,) = shaper.setting(TypeSpec(families=(first,), language=language)).words[shown].parts
        assert shaper.used[part.font].face.family == family


@pytest.mark.parametrize(
    ("character", "extra"),
    [("\u6f22", "cjk"), ("\ud55c", "cjk"), ("\u304b", "cjk"), ("\uff0c", "cjk"), ("\u0ba4", "scripts"),
     ("\u1780", "scripts"), ("\U0001f600", "scripts"), ("\U00012000", ""), ("a", "")],
)  # fmt: skip
def test_what_octavo_may_be_installed_with_is_named_for_a_missing_character(
    character: str, extra: str
) -> None:
    assert extra_for(character) == extra
    made = small_font("Text", letters="b?")
    only = Face(family="Text", weight=400, italic=False, load=lambda: made, origin="test")
    shaper = Shaper(FontBook([only]))
    shaper.setting(TypeSpec(families=("Text",))).words[f"b{character}"]
    (said,) = shaper.diagnostics
    assert (f"octavo[{extra}]" in said.hint) == bool(extra)
    assert "--fonts" in said.hint
