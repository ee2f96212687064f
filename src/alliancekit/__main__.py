"""``python -m alliancekit`` is the command ``alliancekit``, where that is not on the path."""

from __future__ import annotations

import sys

from alliancekit.cli import main

if __name__ == "__main__":
    sys.exit(main())
