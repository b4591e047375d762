"""The parity proof: what a theme says of every style, beside what the finished PDF, Word file and e-book hold.

`probe.probe_document` makes a document in which every style is used; its three editions are read back by `pdf_values`,
`docx_values` and `epub_values`; `compare.compare` sets them side by side. `reasons` is the one table of what a format
cannot say.
"""
