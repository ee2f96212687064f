"""What the tools make of the scripts in `examples/`: ``python -m tests.examples.golden`` writes it beside them."""

from pathlib import Path

import alliancekit as ak
from alliancekit import library
from alliancekit.flow import coverage, transcript
from tests.shared import ROOT

EXAMPLES = ROOT / "examples"
SCRIPTS = sorted(EXAMPLES.rglob("*.answers.yaml"))
WHOLE = [path for path in SCRIPTS if path.parent.name != "steps"]
"""The scripts whose session and alliance are committed too; of the small flows, the transcript is what there is to see."""
QUARTER = (EXAMPLES / "team" / "harbour.answers.yaml", *sorted((EXAMPLES / "quarter").glob("*.answers.yaml")))
BEFORE = dict(zip(QUARTER[1:], QUARTER, strict=False))
"""For each check-in the script whose alliance it begins with."""


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
    """Return the alliance that the script at *path* begins with, as it was committed; None for a first one."""
    return ak.load(beside(BEFORE[path], "alliance.yaml"), ak.Alliance) if path in BEFORE else None


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
