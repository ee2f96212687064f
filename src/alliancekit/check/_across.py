"""Rules about several documents: what they find is put into the documents that it is in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final, TypeAlias, cast, final

from attrs import evolve

from alliancekit.check._checked import Checked
from alliancekit.check._custom import FAILURES, failed, sound_hits
from alliancekit.check._excerpt import excerpts
from alliancekit.check._facts import Facts
from alliancekit.check._judge import MOST_HITS, Job, graded, placed
from alliancekit.check._rule import Hit, Rule
from alliancekit.check._rules import RULES
from alliancekit.check._together import Together
from alliancekit.documents import Tree, examine_tree, format_of
from alliancekit.findings import Finding
from alliancekit.limits import Limits
from alliancekit.values import shorten

__all__ = ["DataOf", "checked_across"]

# By their names they are no alliances, whatever they say.
_OTHER: Final = re.compile(r"\.(?:bank|flow|check-in|answers|session)\.(?:ya?ml|json)\Z")

_WORD: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*+")
_PIECE: Final = re.compile(r"[a-z0-9]+")
# What was to be an id; one that is none, such as `Ana Ben`, may be what another document calls ana-ben.
_ID: Final = re.compile(r"\bid[\"']?[ \t]*:([^\r\n,}]*)")

DataOf: TypeAlias = Callable[[str], bytes | None]
"""Gives the bytes of a document that was judged; None where it has gone since."""

TreeOf: TypeAlias = Callable[[str], Tree | None]


def checked_across(
    files: Sequence[Checked], job: Job, data_of: DataOf, *, searched: Collection[str] = ()
) -> tuple[Checked, ...]:
    """Return *files* with what rules about several documents find in them; *searched* are those found in a folder."""
    together = Together(
        facts=tuple(one.facts for one in files if one.facts is not None),
        searched=frozenset(searched),
        may_hide=_Hidden(files, data_of).may_hold,
        as_of=job.as_of,
        settings=job.settings,
    )
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    tree_of = _reader(data_of, job.settings.limits)
    for facts, finding in _found(together, job, tree_of):
        found[facts.path].append(finding)
    return tuple(_with(one, found.get(one.path or "", []), job, tree_of) for one in files)


def _may_hide_an_alliance(one: Checked) -> bool:
    if one.facts is None:
        return one.path is not None and not _OTHER.search(one.path)
    return one.facts.kind == "alliance" and one.facts.id is None


@final
class _Hidden:
    """
    The documents that may be an alliance and do not say which, because they could not be read.

    Args:
        files: Everything that was judged.
        data_of: Gives their bytes.
    """

    def __init__(self, files: Sequence[Checked], data_of: DataOf) -> None:
        self._paths = [one.path for one in files if one.path is not None and _may_hide_an_alliance(one)]
        self._data_of = data_of

    def may_hold(self, name: str) -> bool:
        """Return whether one of them may be the alliance *name*: it says the name somewhere, or cannot be had at all."""
        return bool(self._paths) and (self._words is None or name in self._words)

    @cached_property
    def _words(self) -> frozenset[str] | None:
        """What they say that may be an id; None where one of them cannot be had."""
        found = set[str]()
        for path in self._paths:
            if (data := self._data_of(path)) is None:
                return None
            # Of two bytes for each letter, one is empty in most texts.
            text = f"{path}\n{data.replace(bytes(1), b'').decode('utf-8', 'replace')}".casefold()
            found |= {*_WORD.findall(text), *("-".join(_PIECE.findall(said)) for said in _ID.findall(text))}
        return frozenset(found)


def _reader(data_of: DataOf, limits: Limits) -> TreeOf:
    """Return what reads a text once more, where it is still there: most have no finding, so that nobody keeps them."""

    @lru_cache(maxsize=16)
    def tree_of(path: str) -> Tree | None:
        data = data_of(path)
        return None if data is None else examine_tree(data, format=format_of(path, data), limits=limits)

    return tree_of


def _found(together: Together, job: Job, tree_of: TreeOf) -> Iterator[tuple[Facts, Finding]]:
    for rule in RULES.values():
        if rule.across is not None and rule.is_asked(job.settings, job.as_of):
            told = Counter[str]()
            for owner, hit in rule.across(together):
                told[owner.path] += 1
                if told[owner.path] <= MOST_HITS:
                    yield owner, _finding(rule, hit, tree_of)
    for rule in job.rules if together.facts else ():
        if rule.across is not None and rule.is_asked(job.settings, job.as_of):
            try:
                yield from [(owner, _finding(rule, hit, tree_of)) for owner, hit in _sound(rule.across(together))]
            except FAILURES as error:  # it is not ours, and must not stand in the way of others
                yield together.facts[0], failed(rule, error)


def _sound(found: Iterable[tuple[Facts, Hit]]) -> Iterator[tuple[Facts, Hit]]:
    """Yield what a rule that is not ours found, as far as anybody reads it."""
    for owner, hit in islice(found, MOST_HITS):
        if not isinstance(cast("object", owner), Facts):
            raise TypeError(f"it found {shorten(owner)}, which are no Facts")
        yield from ((owner, one) for one in sound_hits([hit]))


def _finding(rule: Rule, hit: Hit, tree_of: TreeOf) -> Finding:
    there = ((facts.path, tree_of(facts.path), pointer, what) for facts, pointer, what in hit.elsewhere)
    return Finding(
        rule=rule.code,
        message=hit.message,
        severity=rule.severity,
        pointer=hit.pointer,
        on_key=hit.on_key,
        hint=hit.hint,
        elsewhere=tuple((path, tree.span(pointer), what) for path, tree, pointer, what in there if tree),
    )


def _with(one: Checked, findings: list[Finding], job: Job, tree_of: TreeOf) -> Checked:
    """Return *one* with *findings*, each in its place."""
    if one.path is None or not findings:
        return one
    if (tree := tree_of(one.path)) is None:
        new = tuple(finding.with_place(one.path, None) for finding in graded(findings, job))
    else:
        new = placed(tree, one.path, findings, job)
    lines = excerpts(tree.text if tree else "", new)
    both = zip((*one.findings, *new), (*one.excerpts, *lines), strict=True)
    ordered = sorted(both, key=lambda pair: (pair[0].line or 0, pair[0].column or 0))
    return evolve(one, findings=tuple(each for each, _ in ordered), excerpts=tuple(each for _, each in ordered))
