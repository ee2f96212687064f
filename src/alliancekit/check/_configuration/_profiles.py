"""Which rules run, and how bad what they find is: profiles, and what a configuration says beyond its profile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final, final

from attrs import field, frozen

from alliancekit.check._configuration._table import RuleEntry, SettingsTable
from alliancekit.check._custom import FAILED
from alliancekit.check._rule import ERROR, INFO, WARNING, Group, Rule
from alliancekit.findings import Severity
from alliancekit.values import FrozenMap

__all__ = ["PROFILES", "Profile", "codes_of", "group_name", "severities"]

_OFF: Final = None
_ORDER: Final = (INFO, WARNING, ERROR)


@final
@frozen(kw_only=True)
class Profile:
    """
    A set of severities by a name.

    Attributes:
        severities: For rules that are as bad as that by themselves: how bad they are here; None switches them off.
        except_in: The groups whose rules stay as they are.
    """

    severities: Mapping[Severity, Severity | None] = field(factory=dict[Severity, Severity | None])
    except_in: frozenset[Group] = frozenset()

    def severity(self, rule: Rule) -> Severity | None:
        """Return how bad *rule* is: its own severity where nothing is said."""
        if rule.is_fixed or rule.group in self.except_in:
            return rule.severity
        return self.severities.get(rule.severity, rule.severity)


# What is wrong, and not what could be better.
_FACTS: Final[frozenset[Group]] = frozenset(
    {"Document", "Structure", "References", "Consent", "Privacy", "Across files", "Time", "Suppressions", "Custom"}
)

PROFILES: Final[Mapping[str, Profile]] = {
    "standard": Profile(),
    "gentle": Profile(severities={WARNING: _OFF, INFO: _OFF}, except_in=_FACTS),
    "strict": Profile(severities={WARNING: ERROR, INFO: WARNING}),
}
"""The profiles, by name."""


def group_name(group: Group) -> str:
    """Return what *group* is called in a configuration: ``across-files``."""
    return group.casefold().replace(" ", "-")


def codes_of(names: Collection[str], rules: Iterable[Rule]) -> frozenset[str]:
    """Return the codes of the *rules* that *names* name, by code or by group, but for those that always run."""
    return frozenset(
        rule.code for rule in rules if not rule.is_fixed and (rule.code in names or group_name(rule.group) in names)
    )


def severities(table: SettingsTable, rules: Iterable[Rule]) -> FrozenMap[Severity | None]:
    """
    Return how bad *rules* are where they are not as bad as by themselves; None for those that do not run.

    The profile is asked first, then the table of rules, and last which are selected and ignored.
    """
    found = ((rule, _severity(table, rule)) for rule in rules)
    return FrozenMap((rule.code, how_bad) for rule, how_bad in found if how_bad is not _Own)


@final
class _Own:
    """As bad as the rule is by itself, which may depend on the document."""


def _severity(table: SettingsTable, rule: Rule) -> Severity | type[_Own] | None:
    if rule.is_fixed:
        return _Own
    group, said = group_name(rule.group), _said(table, rule)
    if rule.code in table.ignore or (group in table.ignore and rule.code not in table.select):
        return _OFF
    if rule.code in table.select and said is _OFF:
        return _Own  # whoever names it wants it
    # What was selected and failed has not found nothing.
    is_selected = not table.select or rule.code == FAILED or {rule.code, group} & {*table.select}
    return said if is_selected else _OFF


def _said(table: SettingsTable, rule: Rule) -> Severity | type[_Own] | None:
    """Return what the table of rules says of *rule*, or else the profile."""
    entry = table.rules.get(rule.code)
    level = entry.severity if isinstance(entry, RuleEntry) else entry
    if level is not None:
        return _OFF if level == "off" else Severity(level)
    profile = PROFILES[table.profile].severity(rule)
    if profile is rule.severity:
        return _Own
    if profile is not None and rule.once_active is not None:
        return max(profile, rule.once_active, key=_ORDER.index)
    return profile
