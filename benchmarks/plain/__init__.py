"""Plain programs over libraries that octavo also builds on: what a straightforward loop does in a hundred lines."""
