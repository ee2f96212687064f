"""The examples in docstrings are true."""

import doctest
from importlib import import_module

import pytest

from tests.architecture.rooms import modules


# __main__ is left out, because importing it runs the command.
@pytest.mark.parametrize("name", [name for name in modules() if not name.endswith("__main__")])
def test_examples(name: str) -> None:
    """Each ``>>>`` prints what the docstring shows."""
    assert doctest.testmod(import_module(name)).failed == 0
