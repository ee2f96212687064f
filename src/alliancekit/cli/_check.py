"""``check`` and ``explain``."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import Final

import click

from alliancekit import check as checking
from alliancekit.cli._check_options import Chosen, choosing
from alliancekit.cli._console import Failure, complain, say
from alliancekit.cli._fixing import Mending, Wanted, mend, mending, show
from alliancekit.cli._long import JOBS, means
from alliancekit.cli._outputs import outputs, write_reports
from alliancekit.documents import HEADERS

_BY_HAND: Final = ", ".join(f".{kind.name}.yaml" for kind in HEADERS.values() if not kind.json_only)
_NONE: Final = f"no document was found: their names end in {_BY_HAND} (or .yml, .json), or .session.json"


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[:FILE]",
    help=f"{', '.join(checking.FORMATS)}; may be given several times, with files.",
)
@click.option("--jobs", type=JOBS, default="auto", help="Check with N processes; auto for as many as there are cores.")
@click.option("--no-cache", is_flag=True, help="Judge every file anew, and keep nothing for the next run.")
@click.option("--stdin-filename", default="-", metavar="NAME", help="What to call the document read from -.")
@mending
@choosing
def check(
    paths: tuple[str, ...],
    *,
    formats: tuple[str, ...],
    jobs: int,
    no_cache: bool,
    stdin_filename: str,
    chosen: Chosen,
    wanted: Wanted,
) -> int:
    """
    Find what is wrong in documents: what is missing, vague, unanswered or no longer agreed to.

    PATH is a file, a folder that is searched for documents by name, or - for the standard input; left out, it is the
    folder you are in. Exit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage.
    """
    where = outputs(formats)
    # What is passed over comes back too, since a program may wait for it.
    is_asked = "-" in click.get_current_context().params["paths"]
    stdin = _typed(chosen.settings, is_given_back=bool(wanted)) if "-" in paths or (is_asked and wanted) else None
    done = Mending(stdin=stdin)
    with means(paths, jobs, keeps=not no_cache) as given:
        look = partial(
            checking.check_paths,
            paths,
            stdin_name=stdin_filename,
            search=chosen.search,
            settings=chosen.settings,
            as_of=chosen.as_of,
            rules=chosen.rules,
            **given,
        )
        report = look(stdin=stdin)
        if wanted:
            done = mend(report, chosen, wanted, stdin, stdin_filename)
        if done.count:
            report = look(stdin=done.stdin).with_fixed(done.count)
    if not report.files and any(map(os.path.isdir, paths)):
        complain(_NONE, 0)
    return write_reports(
        report.with_findings(*chosen.failed),
        where,
        fail_on=chosen.fail_on,
        fail_on_time=chosen.fail_on_time,
        is_aside=wanted.shows or (wanted.writes and is_asked),
        failed=[*done.failed, *(show(done, wanted) if wanted else ())],
    )


def _typed(settings: checking.Settings, *, is_given_back: bool) -> bytes:
    """Return what the standard input holds; of what is too large, and not given back, no more than says that."""
    most = max(settings.limits.file_bytes, *(kind.limits.file_bytes for kind in HEADERS.values()))
    if sys.stdin is None:
        raise Failure("there is no standard input to read")
    try:
        return sys.stdin.buffer.read(-1 if is_given_back else most + 1)
    except OSError as error:
        raise Failure(f"the standard input cannot be read: {error.strerror or error}") from error


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say why RULE exists, with an example that breaks it and one that does not; without RULE, list them all."""
    rules = checking.installed_rules()[0]
    if rule is not None:
        return say(checking.explain(rule, rules).to_text())
    known = (*checking.RULES.values(), *rules)
    width = max(len(one.code) for one in known)
    for one in known:
        about = checking.explain(one.code, rules)
        say(f"{one.code:{width}}  {one.group}: {about.how_bad}")
    return None
