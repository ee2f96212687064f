"""Whether packages can be installed here; what needs that is skipped where it is certain that they cannot."""

import subprocess
import sys

import pytest

_ASKED = (sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "hatchling")
_BRIEFLY = ("--retries", "0", "--timeout", "10", "--no-cache-dir")


def skip_without_index() -> None:
    """
    Skip the test if no package index can be reached: an installation that failed for another reason is a failure.

    It is asked for twice, as pip is set up here and as other programs see it, which know nothing of that.
    """
    for own in ((), ("--isolated",)):
        if subprocess.run([*_ASKED, *_BRIEFLY, *own], capture_output=True, check=False, timeout=60).returncode:
            pytest.skip("no package index can be reached")
