"""
What is wrong with documents: the rules, running them, and telling what they found.

A rule is one function and one row of `RULES`, with its explanation beside it.
"""

from alliancekit.check._escape import escape_terminal
from alliancekit.check._explain import Explanation, explain, reference_page
from alliancekit.check._report import FailOn, Report
from alliancekit.check._rule import Rule, Settings
from alliancekit.check._rules import RULES
from alliancekit.check._rules._consent import CONSENT_RULES
from alliancekit.check._runner import check_paths, check_text, check_value

__all__ = [
    "CONSENT_RULES",
    "RULES",
    "Explanation",
    "FailOn",
    "Report",
    "Rule",
    "Settings",
    "check_paths",
    "check_text",
    "check_value",
    "escape_terminal",
    "explain",
    "reference_page",
]
