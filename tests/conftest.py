"""How tests run: hypothesis never against the clock, in CI with the same examples; each test with a cache of its own."""

import os
import tempfile
from itertools import count
from pathlib import Path

from hypothesis import settings

settings.register_profile("here", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("here")

# What one test has found must not answer another, which may have changed the rules; and nobody's own cache is touched.
_CACHES = tempfile.TemporaryDirectory()
_NUMBERS = count()


def pytest_runtest_setup() -> None:
    os.environ["ALLIANCEKIT_CACHE_DIR"] = str(Path(_CACHES.name, str(next(_NUMBERS))))
