"""What may be chosen for the e-book."""

from __future__ import annotations

import msgspec


class EpubOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Options of the e-book. `page_list`: mark and list the pages of the printed edition."""

    page_list: bool = True
