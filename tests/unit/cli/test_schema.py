import json
from pathlib import Path

from tests.shared import ROOT
from tests.unit.cli.terminal import run


def test_the_names() -> None:
    """Without a name it lists them."""
    said = run("schema")
    assert (said.code, said.err) == (0, "")
    assert "alliance" in said.out.split()


def test_one_schema() -> None:
    """A name prints that schema, and ``--draft-07`` its twin."""
    new, old = json.loads(run("schema", "alliance").out), json.loads(run("schema", "alliance", "--draft-07").out)
    assert new["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert old["$schema"].startswith("http://json-schema.org/draft-07/schema")


def test_what_check_writes() -> None:
    """``report`` is the schema of our JSON, in the newer draft only."""
    assert run("schema", "report").out == (ROOT / "schemas" / "report-1.schema.json").read_text("utf-8")
    answer = run("schema", "report", "--draft-07")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "alliancekit: the schema of report is in 2020-12 only; leave out --draft-07\n"


def test_all_of_them(tmp_path: Path) -> None:
    """``--write`` writes what the repository holds."""
    said = run("schema", "--write", tmp_path / "new")
    assert (said.code, said.out) == (0, "")
    found = {path.relative_to(tmp_path / "new").as_posix() for path in (tmp_path / "new").rglob("*.json")}
    assert found == {path.relative_to(ROOT / "schemas").as_posix() for path in (ROOT / "schemas").rglob("*.json")}
