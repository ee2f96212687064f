"""The reference page of the configuration, made from its description."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, get_args

from alliancekit.check._configuration._profiles import PROFILES, group_name
from alliancekit.check._configuration._reading import NUMBERS
from alliancekit.check._configuration._table import SettingsTable
from alliancekit.check._rule import Group
from alliancekit.check._rules import RULES
from alliancekit.documents import describe_keys

__all__ = ["configuration_page"]

_HEAD: Final = """\
# Configuration

What a project always wants of `alliancekit check` stands in the table `[tool.alliancekit]` of its `pyproject.toml`, or in a file `alliancekit.toml` with the same keys at its top.
This page is made from the class that reads it, by `make schemas`; the [JSON Schemas](../../schemas/) are made from the same.

```toml
profile = "strict"
fail_on = "warning"
ignore = ["flows", "no-steward"]
files = ["WORKING_AGREEMENT.yaml"]
exclude = ["drafts/", "*.old.alliance.yaml"]

[rules]
absolute-wording = "off"
no-review = "error"
too-many-clauses = {severity = "info", most_ground_rules = 9}

[per_file]
"archive/" = ["living", "no-review"]

[limits]
text = 20_000
```

## Where it is found

There is one configuration for a run: the nearest, from the folder one is in upward, and not beyond a folder that holds a `.git`.
A link that leads out of there is refused, unless `--config` names it.
In one folder `alliancekit.toml` is taken before `pyproject.toml`, and that only if it has the table.
`--config FILE` takes another, and `--isolated` none: for a program that checks what strangers send.
Where it is from, and what it comes to, `alliancekit check --show-settings` shows.

Everything that is wrong with it is told at once, with its line, and the exit code is 2: unknown keys, unknown rules, wrong values, broken TOML.
A file is read up to 256 KiB.

## Keys

"""

_RULES: Final = """\
## Which rules run

1. The profile is asked first.
2. What `rules` says of a rule goes over it.
3. With `select` only the rules run that it names, by code or by group, and that are not off.
   A rule that is named by its own code runs even where it is off.
4. What `ignore` names does not run.
   A rule that `select` names by its own code runs even where `ignore` names its group.

On the command line `--select` says anew which rules run, in place of `select` and `ignore`; `--ignore` leaves out more.
`--profile`, `--fail-on` and `--fail-on-time` go over the keys of the same name, and `--exclude` adds to `exclude`.

The groups are {groups}, as [the rules](rules/index.md) are listed; `custom` is for rules that others bring.

What `per_file` names does not run on the files that fit its pattern: for JSON, which has no comments, and for files that are kept as they are.

A severity that is said here holds in every alliance, also for a rule that is worse once the alliance is active.
The profile `gentle` keeps what is wrong, and leaves out every warning and information of the groups {taste}.

{fixed} are always errors: without them a file would pass that nobody has looked into, or private text.
{numbers} can be told numbers, in place of those of their pages.

Rules about time run only with `--as-of DATE`, and make the exit code 1 only with `fail_on_time`, so that a commit that was sound stays so.

## Files and folders

A folder is searched for documents by their names: `*.alliance.yaml`, `*.bank.yaml`, `*.flow.yaml`, `*.check-in.yaml`, `*.answers.yaml`, each also as `.yml` and `.json`, and `*.session.json`.
Folders whose name begins with a dot, `node_modules` and `__pycache__` are passed over, and links are not followed out of the folder.

`files`, `exclude` and the keys of `per_file` are patterns as in a `.gitignore`: the last one that fits decides, `!` takes back, and what is in a folder that is excluded cannot be taken back.
They begin in the folder of the configuration, and say nothing about what lies outside of it; those of `--exclude` begin where one is.
A pattern may have at most three `*` and two `**`, and `**` stands alone between slashes or at the end; there may be 1,000 of them in all.

A file or folder that is named on the command line is checked, whatever is excluded.
With `--force-exclude` it is not: for hooks, which name every file that changed.

## In an editor

[`settings-1.schema.json`](../../schemas/settings-1.schema.json) describes these keys, with a twin in draft-07, which editors of TOML read.
Even Better TOML, and Taplo wherever it runs, take it from the first line of `alliancekit.toml`:

```toml
#:schema https://alliancekit.readthedocs.io/en/latest/schemas/draft-07/settings-1.schema.json
```

## In Python

```python
from alliancekit import check

configuration = check.make_configuration({{"profile": "strict", "ignore": ["no-steward"]}})
report = check.check_paths("examples/team", settings=configuration.settings(), search=configuration.search())
assert report.fails() is False
```

`check.find_configuration` and `check.read_configuration` do what the command does, and raise a `ConfigurationError` with its findings.
"""


def configuration_page() -> str:
    """
    Return ``docs/reference/configuration.md``.

    .. versionadded:: 0.1
    """
    groups = [one for one in get_args(Group) if one != "Custom"]
    rules = _RULES.format(
        groups=_listed(map(group_name, groups)),
        taste=_listed(group_name(one) for one in groups if one not in PROFILES["gentle"].except_in),
        fixed=_listed(rule.code for rule in RULES.values() if rule.is_fixed),
        numbers=_listed(NUMBERS),
    )
    return f"{_HEAD}{describe_keys(SettingsTable)}\n{rules}"


def _listed(names: Iterable[str]) -> str:
    *most, last = [f"`{name}`" for name in names]
    return f"{', '.join(most)} and {last}"
