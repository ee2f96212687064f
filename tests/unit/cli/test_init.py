import json
import os
from pathlib import Path

import pytest

from alliancekit import Alliance, load
from tests.unit.cli.terminal import run


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def begin(folder: Path, *options: str) -> dict[str, bytes]:
    said = run("init", folder, *options)
    assert (said.code, said.err) == (0, "")
    return tree(folder)


class TestAgreement:
    @pytest.mark.parametrize("kind", ["team", "one-to-one"])
    def test_is_sound(self, kind: str, tmp_path: Path) -> None:
        """`check` finds neither an error nor a warning in the first agreement."""
        begin(tmp_path, "--kind", kind)
        said = run("check", tmp_path, "--fail-on", "warning")
        assert said.code == 0, said.out
        assert load(tmp_path / "ours.alliance.yaml", Alliance).kind == kind

    @pytest.mark.parametrize("kind", ["team", "one-to-one"])
    def test_teaches_each_element(self, kind: str, tmp_path: Path) -> None:
        """Every part that people agree on is there, under a comment."""
        lines = begin(tmp_path, "--kind", kind)["ours.alliance.yaml"].decode().splitlines()
        parts = "intention members atmosphere values success expectations concerns commitments ground_rules cadence"
        above = {line.partition(":")[0]: lines[number - 1] for number, line in enumerate(lines)}
        assert [part for part in parts.split() if not above.get(part, "").startswith("# ")] == []

    def test_can_be_agreed_to(self, tmp_path: Path) -> None:
        """The command that its last comment shows works, and the comments stay."""
        before = begin(tmp_path)["ours.alliance.yaml"].decode()
        for member in ("ana", "ben", "chi"):
            said = run("ratify", tmp_path / "ours.alliance.yaml", "--as", member, "--date", "2026-11-01")
            assert said.code == 0, said.out + said.err
        after = (tmp_path / "ours.alliance.yaml").read_text()
        assert [line for line in before.splitlines() if "#" in line and "status" not in line] == [
            line for line in after.splitlines() if "#" in line and "status" not in line
        ]
        assert load(tmp_path / "ours.alliance.yaml", Alliance).status == "active"

    def test_is_not_written_beside_another(self, tmp_path: Path) -> None:
        """Whoever has an agreement gets no second one."""
        (tmp_path / "mine.alliance.yml").write_text("")
        assert "ours.alliance.yaml" not in begin(tmp_path)


class TestEditor:
    def test_every_path_is_relative(self, tmp_path: Path) -> None:
        """The modeline and the settings name schemas that are there, seen from where they stand."""
        files = begin(tmp_path / "deep" / "in")
        modeline = files["ours.alliance.yaml"].decode().splitlines()[0]
        schemas = json.loads(files[".vscode/settings.json"])["yaml.schemas"]
        assert modeline.removeprefix("# yaml-language-server: $schema=") in files
        assert {name.removeprefix("./") for name in schemas} == {one for one in files if one.endswith("schema.json")}

    def test_every_kind_that_is_written_by_hand(self, tmp_path: Path) -> None:
        """Each kind of document that may be YAML has its schema and its file names."""
        schemas = json.loads(begin(tmp_path)[".vscode/settings.json"])["yaml.schemas"]
        kinds = ("alliance", "bank", "flow", "check-in", "answers")
        assert sorted(schemas.values()) == sorted([f"*.{kind}.yaml", f"*.{kind}.yml"] for kind in kinds)

    def test_settings_with_comments_stay(self, tmp_path: Path) -> None:
        """Settings that are there are not touched, and what to add to them is printed."""
        mine = '{\n  // mine\n  "editor.tabSize": 2,\n}\n'
        (tmp_path / ".vscode").mkdir()
        (tmp_path / ".vscode" / "settings.json").write_text(mine)
        said = run("init", tmp_path)
        assert said.code == 0
        assert '"./.alliancekit/alliance-1.schema.json": [' in said.out
        assert (tmp_path / ".vscode" / "settings.json").read_text() == mine

    def test_a_schema_of_another_version_stays(self, tmp_path: Path) -> None:
        """A schema that says something else is not replaced, and how to renew it is said."""
        begin(tmp_path)
        (tmp_path / ".alliancekit" / "bank-1.schema.json").write_text("{}")
        said = run("init", tmp_path)
        assert "bank-1.schema.json: is of another version" in said.out
        assert tree(tmp_path)[".alliancekit/bank-1.schema.json"] == b"{}"


