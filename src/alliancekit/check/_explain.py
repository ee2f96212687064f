"""Why a rule exists, for a person: on the screen, and on the reference page."""

from __future__ import annotations

from inspect import cleandoc
from typing import Final, final

from attrs import frozen

from alliancekit.check._rule import Rule
from alliancekit.check._rules import RULES
from alliancekit.errors import UnknownNameError
from alliancekit.findings import Severity

__all__ = ["Explanation", "explain", "reference_page"]


@final
@frozen(kw_only=True)
class Explanation:
    """
    Why a rule exists.

    Attributes:
        rule: Its code.
        group: Which rules it belongs to.
        severity: How bad it is.
        once_active: How bad it is in an alliance that is active, where that is another.
        why: Why it exists.
        failing: An example that breaks it: a whole document, or the parts of one that matter.
        passing: The example, mended.
        source: Where it comes from.

    .. versionadded:: 0.1
    """

    rule: str
    group: str
    severity: Severity
    once_active: Severity | None
    why: str
    failing: str
    passing: str
    source: str

    @property
    def how_bad(self) -> str:
        """Its severity, in words."""
        return self.severity.value + (f"; {self.once_active.value} once active" if self.once_active else "")

    def to_text(self) -> str:
        """Return it for a terminal."""
        return "\n\n".join(
            (
                f"{self.rule} ({self.group}; {self.how_bad})",
                self.why,
                f"Fails:\n\n{_indented(self.failing)}",
                f"Passes:\n\n{_indented(self.passing)}",
                f"Source: {self.source}",
            )
        )

    def to_markdown(self) -> str:
        """Return it as a section of the reference page."""
        return "\n\n".join(
            (
                f"### {self.rule}",
                f"*{self.how_bad}*",
                self.why.replace(". ", ".\n"),
                f"Fails:\n\n{_fenced(self.failing)}",
                f"Passes:\n\n{_fenced(self.passing)}",
                f"Source: {self.source}",
            )
        )


def explain(rule: str) -> Explanation:
    """
    Return why *rule* exists, with an example that breaks it and one that does not.

    Raises:
        UnknownNameError: No rule has that code.

    .. versionadded:: 0.1
    """
    if rule not in RULES:
        raise UnknownNameError("rule", rule, tuple(RULES))
    return _explanation(RULES[rule])


def _explanation(rule: Rule) -> Explanation:
    return Explanation(
        rule=rule.code,
        group=rule.group,
        severity=rule.severity,
        once_active=rule.once_active,
        why=rule.why,
        failing=cleandoc(rule.failing),
        passing=cleandoc(rule.passing),
        source=rule.source,
    )


_HEAD: Final = """
# Rules of `alliancekit check`

Each rule has a stable code.
`alliancekit explain RULE` shows on the screen what stands here.
An example shows the parts of a document that matter, in an alliance or a flow that is sound otherwise.

An error makes the exit code 1; `--fail-on warning` lets warnings do so too, and `--fail-on never` nothing.
Wording rules look at clauses only, never at free answers, and only in languages whose words they know: English so far.
They are silent where something observable stands beside the word: a number, a time, a channel, an artefact, or a `known_by`.
What is still to be done is asked of no alliance that has ended (`status: closed`).
"""


def reference_page() -> str:
    """Return ``docs/reference/rules.md``: every rule, by group."""
    parts = [_HEAD.strip()]
    group = ""
    for rule in RULES.values():
        if rule.group != group:
            group = rule.group
            parts.append(f"## {group}")
        parts.append(_explanation(rule).to_markdown())
    return "\n\n".join(parts) + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))


def _fenced(text: str) -> str:
    # A block that says it is a whole document would be taken for a sound one.
    language = "text" if text.startswith("alliancekit:") else "yaml"
    return f"```{language}\n{text}\n```"
