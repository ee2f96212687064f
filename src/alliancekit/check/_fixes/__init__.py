"""
What would mend a finding: for each rule of which that can be said, one function from the text and a finding to a fix.

A fix is safe when it cannot change what the document means. Where it would be a guess there is none.
"""

from typing import Any, Final

from alliancekit.check._fixes._references import duplicate_clause, self_commitment, to_nobody, unknown_name
from alliancekit.check._fixes._structure import (
    bad_date,
    bad_id,
    bad_language,
    bad_time,
    bad_timezone,
    empty_text,
    unknown_field,
    wrong_type,
    wrong_value,
)
from alliancekit.check._fixes._suppressions import misspelt_suppression, unneeded_suppression
from alliancekit.check._fixes._text import duplicate_key, syntax, unknown_document, unsupported_yaml, yaml_trap

__all__ = [
    "SAFETY",
    "bad_date",
    "bad_id",
    "bad_language",
    "bad_time",
    "bad_timezone",
    "duplicate_clause",
    "duplicate_key",
    "empty_text",
    "misspelt_suppression",
    "self_commitment",
    "syntax",
    "to_nobody",
    "unknown_document",
    "unknown_field",
    "unknown_name",
    "unneeded_suppression",
    "unsupported_yaml",
    "wrong_type",
    "wrong_value",
    "yaml_trap",
]

SAFETY: Final[dict[Any, str]] = {
    **dict.fromkeys((bad_date, bad_language, bad_time, duplicate_key, syntax, unneeded_suppression, yaml_trap), "safe"),
    **dict.fromkeys((unknown_field, wrong_value), "seldom safe"),
}
"""Which of them make fixes that are always or seldom safe; those of all others never are."""
