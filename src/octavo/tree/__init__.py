"""The document tree: nodes, metadata, what they mean, and two verbs over them."""

from __future__ import annotations

import msgspec

from octavo.tree.metadata import Metadata
from octavo.tree.nodes import Block


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A whole document: metadata and blocks. `source` names the file it was read from, for diagnostics."""

    metadata: Metadata = Metadata()
    content: tuple[Block, ...] = ()
    source: str = ""
