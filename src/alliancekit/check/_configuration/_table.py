"""
What a configuration may say: one description, from which it is read, and its schema and its reference page are made.

It knows no rule. That a name is the name of a rule, and which rules must stay, is for `_configuration` to say, because
rules may come from elsewhere.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias, final

from attrs import field, frozen

from alliancekit.check._words import Words
from alliancekit.limits import LIMITS
from alliancekit.shapes import Number, Options, Table, Text, Wired, many, table
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["FailLevel", "Level", "LimitNumbers", "ProfileName", "RuleEntry", "SettingsTable"]

Level: TypeAlias = Annotated[
    Literal["error", "warning", "info", "off"],
    Options(
        docs={
            "error": "Fails by default.",
            "warning": "Fails where `fail_on` is `warning`.",
            "info": "Never fails.",
            "off": "Is not looked for.",
        }
    ),
]
"""How bad what a rule finds is."""

FailLevel: TypeAlias = Annotated[
    Literal["error", "warning", "never"],
    Options(docs={"error": "Errors.", "warning": "Errors and warnings.", "never": "Nothing."}),
]
"""What makes the exit code 1."""

ProfileName: TypeAlias = Annotated[
    Literal["standard", "gentle", "strict"],
    Options(
        docs={
            "standard": "Each rule is as bad as its page says.",
            "gentle": "Only what is wrong, and nothing about taste: for agreements that were just brought under check.",
            "strict": "Warnings are errors, and information is a warning.",
        }
    ),
]
"""A set of severities that comes along."""

_NAME: Final = "^([a-wyz][a-z0-9]*|x[a-z0-9]+)(-[a-z0-9]+)*$"
_RULE: Final = Text(pattern=_NAME, rule="wrong-value", expected="a rule, like no-steward", examples=("no-steward",))
RuleName: TypeAlias = Annotated[
    str,
    Text(
        pattern=_NAME,
        rule="wrong-value",
        expected="a rule or a group, like no-steward or clauses",
        examples=("no-steward", "clauses"),
    ),
]
"""The code of a rule, or the name of a group of rules."""

Pattern: TypeAlias = Annotated[
    str,
    Text(expected="a pattern as in .gitignore, like drafts/ or *.old.yaml", rule="empty-text", examples=("drafts/",)),
]
"""A pattern of paths, written and understood as in a ``.gitignore`` file."""


@final
@frozen(kw_only=True, repr=False)
class RuleEntry(Wired):
    """
    What one rule is told, where that is more than how bad it is.

    Attributes:
        severity: How bad what it finds is; left out, as without this entry.
        most_ground_rules: For `too-many-clauses`: how many ground rules people remember; 7 where nothing is said.
        most_commitments: For `too-many-clauses`: how many commitments one member can keep in mind; 5 where nothing is
            said.
        most_quiet_check_ins: For `never-revised`: after how many check-ins without an amendment it speaks; 3 where
            nothing is said.
    """

    severity: Level | None = None
    most_ground_rules: Annotated[int, Number(1, 1_000)] | None = None
    most_commitments: Annotated[int, Number(1, 1_000)] | None = None
    most_quiet_check_ins: Annotated[int, Number(1, 1_000)] | None = None


@final
@frozen(kw_only=True, repr=False)
class LimitNumbers(Wired):
    """
    How much a document may hold; a session, which a program wrote, has limits of its own.

    Attributes:
        file_bytes: Bytes of the whole file.
        line_bytes: Bytes of one line of YAML.
        nodes: Scalars and collections of one document, keys included.
        keys: Keys of one mapping.
        text: Code points of one text.
    """

    file_bytes: Annotated[int, Number(1, 16 * LIMITS.file_bytes)] = LIMITS.file_bytes
    line_bytes: Annotated[int, Number(1, 16 * LIMITS.line_bytes)] = LIMITS.line_bytes
    nodes: Annotated[int, Number(1, 16 * LIMITS.nodes)] = LIMITS.nodes
    keys: Annotated[int, Number(1, 16 * LIMITS.keys)] = LIMITS.keys
    text: Annotated[int, Number(1, 16 * LIMITS.text)] = LIMITS.text


_BY_RULE: Final = Table(key=_RULE)
_BY_LANGUAGE: Final = Table(
    key=Text(
        pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$",
        rule="wrong-value",
        expected="a language tag like en or pt-BR",
        examples=("nl",),
    )
)
# Whatever begins with x- is free, as everywhere.
_BY_PATTERN: Final = Table(
    key=Text(
        pattern="^([^x \\t\\n\\r]|x[^-]|x$)",
        rule="wrong-value",
        expected="a pattern as in .gitignore, like drafts/ or *.old.yaml",
    )
)


@final
@frozen(kw_only=True, repr=False)
class SettingsTable(Wired):
    """
    How `alliancekit check` judges: the table `[tool.alliancekit]` of a pyproject.toml, or a whole alliancekit.toml.

    Attributes:
        profile: The severities to begin with.
        fail_on: What makes the exit code 1.
        fail_on_time: Whether what only time has made wrong makes the exit code 1 too, warnings as well.
        select: The only rules to run, by code or by group; left out, all.
        ignore: The rules not to run, by code or by group.
        rules: For rules, by code: how bad what they find is, or a table with that and with their numbers.
        per_file: For patterns of files: the rules not to run on what fits, by code or by group.
        files: Patterns of further files that folders are searched for, beside those whose name says what they are.
        exclude: Patterns of files and folders that a search passes over.
        limits: How much a document may hold.
        words: For languages, by their tags: words for the rules about wording, beside those that they know.
    """

    profile: ProfileName = "standard"
    fail_on: FailLevel = "error"
    fail_on_time: bool = False
    select: tuple[RuleName, ...] = field(default=(), converter=many)
    ignore: tuple[RuleName, ...] = field(default=(), converter=many)
    rules: Annotated[FrozenMap[Level | RuleEntry], _BY_RULE] = field(default=EMPTY, converter=table)
    per_file: Annotated[FrozenMap[tuple[RuleName, ...]], _BY_PATTERN] = field(default=EMPTY, converter=table)
    files: tuple[Pattern, ...] = field(default=(), converter=many)
    exclude: tuple[Pattern, ...] = field(default=(), converter=many)
    limits: LimitNumbers | None = None
    words: Annotated[FrozenMap[Words], _BY_LANGUAGE] = field(default=EMPTY, converter=table)
