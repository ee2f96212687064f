"""Runs the scripts of tests/node: a second opinion from the language that most readers of our schemas are written in."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "node"


def _missing() -> str:
    if shutil.which("node") is None:
        return "node is not installed"
    if not (HERE / "node_modules").is_dir():
        return "the node tools are not installed: make setup"
    return ""


# In CI node is required: a test that needs it then fails where it would be skipped elsewhere.
needs_node = pytest.mark.skipif(bool(_missing()) and "ALLIANCEKIT_REQUIRE_NODE" not in os.environ, reason=_missing())


def run_node(script: str, payload: Any) -> Any:
    """
    Give *payload* as JSON to a script of tests/node, and return the JSON that it prints.

    Args:
        script: The file's name, as ``ajv_compile.mjs``.
        payload: Plain data.

    Raises:
        AssertionError: The script failed, or node is missing where it is required.
    """
    assert not _missing(), _missing()
    done = subprocess.run(
        ["node", str(HERE / script)],
        input=json.dumps(payload),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
