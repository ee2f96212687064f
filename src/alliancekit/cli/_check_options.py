"""The options of ``check`` that say what is checked and how strictly, and the configuration that they go over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, Final, final

import click
from attrs import evolve, frozen

from alliancekit import check as checking
from alliancekit.cli._console import FINDINGS, WRONG, Failure, complain, is_list, say
from alliancekit.cli._days import day_or_today
from alliancekit.errors import ConfigurationError
from alliancekit.findings import Finding


@final
@frozen(kw_only=True)
class Chosen:
    """
    What to check, and how strictly.

    Attributes:
        configuration: What the project says, and over it the command line.
        search: Which files of a folder are documents.
        settings: How strictly to judge.
        as_of: The day for rules about time; None leaves those out.
        rules: Rules that installed packages bring.
        failed: What is wrong with those that could not be had.
    """

    configuration: checking.Configuration
    search: checking.Search
    settings: checking.Settings
    as_of: date | None
    rules: tuple[checking.Rule, ...]
    failed: tuple[Finding, ...]

    @property
    def fail_on(self) -> checking.FailOn:
        """The least severity that makes the exit code 1."""
        return self.configuration.table.fail_on

    @property
    def fail_on_time(self) -> bool:
        """Whether what only time has made wrong makes it 1 too."""
        return self.configuration.table.fail_on_time


_OPTIONS: Final = (
    click.option("--config", metavar="FILE", help="Take this configuration, and look for no other."),
    click.option("--isolated", is_flag=True, help="Take no configuration."),
    click.option("--profile", metavar="NAME", help="The severities to begin with: standard, gentle or strict."),
    click.option(
        "--select", multiple=True, metavar="RULE", help="Run only these rules or groups; several with commas."
    ),
    click.option("--ignore", multiple=True, metavar="RULE", help="Do not run these rules or groups."),
    click.option("--fail-on", metavar="LEVEL", help="What makes the exit code 1: error (default), warning or never."),
    click.option(
        "--as-of", callback=day_or_today, metavar="DATE", help="Run the rules about time too, as of this day; or today."
    ),
    click.option(
        "--fail-on-time/--no-fail-on-time",
        default=None,
        help="Whether those make the exit code 1 too, warnings as well.",
    ),
    click.option("--exclude", multiple=True, metavar="PATTERN", help="Pass over these too, as in a .gitignore."),
    click.option("--force-exclude", is_flag=True, help="Pass over what is excluded even if it is named."),
    click.option("--show-settings", is_flag=True, help="Show what holds, and where it is from; check nothing."),
    click.option("--show-files", is_flag=True, help="Show what would be checked; check nothing."),
)
_SHARED: Final = ("profile", "fail_on", "fail_on_time", "exclude")


def choosing(command: Callable[..., int]) -> Callable[..., int]:
    """Give *command* what was chosen, in place of the options that choose it."""

    @wraps(command)
    def run(
        paths: tuple[str, ...],
        *,
        force_exclude: bool,
        show_settings: bool,
        show_files: bool,
        as_of: date | None,
        config: str | None,
        isolated: bool,
        **given: Any,
    ) -> int:
        table = {key: given.pop(key) for key in ("select", "ignore", *_SHARED)}
        if table["fail_on_time"] and as_of is None:
            raise click.UsageError("--fail-on-time needs --as-of, because no rule about time runs without a day")
        rules, failed = checking.installed_rules()
        read = _configuration(config, rules, failed, isolated=isolated)
        configuration, excluded = _with_options(read, table, rules)
        search = evolve(configuration.search(), is_forced=force_exclude)
        search = evolve(search, exclude=(*search.exclude, checking.Patterns(excluded)))
        named = [one for one in paths or (".",) if one != "-" or search.takes(given["stdin_filename"])]
        if show_settings:
            return _shown_settings(configuration, excluded, rules)
        if show_files:
            return _shown_files(named, search)
        settings = configuration.settings(rules)
        chosen = Chosen(
            configuration=configuration,
            search=search,
            settings=settings,
            as_of=as_of,
            rules=rules,
            failed=tuple(filter(None, map(settings.graded, failed))),
        )
        return command(tuple(named), chosen=chosen, **given)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


def _configuration(
    config: str | None, rules: tuple[checking.Rule, ...], failed: Iterable[Finding], *, isolated: bool
) -> checking.Configuration:
    if isolated and config is not None:
        raise click.UsageError("--config names a configuration, and --isolated takes none: give one of the two")
    if isolated:
        return checking.Configuration()
    path = config or checking.find_configuration(".")
    try:
        return checking.Configuration() if path is None else checking.read_configuration(_near(path), rules=rules)
    except ConfigurationError:
        for one in failed:  # it may name the very rules that are missing
            complain(str(one), WRONG)
        raise


def _near(path: str) -> str:
    """Return *path* as one would type it here."""
    return str(Path(path).relative_to(Path.cwd())) if Path(path).is_relative_to(Path.cwd()) else path


def _with_options(
    read: checking.Configuration, given: Mapping[str, Any], rules: tuple[checking.Rule, ...]
) -> tuple[checking.Configuration, tuple[str, ...]]:
    """Return *read* with what the command line says over it, and the patterns that it excludes beside."""
    said = {key: value for key, value in given.items() if key in _SHARED and value not in {None, ()}}
    names = {key: [name for one in given[key] for name in one.split(",") if name] for key in ("select", "ignore")}
    data = {**{key: list(value) if is_list(value) else value for key, value in said.items()}, **names}
    try:
        table = checking.make_configuration(data, rules=rules).table
    except ConfigurationError as error:
        raise Failure("\n".join(f"--{_as_option(line)}" for line in str(error).split("\n"))) from error
    over = {key: getattr(table, key) for key in said if key != "exclude"}
    changed = evolve(read, table=evolve(read.table, **over))
    return changed.with_choice(select=table.select, ignore=table.ignore), table.exclude


def _as_option(line: str) -> str:
    """Return *line*, which begins with a key and perhaps which of its entries is meant, with the option in place."""
    key, _, rest = line.partition(": ")
    return f"{key.partition(' ')[0].replace('_', '-')}: {rest}"


def _shown_settings(
    configuration: checking.Configuration, excluded: tuple[str, ...], rules: tuple[checking.Rule, ...]
) -> int:
    if excluded:
        say(f"# Excluded on the command line too: {', '.join(excluded)}")
    say(checking.settings_text(configuration, rules).rstrip("\n"))
    return 0


def _shown_files(paths: Sequence[str], search: checking.Search) -> int:
    found = tuple(checking.documents_in(paths, search))
    for one in found:
        if one.finding is None:
            say(one.path)
    for one in found:
        if one.finding is not None:
            complain(str(one.finding), FINDINGS)
    return FINDINGS if any(one.finding for one in found) else 0
