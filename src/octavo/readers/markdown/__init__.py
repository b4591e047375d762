"""Octavo's Markdown: CommonMark, GitHub's tables and tasks, notes, and blocks that say what they are for."""

from octavo.readers.markdown.reader import MarkdownReader

__all__ = ["MarkdownReader"]
