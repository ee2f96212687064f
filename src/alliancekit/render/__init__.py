"""Documents for people to read, and banks for other programs to ask."""

from alliancekit.render._escape import escape_markdown, escape_mermaid
from alliancekit.render._exports import EXPORTS, FORMS, answers_from_surveyjs, to_csv, to_form_schema, to_surveyjs
from alliancekit.render._markdown import to_markdown
from alliancekit.render._mermaid import to_mermaid
from alliancekit.render._words import rhythm_in_words

__all__ = [
    "EXPORTS",
    "FORMS",
    "answers_from_surveyjs",
    "escape_markdown",
    "escape_mermaid",
    "rhythm_in_words",
    "to_csv",
    "to_form_schema",
    "to_markdown",
    "to_mermaid",
    "to_surveyjs",
]
