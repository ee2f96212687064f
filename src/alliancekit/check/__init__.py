"""
What is wrong with documents: the rules, running them, and telling what they found.

A rule is one function and one row of `RULES`, with its explanation beside it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from alliancekit.check._checked import Checked
from alliancekit.check._configuration._effective import settings_text
from alliancekit.check._configuration._page import configuration_page
from alliancekit.check._configuration._reading import (
    Configuration,
    find_configuration,
    make_configuration,
    read_configuration,
)
from alliancekit.check._configuration._table import SettingsTable
from alliancekit.check._custom import CustomRule, installed_rules
from alliancekit.check._escape import escape_terminal, json_text
from alliancekit.check._explain import Explanation, explain, reference_pages
from alliancekit.check._facts import Facts
from alliancekit.check._files import Found, Search, documents_in
from alliancekit.check._fixing import fix_files, save_fixed
from alliancekit.check._formats import FORMATS, report_schema
from alliancekit.check._mending import Fixed, fix_text
from alliancekit.check._patterns import Patterns
from alliancekit.check._report import FailOn, Report
from alliancekit.check._rule import Hit, Rule, Subject
from alliancekit.check._rules import RULES
from alliancekit.check._rules._consent import CONSENT_RULES
from alliancekit.check._runner import check_each, check_paths, check_text, check_value
from alliancekit.check._schemas import schema_files, settings_schema
from alliancekit.check._settings import PerFile, Settings
from alliancekit.check._together import Together
from alliancekit.check._words import Words, read_words, words_of

if TYPE_CHECKING:
    from alliancekit.check._gaps import Gap, Gaps, find_gaps
    from alliancekit.check._many._workers import Workers

__all__ = [
    "CONSENT_RULES",
    "FORMATS",
    "RULES",
    "Checked",
    "Configuration",
    "CustomRule",
    "Explanation",
    "Facts",
    "FailOn",
    "Fixed",
    "Found",
    "Gap",
    "Gaps",
    "Hit",
    "Patterns",
    "PerFile",
    "Report",
    "Rule",
    "Search",
    "Settings",
    "SettingsTable",
    "Subject",
    "Together",
    "Words",
    "Workers",
    "check_each",
    "check_paths",
    "check_text",
    "check_value",
    "configuration_page",
    "documents_in",
    "escape_terminal",
    "explain",
    "find_configuration",
    "find_gaps",
    "fix_files",
    "fix_text",
    "installed_rules",
    "json_text",
    "make_configuration",
    "read_configuration",
    "read_words",
    "reference_pages",
    "report_schema",
    "save_fixed",
    "schema_files",
    "settings_schema",
    "settings_text",
    "words_of",
]


if not TYPE_CHECKING:  # a checker would take it to mean that the room has every name

    def __getattr__(name: str) -> Any:
        """Hand out on demand what brings processes and threads, or looks for gaps: most runs need not wait for it."""
        where = {"Workers": "_many._workers", "Gap": "_gaps", "Gaps": "_gaps", "find_gaps": "_gaps"}.get(name)
        if where is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{where}"), name)
