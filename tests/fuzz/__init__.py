"""Fuzzing guided by what it reaches, for as long as one likes: `python -m tests.fuzz TARGET --seconds N`."""
