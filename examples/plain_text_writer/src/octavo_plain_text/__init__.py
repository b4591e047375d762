"""A writer for octavo: an edition in plain text."""

from octavo_plain_text.writer import PlainTextWriter

__all__ = ["PlainTextWriter"]
