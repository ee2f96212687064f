"""What the tools make of the scripts in `examples/`: ``python -m tests.examples.golden`` writes it beside them."""

from functools import cache
from pathlib import Path

import alliancekit as ak
from alliancekit import library
from alliancekit.flow import coverage, transcript
from tests.shared import ROOT

EXAMPLES = ROOT / "examples"
SCRIPTS = sorted(EXAMPLES.rglob("*.answers.yaml"))
WHOLE = [path for path in SCRIPTS if path.parent.name != "steps"]
"""The scripts whose session is committed too; of the small flows, the transcript is what there is to see."""
TEAM = (EXAMPLES / "team" / "harbour.answers.yaml", *sorted((EXAMPLES / "team").glob("harbour-*.answers.yaml")))
BEFORE = dict(zip(TEAM[1:], TEAM, strict=False))
"""For each check-in the script that led to the alliance that it begins with: the team keeps one file, which goes on."""
LAST = [path for path in WHOLE if path not in BEFORE.values()]
"""The scripts that led to the alliances as they are committed."""


def named(path: Path) -> str:
    return path.name.split(".")[0]


def beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{named(path)}.{ending}")


def through(path: Path) -> tuple[ak.Script, ak.Flow, ak.Bank]:
    """Return the script at *path*, with the flow that it goes through: one beside it, or a built-in one."""
    script = ak.load(path, ak.Script)
    own = path.with_name(f"{script.flow}.flow.yaml")
    flow = library.flow(own if own.exists() else script.flow)
    return script, flow, library.bank(flow.bank, beside=path)


def about(path: Path) -> ak.Alliance | None:
    """Return the alliance that the script at *path* begins with; None for a first one."""
    return played(BEFORE[path]).alliance() if path in BEFORE else None


def alliance_of(path: Path) -> Path:
    """Return the file of the alliance that the script at *path* makes or changes."""
    return alliance_of(BEFORE[path]) if path in BEFORE else beside(path, "alliance.yaml")


@cache
def played(path: Path) -> ak.Session:
    """Return the session to which the script at *path* leads."""
    return ak.Session.from_script(*through(path), alliance=about(path))[0]


def told(path: Path) -> str:
    """Return the transcript of the script at *path*."""
    return str(transcript(*through(path), alliance=about(path)))


def covered() -> str:
    """Return what of each flow the scripts go through."""
    sessions = [played(path) for path in SCRIPTS]
    plans = {one.plan.flow.id: one.plan for one in sessions}
    tables = (coverage(plan, [one for one in sessions if one.plan.flow == plan.flow]) for plan in plans.values())
    return "\n".join(str(one) for one in tables)


if __name__ == "__main__":
    for script in SCRIPTS:
        beside(script, "transcript.txt").write_text(told(script), encoding="utf-8")
    (EXAMPLES / "coverage.txt").write_text(covered(), encoding="utf-8")