class TestIgnored:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (b"build/\n", b"build/\n# A session holds everybody's private answers.\n*.session.json\n"),
            (b"build/", b"build/\n# A session holds everybody's private answers.\n*.session.json\n"),
            (b"a\r\nb\r\n", b"a\r\nb\r\n# A session holds everybody's private answers.\r\n*.session.json\r\n"),
            (b"", b"# A session holds everybody's private answers.\n*.session.json\n"),
            (b"  *.session.json  \r\nx", b"  *.session.json  \r\nx"),
            (b"**/*.session.json", b"**/*.session.json"),
            ("é\n".encode("utf-16"), "é\n".encode("utf-16")),
            (b"\xff\n", b"\xff\n# A session holds everybody's private answers.\n*.session.json\n"),
        ],
    )
    def test_what_is_there_stays(self, before: bytes, after: bytes, tmp_path: Path) -> None:
        """Missing lines come at the end, with the line ends that the file has; nothing else changes."""
        (tmp_path / ".gitignore").write_bytes(before)
        assert begin(tmp_path)[".gitignore"] == after


class TestAgain:
    def test_nothing_changes(self, tmp_path: Path) -> None:
        """A second run changes no byte, and says that all is there."""
        first = begin(tmp_path)
        times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
        said = run("init", tmp_path)
        assert said.code == 0
        assert [line for line in said.out.splitlines() if "is there already" not in line] == []
        assert tree(tmp_path) == first
        assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


class TestInTheWay:
    @pytest.mark.parametrize("name", [".alliancekit", ".vscode"])
    def test_a_file_for_a_folder(self, name: str, tmp_path: Path) -> None:
        """A file where a folder has to be ends it in one line, and nothing is written."""
        (tmp_path / name).write_text("mine")
        said = run("init", tmp_path)
        assert (said.code, said.out) == (2, "")
        assert said.err == f"alliancekit: {tmp_path / name} is in the way: it is no folder\n"
        assert tree(tmp_path) == {name: b"mine"}

    @pytest.mark.parametrize("name", [".gitignore", ".vscode/settings.json", ".alliancekit/flow-1.schema.json"])
    def test_a_folder_for_a_file(self, name: str, tmp_path: Path) -> None:
        """So does a folder where a file has to be."""
        (tmp_path / name).mkdir(parents=True)
        said = run("init", tmp_path)
        assert (said.code, said.out) == (2, "")
        assert said.err == f"alliancekit: {tmp_path / name} is in the way: it is no file\n"
        assert tree(tmp_path) == {}

    @pytest.mark.parametrize("name", [".gitignore", ".vscode", ".alliancekit/flow-1.schema.json"])
    @pytest.mark.parametrize("target", ["elsewhere", "gone"])
    def test_a_link(self, name: str, target: str, tmp_path: Path) -> None:
        """A link could lead anywhere, so nothing is written through one, not even where it leads nowhere yet."""
        (tmp_path / "elsewhere").mkdir()
        link = tmp_path / "here" / name
        link.parent.mkdir(parents=True)
        link.symlink_to(tmp_path / target)
        said = run("init", tmp_path / "here")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"alliancekit: {link} is a link")
        assert tree(tmp_path) == {}

    def test_the_folder_is_a_file(self, tmp_path: Path) -> None:
        """So does a file in place of the folder itself."""
        (tmp_path / "f").write_text("")
        said = run("init", tmp_path / "f")
        assert (said.code, said.err) == (2, f"alliancekit: {tmp_path / 'f'} is a file, and no folder\n")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
    def test_a_pipe(self, tmp_path: Path) -> None:
        """A pipe is not waited for."""
        os.mkfifo(tmp_path / ".gitignore")
        assert run("init", tmp_path).code == 2

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_is_read_only(self, tmp_path: Path) -> None:
        """A folder that cannot be written to ends it in one line."""
        tmp_path.chmod(0o500)
        said = run("init", tmp_path)
        tmp_path.chmod(0o700)
        assert (said.code, len(said.err.splitlines())) == (2, 1)
