"""What holds in the end, as a configuration that says the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from alliancekit import wire
from alliancekit.check._configuration._reading import NUMBERS, Configuration
from alliancekit.check._configuration._table import LimitNumbers
from alliancekit.check._rule import Rule
from alliancekit.check._rules import RULES
from alliancekit.check._settings import Settings
from alliancekit.shapes import shape_of
from alliancekit.values import is_list, is_tuple

__all__ = ["settings_text"]


def settings_text(configuration: Configuration, rules: Iterable[Rule] = ()) -> str:
    """
    Return everything that *configuration* comes to, as the ``alliancekit.toml`` that would say the same.

    Args:
        configuration: What is said.
        rules: Rules beside ours.

    .. versionadded:: 0.1
    """
    given = tuple(rules)
    return "\n".join(_lines(configuration, configuration.settings(given), (*RULES.values(), *given))) + "\n"


def _lines(configuration: Configuration, settings: Settings, rules: Iterable[Rule]) -> Iterator[str]:
    table = configuration.table
    yield f"# From {_toml(configuration.path)}." if configuration.path else "# Nothing is configured."
    for key in ("profile", "fail_on", "fail_on_time", "files", "exclude"):
        yield f"{key} = {_toml(getattr(table, key))}"
    yield "\n[rules]"
    yield from (_rule(rule, settings) for rule in rules)
    if table.per_file:
        yield "\n[per_file]"
        yield from (f"{_toml(line)} = {_toml(names)}" for line, names in table.per_file.items())
    yield "\n[limits]"
    yield from (f"{name} = {getattr(settings.limits, name)}" for name in shape_of(LimitNumbers).fields)
    for language, words in table.words.items():
        yield f"\n[words.{language}]"
        yield from (f"{key} = {_toml(said)}" for key, said in wire.unstructure(words).items())


def _rule(rule: Rule, settings: Settings) -> str:
    severity = settings.severities.get(rule.code, rule.severity)
    level = severity.value if severity else "off"
    if rule.once_active and rule.code not in settings.severities:  # no one level says both
        return f"# {rule.code}: {level}, and {rule.once_active.value} once an alliance is active"
    numbers = "".join(f", {name} = {getattr(settings, name)}" for name in NUMBERS.get(rule.code, ()))
    return f"{rule.code} = " + (f'{{severity = "{level}"{numbers}}}' if numbers else f'"{level}"')


def _toml(value: Any) -> str:
    if is_tuple(value) or is_list(value):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)  # a text in JSON is one in TOML
