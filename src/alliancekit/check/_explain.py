"""Why a rule exists, for a person: on the screen, and on its page."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import cleandoc
from typing import Final, final

from attrs import frozen

from alliancekit.check._fixes import SAFETY
from alliancekit.check._rule import Rule
from alliancekit.check._rules import RULES
from alliancekit.errors import UnknownNameError
from alliancekit.findings import Finding, Severity

__all__ = ["Explanation", "explain", "reference_pages"]


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
        fix: What `check` can do about it, and whether that is safe; empty where it is for a person.
        url: The address of the page that says the same; empty where there is none.

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
    fix: str = ""
    url: str = ""

    @property
    def how_bad(self) -> str:
        """Its severity, in words."""
        return self.severity.value + (f"; {self.once_active.value} once active" if self.once_active else "")

    def to_text(self) -> str:
        """Return it for a terminal."""
        parts = [f"{self.rule} ({self.group}; {self.how_bad})", self.why]
        if self.failing:
            parts += [f"Fails:\n\n{_indented(self.failing)}", f"Passes:\n\n{_indented(self.passing)}"]
        if self.fix:
            parts.append(f"Fix: {self.fix}")
        if self.source:
            parts.append(f"Source: {self.source}")
        return "\n\n".join(filter(None, parts))

    def to_markdown(self) -> str:
        """Return it as a page."""
        return _page(self, "Fix")


def explain(rule: str, rules: Iterable[Rule] = ()) -> Explanation:
    """
    Return why *rule* exists, with an example that breaks it and one that does not.

    Args:
        rule: Its code.
        rules: Rules beside ours, such as `installed_rules` returns.

    Raises:
        UnknownNameError: No rule has that code.

    .. versionadded:: 0.1
    """
    known = {**RULES, **{one.code: one for one in rules}}
    if rule not in known:
        raise UnknownNameError("rule", rule, tuple(known))
    return _explanation(known[rule])


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
        fix=_fix(rule),
        url=Finding(rule=rule.code, message="").url if rule.code in RULES else rule.url,
    )


def _fix(rule: Rule) -> str:
    """Return what the fixes of *rule* do: the first line of the function that makes them, and what is safe about it."""
    if rule.fix is None:
        return ""
    what = (getattr(rule.fix, "__doc__", None) or "").strip().partition("\n")[0].rstrip(".")
    how = {
        "safe": "safe, by `--fix`",
        "seldom safe": "by `--fix --unsafe-fixes`; where nothing else can be meant by `--fix`",
    }
    return f"{what} ({how.get(SAFETY.get(rule.fix, ''), 'by `--fix --unsafe-fixes`')})."


_HEAD: Final = """
# Rules of `alliancekit check`

Each rule has a stable code.
`alliancekit explain RULE` shows on the screen what stands here.
The examples of a rule show the parts of a document that matter, in an alliance, a bank or a flow that is sound otherwise.

An error makes the exit code 1; `--fail-on warning` lets warnings do so too, and `--fail-on never` nothing.
Wording rules look at clauses only, never at free answers, and only in languages whose words they know: English and Portuguese so far, and [those that you add](../../explanation/wording.md#another-language).
Rules about banks look at [how questions are worded](../../explanation/bank-rules.md), in English, Portuguese, German and Japanese; those that need no words speak of any language.
Wording rules are silent where something observable stands beside the word: a number, a time, a channel, an artefact, or a `known_by`.
What could still be done, added or worded better is asked of no alliance that has ended (`status: closed`).
Rules about time are asked with a day only, `--as-of DATE`, and fail only with `--fail-on-time`: what was fine yesterday stays so.
That something is missing among files, or never happened among check-ins, is told of what was found in a folder: whoever names single files has more than these.
"""


# What leads on from a page of the reference, and would lead nowhere from anywhere else.
_LINKS: Final = ("[Fix](../../how-to/fix-and-suppress.md)", "[All rules](index.md)")


def reference_pages() -> dict[str, str]:
    """Return the pages of ``docs/reference/rules/``, by file name: one for each rule, and the index of them all."""
    pages = {f"{rule.code}.md": _page(_explanation(rule), *_LINKS) for rule in RULES.values()}
    return {"index.md": _index(), **pages}


def _page(told: Explanation, fix: str, *more: str) -> str:
    parts = [f"# {told.rule}", f"*{told.group}: {told.how_bad}*", told.why.replace(". ", ".\n")]
    if told.failing:
        parts += [f"Fails:\n\n{_fenced(told.failing)}", f"Passes:\n\n{_fenced(told.passing)}"]
    if told.fix:
        parts.append(f"{fix}: {told.fix}")
    if told.source:
        parts.append(f"Source: {told.source}")
    return "\n\n".join(filter(None, (*parts, *more))) + "\n"


def _index() -> str:
    parts = [_HEAD.strip()]
    for group in dict.fromkeys(rule.group for rule in RULES.values()):
        rows = [
            f"| [{one.code}]({one.code}.md) | {_explanation(one).how_bad} | {one.why.partition('. ')[0].rstrip('.')} |"
            for one in RULES.values()
            if one.group == group
        ]
        parts.append("\n".join((f"## {group}\n", "| rule | severity | why |", "|---|---|---|", *rows)))
    return "\n\n".join(parts) + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))


def _fenced(text: str) -> str:
    # A block that says it is a whole document would be taken for a sound one.
    language = "text" if text.startswith("alliancekit:") else "yaml"
    return f"```{language}\n{text}\n```"
