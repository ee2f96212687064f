"""
The configuration of a project: where it is found, how it is read, and everything that is wrong with it.

It is the table ``[tool.alliancekit]`` of a ``pyproject.toml``, or an ``alliancekit.toml`` with the same keys at its top.
Whoever writes a pull request may have written it, so it is read within limits, and it can name no code.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, final, get_args

from attrs import evolve, field, frozen

from alliancekit import wire
from alliancekit.check._configuration._profiles import codes_of, group_name, severities
from alliancekit.check._configuration._table import LimitNumbers, RuleEntry, SettingsTable
from alliancekit.check._configuration._toml import parse, place, wrong
from alliancekit.check._files import Search
from alliancekit.check._patterns import Patterns, pattern_problem
from alliancekit.check._rule import Group, Rule
from alliancekit.check._rules import RULES
from alliancekit.check._settings import PerFile, Settings
from alliancekit.documents import read_bytes
from alliancekit.errors import ConfigurationError, DocumentError, Suggestions
from alliancekit.findings import HOME, Finding
from alliancekit.limits import LIMITS, Limits
from alliancekit.shapes import shape_of
from alliancekit.typing import Json, Pointer, Source
from alliancekit.values import is_mapping, pointer_of, shorten, tokens_of

__all__ = ["NUMBERS", "Configuration", "find_configuration", "make_configuration", "read_configuration"]

_OWN: Final = "alliancekit.toml"
_SHARED: Final = "pyproject.toml"
_TABLE: Final = ("tool", "alliancekit")
# Larger ones are not written by people; reading TOML takes its time.
_LIMITS: Final = Limits(file_bytes=256 << 10)
# Nobody reads more at a time.
_MOST_TOLD: Final = 100
# Each takes its time, and is asked about each file.
_MOST_PATTERNS: Final = 1_000
NUMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    "too-many-clauses": ("most_ground_rules", "most_commitments"),
    "never-revised": ("most_quiet_check_ins",),
}
"""The rules that can be told numbers, with the keys of those."""


@final
@frozen(kw_only=True)
class Configuration:
    """
    What a project says about how it wants to be checked.

    Attributes:
        table: What is said.
        path: The file that says it; None where there is none.

    .. versionadded:: 0.1
    """

    table: SettingsTable = field(factory=SettingsTable)
    path: str | None = None

    @property
    def folder(self) -> str:
        """Where its patterns begin: the folder of the file."""
        return os.path.dirname(self.path) if self.path else ""  # noqa: PTH120 - a text, as everything about paths here

    def with_choice(self, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Configuration:
        """Return a copy that runs other rules: *select* says anew which, and *ignore* leaves out more of them."""
        chosen, left = tuple(select), tuple(ignore)
        if not chosen:
            return evolve(self, table=evolve(self.table, ignore=(*self.table.ignore, *left)))
        return evolve(self, table=evolve(self.table, select=chosen, ignore=left))

    def search(self) -> Search:
        """Return which files of a folder are documents."""
        files, exclude = (Patterns(lines, self.folder) for lines in (self.table.files, self.table.exclude))
        return Search(files=(files,), exclude=(exclude,))

    def settings(self, rules: Iterable[Rule] = ()) -> Settings:
        """
        Return how strictly to judge.

        Args:
            rules: Rules beside ours, of which the table may speak too.
        """
        entries = [one for one in self.table.rules.values() if isinstance(one, RuleEntry)]
        told = [(name, getattr(one, name)) for one in entries for names in NUMBERS.values() for name in names]
        numbers = {name: number for name, number in told if number is not None}
        said = self.table.limits or LimitNumbers()
        limits = {name: getattr(said, name) for name in shape_of(LimitNumbers).fields}
        known = (*RULES.values(), *rules)
        return Settings(
            severities=severities(self.table, known),
            per_file=[
                PerFile(patterns=Patterns([line], self.folder), rules=codes_of(names, known))
                for line, names in self.table.per_file.items()
            ],
            limits=evolve(LIMITS, **limits),
            words=self.table.words,
            **numbers,
        )


def find_configuration(folder: Source) -> str | None:
    """
    Return the nearest configuration: in *folder*, or in those around it as far as one that holds a ``.git``.

    In one folder ``alliancekit.toml`` is taken before ``pyproject.toml``, and that only where it has the table. What
    cannot be read is returned too, so that reading it says why.

    Raises:
        ConfigurationError: If it is a link that leads out of the project, which whoever writes a pull request may have put there.

    .. versionadded:: 0.1
    """
    start = Path(os.path.abspath(folder))  # noqa: PTH100 - `resolve` would leave the folder through a link
    for one in (start, *start.parents):
        if os.path.lexists(one / _OWN):
            return _inside(one / _OWN)
        if os.path.lexists(one / _SHARED) and _may_have_table(Path(_inside(one / _SHARED))):
            return str(one / _SHARED)
        if os.path.lexists(one / ".git"):
            return None
    return None


def _inside(path: Path) -> str:
    """Return *path*; raises `ConfigurationError` for a link out of the project: what is wrong with a file is quoted."""
    if path.is_symlink():
        home = next((one for one in path.parents if os.path.lexists(one / ".git")), path.parent)
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(home)):
            hint = "name it with --config, if it is meant"
            message = "it is a link that leads out of the project"
            raise ConfigurationError((wrong(message, hint, path=str(path)),))
    return str(path)


def _may_have_table(path: Path) -> bool:
    try:
        text = read_bytes(path, _LIMITS)
        return b"alliancekit" in text and _table_of(parse(text, str(path))) is not None
    except (ConfigurationError, DocumentError):
        return True


def _table_of(data: Any) -> Any:
    for key in _TABLE:
        data = data.get(key) if is_mapping(data) else None
    return data


def read_configuration(path: Source, *, rules: Iterable[Rule] = ()) -> Configuration:
    """
    Return the configuration that *path* holds.

    Args:
        path: A ``pyproject.toml``, or any other file, which has the keys at its top.
        rules: Rules beside ours, of which it may speak too.

    Raises:
        ConfigurationError: With everything that is wrong with it.

    .. versionadded:: 0.1
    """
    name = os.fspath(path)
    try:
        text = read_bytes(path, _LIMITS)
    except DocumentError as error:
        raise ConfigurationError(error.findings) from error
    data, inside = parse(text, name), Path(name).name == _SHARED
    if inside and (data := _table_of(data)) is None:
        missing = "there is no table [tool.alliancekit] in it"
        raise ConfigurationError((wrong(missing, "add it, or name another file", path=name),))
    table, findings = _examined(data, rules)
    if findings:
        within = pointer_of(*_TABLE) if inside else ""
        placed = [evolve(one, pointer=within + one.pointer) for one in findings[:_MOST_TOLD]]
        raise ConfigurationError((*place(placed, text, name), *_rest(len(findings) - len(placed), name)))
    return Configuration(table=table, path=name)


def make_configuration(data: Json, *, rules: Iterable[Rule] = ()) -> Configuration:
    """
    Return the configuration that plain *data* describes, as a program or a command line says it.

    Args:
        data: The keys of the table.
        rules: Rules beside ours, of which it may speak too.

    Raises:
        ConfigurationError: With everything that is wrong with it.

    .. versionadded:: 0.1
    """
    table, findings = _examined(data, rules)
    if findings:
        raise ConfigurationError(findings)
    return Configuration(table=table)


def _rest(count: int, path: str) -> Iterator[Finding]:
    if count > 0:
        yield wrong(f"{count} more things are wrong with it", path=path)


def _examined(data: Json, rules: Iterable[Rule]) -> tuple[SettingsTable, tuple[Finding, ...]]:
    """Return what of *data* is sound as a table, and everything that is wrong with it."""
    explained = wire.explain(data, SettingsTable)
    known = {**RULES, **{rule.code: rule for rule in rules}}
    table = SettingsTable() if explained.data is None else wire.structure(explained.data, SettingsTable)
    found = [evolve(one, message=_told(one)) for one in map(_in_toml, explained.findings)]
    for problem in _problems(table, known):
        at = explained.origin(problem.pointer)
        found.append(evolve(problem, pointer=at, message=f"{_key(tokens_of(at))}: {problem.message}"))
    return table, tuple(found)


def _in_toml(finding: Finding) -> Finding:
    """Return *finding* in the words of TOML."""
    if not finding.pointer:
        return evolve(finding, message="the settings must be a table")
    finding = evolve(finding, message=finding.message.replace("a mapping", "a table"))
    if finding.pointer == "/tool":
        return evolve(finding, hint="in a file of its own the keys stand at the top, without [tool.alliancekit]")
    if finding.hint.startswith("write a list"):
        return evolve(finding, hint='write a list, like ["…"]')
    return finding


def _told(finding: Finding) -> str:
    """Return the message with the whole name of the key, and not only its last part."""
    *around, key = tokens_of(finding.pointer) or ("",)
    if not around or key.isdecimal():
        return finding.message
    is_led = finding.message.startswith(f"{key}: ")
    return f"{_key(tuple(around))}{'.' if is_led else ': '}{finding.message}"


def _key(tokens: tuple[str, ...]) -> str:
    """Return what messages call the place of *tokens*."""
    *around, last = tokens
    return f"{'.'.join(around)} (entry {int(last) + 1})" if last.isdecimal() and around else ".".join(tokens)


# --- what a table says about rules and files


_FIXED: Final = "without it a file would pass that nobody has looked into, or private text"


def _problems(table: SettingsTable, known: Mapping[str, Rule]) -> Iterator[Finding]:
    suggestions = Suggestions()
    groups = {group_name(one) for one in get_args(Group)}
    lists: dict[tuple[str, ...], tuple[str, ...]] = {("select",): table.select, ("ignore",): table.ignore}
    lists.update({("per_file", line): names for line, names in table.per_file.items()})
    for around, names in lists.items():
        for index, name in enumerate(names):
            at = pointer_of(*around, index)
            if name not in known and name not in groups:
                yield _unknown(at, "rule or group", name, (*known, *groups), suggestions)
            elif around != ("select",) and name in known and known[name].is_fixed:
                yield wrong(f"{name} cannot be switched off", _FIXED, pointer=at)
    yield from _bad_patterns(table)
    for code, entry in table.rules.items():
        at = pointer_of("rules", code)
        if code in groups:
            yield wrong("it is a group, and this is for rules", "write it in select or ignore", pointer=at)
        elif code not in known:
            yield _unknown(at, "rule", code, tuple(known), suggestions)
        else:
            yield from _about_entry(known[code], entry, at)


def _bad_patterns(table: SettingsTable) -> Iterator[Finding]:
    listed = [
        (pointer_of(key, index), line) for key in ("files", "exclude") for index, line in enumerate(getattr(table, key))
    ]
    listed += [(pointer_of("per_file", one), one) for one in table.per_file]
    if len(listed) > _MOST_PATTERNS:
        at, _ = listed[_MOST_PATTERNS]
        yield wrong("there are too many patterns", f"the limit is {_MOST_PATTERNS:,} in all", pointer=at)
    for at, line in listed[:_MOST_PATTERNS]:
        if reason := pattern_problem(line):
            yield wrong(f"{shorten(line)}: {reason}", pointer=at)


def _about_entry(rule: Rule, entry: str | RuleEntry, at: Pointer) -> Iterator[Finding]:
    level = entry.severity if isinstance(entry, RuleEntry) else entry
    if rule.is_fixed and level not in {None, rule.severity.value}:
        yield wrong(f"is always an {rule.severity.value}", _FIXED, pointer=at)
    if not isinstance(entry, RuleEntry):
        return
    for home, names in NUMBERS.items():
        for name in names:
            if getattr(entry, name) is not None and home != rule.code:
                hint = f"it belongs to {home}"
                yield wrong(f"is no number of {rule.code}", hint, pointer=at + pointer_of(name))


def _unknown(at: Pointer, kind: str, name: str, known: tuple[str, ...], suggestions: Suggestions) -> Finding:
    hint = suggestions.did_you_mean(name, known) or f"see {HOME}reference/rules/"
    return wrong(f"no {kind} is named {shorten(name)}", hint, pointer=at)
