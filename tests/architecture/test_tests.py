"""The tests themselves: each says in a sentence what it shows."""

import ast
from pathlib import Path

import pytest

from tests.shared import ROOT

FILES = sorted((ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_test_says_what_it_shows(path: Path) -> None:
    """A test has a docstring."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    tests = [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    assert [f"{test.name}, line {test.lineno}" for test in tests if not ast.get_docstring(test)] == []
