"""How hypothesis runs here: never against the clock, and in CI always with the same examples."""

import os

from hypothesis import settings

settings.register_profile("here", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("here")
