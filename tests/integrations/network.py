"""Whether packages can be installed here; what needs that is skipped where it is certain that they cannot."""

import subprocess
import sys

import pytest


def skip_without_index() -> None:
    """Skip the test if no package index can be reached: an installation that failed for another reason is a failure."""
    asked = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "hatchling"]
    if subprocess.run(asked, capture_output=True, check=False, timeout=120).returncode:
        pytest.skip("no package index can be reached")
