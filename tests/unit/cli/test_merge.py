from pathlib import Path

import pytest

from alliancekit import Alliance, consent, dumps, load, loads
from tests.unit.cli.terminal import ALLIANCE, run, write
from tests.unit.consent.alliances import DAY

NAMES = ("base", "ours", "theirs")
PAUSED = ALLIANCE.replace("status: active", "status: paused")
SOON = ALLIANCE.replace("the same day", "within the hour")


def files(folder: Path, *texts: str | bytes, ending: str = "alliance.yaml") -> list[Path]:
    return [write(folder, f"{name}.{ending}", text) for name, text in zip(NAMES, texts, strict=True)]


def test_clean(tmp_path: Path) -> None:
    """The changes of both are written to OURS, comments and all: exit code 0."""
    paths = files(tmp_path, ALLIANCE, PAUSED, SOON)
    said = run("merge", *paths)
    assert (said.code, said.out, said.err) == (0, f"{paths[1]}: merged\n", "")
    assert paths[1].read_text() == PAUSED.replace("the same day", "within the hour")
    assert (paths[0].read_text(), paths[2].read_text()) == (ALLIANCE, SOON)
    assert [path.name for path in tmp_path.iterdir() if path not in paths] == []


def test_conflict(tmp_path: Path) -> None:
    """A clause that both changed stands there twice, under the names that were given: exit code 1."""
    paths = files(tmp_path, ALLIANCE, ALLIANCE.replace("the same day", "at once"), SOON)
    said = run("merge", *paths, "--label", "HEAD", "--label", "feature", "--path", "a.alliance.yaml")
    assert said.code == 1
    assert said.out.startswith(
        "a.alliance.yaml: 1 conflict\n  commitments: flag-slips: changed on both sides, and diff"
    )
    text = paths[1].read_text()
    ours, theirs = text.partition("<<<<<<< HEAD\n")[2].partition(">>>>>>> feature\n")[0].split("=======\n")
    assert ("at once" in ours, "within the hour" in theirs) == (True, True)
    assert [one.rule for one in _findings(text)] == ["conflict-marker"]
    assert run("check", paths[1]).code == 1


def _findings(text: str):  # type: ignore[no-untyped-def]
    from alliancekit.check import check_text

    return check_text(text)


def test_labels_that_an_older_git_does_not_know(tmp_path: Path) -> None:
    """A placeholder that git hands on as it is says nothing; the markers are as long as git wants them."""
    paths = files(tmp_path, ALLIANCE, ALLIANCE.replace("the same day", "at once"), SOON)
    assert run("merge", *paths, "--label", "%X", "--label", "%Y", "--marker-size", "9").code == 1
    lines = paths[1].read_text().splitlines()
    assert [line for line in lines if line[0] in "<=>"] == ["<<<<<<<<< ours", "=========", ">>>>>>>>> theirs"]


def test_another_file(tmp_path: Path) -> None:
    """With -o, OURS stays as it is."""
    paths = files(tmp_path, ALLIANCE, PAUSED, SOON)
    assert run("merge", *paths, "-o", tmp_path / "both.alliance.yaml").code == 0
    assert paths[1].read_text() == PAUSED
    assert load(tmp_path / "both.alliance.yaml", Alliance).status == "paused"


@pytest.mark.parametrize("base", ["an empty file", "/dev/null"])
def test_both_began_anew(tmp_path: Path, base: str) -> None:
    """Without a base, what one side has is there, and what is alike is no conflict."""
    paths = files(tmp_path, "", PAUSED, f"{PAUSED}x-tool: cal\n")
    said = run("merge", paths[0] if base == "an empty file" else base, *paths[1:])
    assert said.code == 0
    assert load(paths[1], Alliance).extra["x-tool"] == "cal"


def test_who_agrees_again(tmp_path: Path) -> None:
    """Whose yes was to something else than the result says is named; whose was not, is not."""
    agreed = loads(ALLIANCE.replace("active", "draft"), Alliance)
    for member in ("ana", "ben"):
        agreed = consent.ratify(agreed, member, DAY)
    text = dumps(agreed)
    theirs = text.replace("Say it the same day", "Say it at once")
    paths = files(tmp_path, text, text.replace("title: Ana and Ben", "title: A and B"), theirs)
    said = run("merge", *paths)
    assert said.code == 0
    assert "to agree again, for what concerns them has changed: Ana Silva (ana), Ben Osei (ben)" in said.out
    paths = files(tmp_path, text, text.replace("title: Ana and Ben", "title: A and B"), text.replace("Osei", "O."))
    assert "to agree again" not in run("merge", *paths).out


def test_wrong_only_together(tmp_path: Path) -> None:
    """What is wrong only with both changes is told, and git does not commit it, though nothing is in conflict: 1."""
    base = ALLIANCE + "expectations:\n  warn:\n    by: [ana]\n    text: Warn me.\n"
    theirs = base.replace("    to: [ana]\n", "    to: [ana]\n    meets: [warn]\n")
    said = run("merge", *files(tmp_path, base, ALLIANCE, theirs))
    assert said.code == 1
    assert "neither side had this alone:" in said.out
    assert "unknown-clause" in said.out


def test_a_side_that_cannot_be_read(tmp_path: Path) -> None:
    """Both texts are kept, byte for byte, and why is said: exit code 1."""
    broken = ALLIANCE.replace("title: ", 'title: "').encode() + b"# \xff\n"
    paths = files(tmp_path, ALLIANCE, PAUSED, broken)
    said = run("merge", *paths)
    assert said.code == 1
    assert "theirs cannot be read" in said.out
    data = paths[1].read_bytes()
    assert b"status: paused" in data
    assert b"# \xff\n" in data
    paths = files(tmp_path, ALLIANCE, ALLIANCE, broken)
    said = run("merge", *paths)
    assert (said.code, paths[1].read_bytes()) == (1, broken)
    assert "only one side changed it, and it has findings" in said.out


@pytest.mark.parametrize("name", ["x.session.json", "x.alliance.yaml"])
def test_sessions(tmp_path: Path, name: str) -> None:
    """A session is refused, by its name or by what it says, without a word of what it holds: exit code 2."""
    secret = '{"alliancekit": "session/1", "id": "secret-answer"}\n'
    paths = [*files(tmp_path, ALLIANCE, PAUSED, SOON)[:2], write(tmp_path, name, secret)]
    before = paths[1].read_bytes()
    said = run("merge", *paths)
    assert (said.code, said.out) == (2, "")
    assert "private" in said.err
    assert "secret-answer" not in said.err
    assert paths[1].read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.yaml", "o", "t"], "there is no such file"),
        (["--label", "a", "--label", "b", "--label", "c"], "there are two sides"),
        (["--marker-size", "3"], "--marker-size"),
        (["-o", "no/such/folder.yaml"], "it cannot be written"),
    ],
)
def test_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str) -> None:
    """What cannot be is said in one line, and no file is touched: exit code 2."""
    monkeypatch.chdir(tmp_path)
    paths = files(tmp_path, ALLIANCE, PAUSED, SOON)
    said = run("merge", *arguments, *(paths if arguments[0].startswith("-") else []))
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert paths[1].read_text() == PAUSED


def test_json(tmp_path: Path) -> None:
    """JSON is merged as JSON, by the name of the file or by how it begins."""
    texts = [dumps(loads(text), format="json") for text in (ALLIANCE, PAUSED, SOON)]
    for ending in ("alliance.json", "copy"):
        paths = files(tmp_path, *texts, ending=ending)
        assert run("merge", *paths).code == 0
        assert paths[1].read_text() == texts[1].replace("the same day", "within the hour")
