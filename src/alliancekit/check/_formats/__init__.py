"""
The formats in which a report is told: each is one function in one module, and one row of `FORMATS`.

All of them write what one `Report` says; none decides what counts as wrong.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from alliancekit.check._formats._github import to_github
from alliancekit.check._formats._gitlab import to_gitlab
from alliancekit.check._formats._json import to_dict, to_json
from alliancekit.check._formats._json_schema import REPORT_FILE, report_schema
from alliancekit.check._formats._junit import to_junit
from alliancekit.check._formats._sarif import to_sarif
from alliancekit.check._formats._summary import to_step_summary
from alliancekit.check._formats._telling import Telling
from alliancekit.check._formats._text import to_text
from alliancekit.check._report import Report
from alliancekit.values import FrozenMap

__all__ = ["FORMATS", "REPORT_FILE", "Telling", "Writer", "report_schema", "to_dict", "to_step_summary"]

Writer: TypeAlias = Callable[[Report, Telling], str]
"""What writes a report in one format."""

FORMATS: Final[FrozenMap[Writer]] = FrozenMap(
    {
        "text": to_text,
        "json": to_json,
        "sarif": to_sarif,
        "github": to_github,
        "gitlab": to_gitlab,
        "junit": to_junit,
    }
)
"""The writers, by the name that `--format` gives them."""
