"""Escaping, addresses, languages and names of files."""

from __future__ import annotations

import pytest

from octavo.writers.epub import markup


def test_text_and_attributes_are_escaped() -> None:
    assert markup.escape("a < b & \"c\" > 'd'") == "a &lt; b &amp; \"c\" &gt; 'd'"
    assert markup.quoted('a "b"\n& c') == "a &quot;b&quot; &amp; c"
    assert markup.attribute("alt", "") == ""


def test_characters_that_xml_cannot_hold_are_dropped_and_counted() -> None:
    assert markup.legal("a\x00b\x0bc\ufffed") == ("abcd", 3)
    assert markup.legal("tab\tline\nend 👍🏽 \u200b") == ("tab\tline\nend 👍🏽 \u200b", 0)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://example.org/a b?x=1&y=2#z", "https://example.org/a%20b?x=1&amp;y=2#z"),
        ("HTTPS://example.org", "https://example.org"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%C3%A4", "https://example.org/%C3%A4"),
        ("https://example.org/ä", "https://example.org/%C3%A4"),
        ("https://example.org/?a=[b]", "https://example.org/?a=%5Bb%5D"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        (" https://example.org/\u0000x ", "https://example.org/x"),
    ],
)
def test_addresses_become_urls(target: str, address: str) -> None:
    assert markup.safe_address(target) == address


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "vbscript:x",
        "report.pdf",
        "../up.html",
        "//example.org/x",
        "https://",
        "http:///path",
        "mailto:",
        "",
    ],
)
def test_what_is_not_safe_or_not_there_is_no_address(target: str) -> None:
    assert markup.safe_address(target) == ""


@pytest.mark.parametrize("tag", ["en", "en-GB", "zh-Hant-TW", "tlh", "de-CH-1996", "x-own"])
def test_well_formed_languages(tag: str) -> None:
    assert markup.is_language(tag)


@pytest.mark.parametrize("tag", ["", "C", "english language", "en_GB", "e", "abcd", "en-"])
def test_ill_formed_languages(tag: str) -> None:
    assert not markup.is_language(tag)


def test_direction_follows_the_script() -> None:
    assert markup.direction("ar-EG") == markup.direction("he") == markup.direction("az-Arab") == "rtl"
    assert markup.direction("en") == markup.direction("ar-Latn") == markup.direction("ku-Latn") == "ltr"


def test_files_are_named_in_ascii() -> None:
    assert markup.file_stem("Überblick: 2 Ängste", "section") == "uberblick-2-angste"
    assert markup.file_stem("第一章", "section") == "section"
    assert len(markup.file_stem("a" * 300, "section")) <= 48
