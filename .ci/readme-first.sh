# The README's first command. `.ci/run` runs it in a fresh clone.
python -m venv .venv && . .venv/bin/activate && pip install . && octavo export seeds/us-china-dialogue.md
