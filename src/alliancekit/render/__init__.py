"""Documents for people to read."""

from alliancekit.render._escape import escape_markdown, escape_mermaid
from alliancekit.render._markdown import to_markdown
from alliancekit.render._mermaid import to_mermaid
from alliancekit.render._words import rhythm_in_words

__all__ = ["escape_markdown", "escape_mermaid", "rhythm_in_words", "to_markdown", "to_mermaid"]
