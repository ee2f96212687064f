"""Rules about several documents: what is said, where, and when nothing can be said."""

from pathlib import Path

from alliancekit import check
from alliancekit.check import Settings
from tests.documents.base import BASE, FLOW


def write(folder: Path, **texts: str) -> Path:
    """Write alliances into *folder*, each with other lines in place of its own."""
    for name, lines in texts.items():
        own = dict(line.split(": ", 1) for line in lines.splitlines())
        kept = [line for line in BASE.splitlines() if line.split(":")[0] not in own]
        (folder / f"{name}.alliance.yaml").write_text("\n".join([*kept, *lines.splitlines()]) + "\n", encoding="utf-8")
    return folder


def found(*paths: Path, **options: object) -> list[str]:
    findings = check.check_paths(paths, **options).findings
    return [f"{Path(one.path or '').name.partition('.')[0]} {one.rule} {one.line}" for one in findings]


class TestDuplicateId:
    def test_place(self, tmp_path: Path) -> None:
        """It is said of the later one by path, whoever was named first, with the place of the first."""
        write(tmp_path, a="id: same", b="id: same", c="id: same")
        paths = sorted(tmp_path.iterdir())
        for order in (paths, paths[::-1]):
            findings = {one.path: one for one in check.check_paths(order).findings}
            assert sorted(findings) == [str(path) for path in paths[1:]]
            one = findings[str(paths[1])]
            assert one.message == f"two alliances are called same: this one and {paths[0]}"
            assert [(path, span.start.line, what) for path, span, what in one.elsewhere] == [
                (str(paths[0]), one.line, "the first one")
            ]

    def test_kinds(self, tmp_path: Path) -> None:
        """An alliance and a flow may have the same id."""
        write(tmp_path, a="id: same")
        (tmp_path / "b.flow.yaml").write_text(FLOW.replace("id: example", "id: same"), encoding="utf-8")
        assert found(tmp_path) == []

    def test_settings(self, tmp_path: Path) -> None:
        """It is as bad as the settings say, and off where they say so."""
        write(tmp_path, a="id: same", b="id: same")
        quiet = Settings(severities={"duplicate-id": None})
        assert found(tmp_path, settings=quiet) == []
        worse = Settings(severities={"duplicate-id": check.explain("weasel-wording").severity})
        assert [one.severity.value for one in check.check_paths(tmp_path, settings=worse).findings] == ["warning"]

    def test_a_broken_id(self, tmp_path: Path) -> None:
        """What has no id that could be read has the id of nobody."""
        write(tmp_path, a="id: Not an id", b="id: Not an id", c="title: Without an id")
        (tmp_path / "c.alliance.yaml").write_text(BASE.replace("id: ana-ben\n", ""), encoding="utf-8")
        assert {one.rule for one in check.check_paths(tmp_path).findings} == {"bad-id", "missing-field"}
