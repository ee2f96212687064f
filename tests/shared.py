"""Where the real and hostile inputs by others lie; tests that use them skip where the folder is absent."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder with inputs by others is not here")
