# The README's first commands. `.ci/run` runs them in a fresh clone with a fresh virtual environment.
pip install .
octavo export seeds/*.md
