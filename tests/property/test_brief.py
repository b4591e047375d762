"""What holds of every plain text that is read as a brief."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from octavo.readers.brief import BriefReader
from octavo.readers.protocol import Source
from octavo.tree.nodes import List, Section, Text
from octavo.tree.walk import plain_text, walk

LINES = st.sampled_from(
    (
        "",
        "",
        "► A point",
        "  - an inner point",
        "1. A title",
        "1.1 An inner title",
        "7) Seven",
        "2. A sentence that ends.",
        "ALL CAPITALS",
        "Underlined",
        "--------",
        "====",
        "About the author",
        "Dr. Lee is a professor of law.",
        "He lives in Seoul.",
        "Subscribe to our newsletter:",
        "A paragraph of some length that says what there is to say, and then it ends, as they do.",
        "a line that begins small and ends with a hyphen-",
        "Conclusion",
    )
)
TEXTS = st.lists(LINES | st.text(max_size=20), max_size=14).map("\n".join)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXTS)
def test_every_word_arrives_and_stands_where_it_says(text: str) -> None:
    data = text.encode("utf-8", "ignore").replace(b"\0", b"")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return
    parsed = BriefReader().read(Source(data, "brief.txt"))
    document = parsed.document
    source = re.sub("[\x01-\x08\x0e-\x1f\x7f\ufffe\uffff]", "\ufffd", data.decode("utf-8-sig"))
    marks = [n.start for n in walk(document) if isinstance(n, List) and n.ordered]
    numbered = sum(1 for n in walk(document) if isinstance(n, Section) and n.numbered)
    missing = (
        Counter(words(source))
        - Counter(words(document.metadata.title))
        - Counter(words(plain_text(document)))
    )
    assert all(word.isdigit() for word in missing)
    assert missing.total() == 0 or marks or numbered
    for node in walk(document):
        assert node.position is not None
        if isinstance(node, Text) and node.text.isascii():
            lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            line = lines[node.position.line - 1].replace("\x0b", " ").replace("\x0c", " ")
            assert line[node.position.column - 1 :].startswith(node.text.rstrip(": "))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
