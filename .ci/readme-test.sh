# The README's test command.
pip install -e '.[test]' && pytest
