"""Rules about several documents: what they find is put into the documents that it is in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from attrs import evolve

from alliancekit.check._checked import Checked
from alliancekit.check._document import read
from alliancekit.check._excerpt import excerpts
from alliancekit.check._facts import Facts
from alliancekit.check._judge import MOST_HITS, Job, placed
from alliancekit.check._rule import Hit, Rule
from alliancekit.check._rules import RULES
from alliancekit.findings import Finding

__all__ = ["DataOf", "checked_across"]

DataOf = Callable[[str], bytes | None]
"""Gives the bytes of a document that was judged; None where it has gone since."""


def checked_across(files: Sequence[Checked], job: Job, data_of: DataOf) -> tuple[Checked, ...]:
    """Return *files* with what rules about several documents find in them."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for facts, finding in _found(tuple(one.facts for one in files if one.facts is not None), job):
        found[facts.path].append(finding)
    if not found:
        return tuple(files)
    return tuple(_with(one, found.get(one.path or "", []), job, data_of) for one in files)


def _found(facts: tuple[Facts, ...], job: Job) -> Iterator[tuple[Facts, Finding]]:
    for rule in RULES.values():
        if rule.across is not None and not job.settings.is_off(rule.code):
            for owner, hit in islice(rule.across(facts), MOST_HITS):
                yield owner, _finding(rule, hit)


def _finding(rule: Rule, hit: Hit) -> Finding:
    return Finding(
        rule=rule.code,
        message=hit.message,
        severity=rule.severity,
        pointer=hit.pointer,
        on_key=hit.on_key,
        hint=hit.hint,
    )


def _with(one: Checked, findings: list[Finding], job: Job, data_of: DataOf) -> Checked:
    """Return *one* with *findings*; its text is read once more, for most have none and then nobody has to keep it."""
    if one.path is None or not findings:
        return one
    if (data := data_of(one.path)) is None:
        return evolve(one, findings=(*one.findings, *findings), excerpts=(*one.excerpts, *[None] * len(findings)))
    tree = read(data, one.path).tree
    new = placed(tree, one.path, findings, job)
    both = zip((*one.findings, *new), (*one.excerpts, *excerpts(tree.text, new)), strict=True)
    ordered = sorted(both, key=lambda pair: (pair[0].line or 0, pair[0].column or 0))
    return evolve(one, findings=tuple(each for each, _ in ordered), excerpts=tuple(each for _, each in ordered))
