"""What was found before is used where everything is the same, and nowhere else."""

import os
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from alliancekit import check
from alliancekit.check import Checked, Settings
from alliancekit.check._judge import Job
from alliancekit.check._many._cache import identity_of
from alliancekit.findings import Severity
from alliancekit.limits import LIMITS
from alliancekit.values import FrozenMap
from tests.unit.cli.terminal import ALLIANCE, FLOW

BROKEN = ALLIANCE.replace("to: [ana]", "to: [anna]")


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


class Counted:
    """How often files are judged."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from alliancekit.check._many import _pool

        self.paths: list[str] = []
        judge = _pool.judge

        def counted(data: bytes, path: str, job: Job, **more: str) -> Checked:
            self.paths.append(path)
            return judge(data, path, job, **more)

        monkeypatch.setattr(_pool, "judge", counted)

    def since(self) -> int:
        count = len(self.paths)
        self.paths.clear()
        return count


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "docs/a.alliance.yaml", ALLIANCE)
    write(tmp_path, "docs/b.alliance.yaml", BROKEN)
    return tmp_path / "docs"


def run(folder: Path, **given: object) -> check.Report:
    """Return what is found, which must be what is found without a cache."""
    cached = check.check_paths([folder], cache=folder.parent / "cache", on_note=pytest.fail, **given)  # type: ignore[arg-type]
    plain = check.check_paths([folder], **given)  # type: ignore[arg-type]
    assert cached == plain
    assert cached.to_json() == plain.to_json()
    assert cached.to_text() == plain.to_text()
    return cached


class TestWhatIsTheSame:
    def test_nothing_is_judged_twice(self, folder: Path, judged: Counted) -> None:
        """The second run judges nothing, and finds the same."""
        first = check.check_paths([folder], cache=folder.parent / "cache")
        assert judged.since() == 2
        second = check.check_paths([folder], cache=folder.parent / "cache")
        assert judged.since() == 0
        assert first == second

    def test_only_what_changed_is_judged(self, folder: Path, judged: Counted) -> None:
        """One file with other bytes is one file to judge."""
        run(folder)
        write(folder, "a.alliance.yaml", BROKEN)
        judged.since()
        check.check_paths([folder], cache=folder.parent / "cache")
        assert judged.since() == 1

    def test_when_a_file_was_written_is_no_matter(self, folder: Path, judged: Counted) -> None:
        """A fresh checkout has new times and the same bytes."""
        run(folder)
        os.utime(folder / "a.alliance.yaml", (1, 1))
        judged.since()
        check.check_paths([folder], cache=folder.parent / "cache")
        assert judged.since() == 0

    def test_each_sees_what_was_found(self, folder: Path, judged: Counted) -> None:
        """One file at a time uses the same cache."""
        paths = sorted(map(str, folder.iterdir()))
        first = list(check.check_each(paths, cache=folder.parent / "cache"))
        judged.since()
        assert list(check.check_each(paths, cache=folder.parent / "cache")) == first
        assert judged.since() == 0


class TestWhatIsNot:
    @pytest.mark.parametrize(
        "settings",
        [
            Settings(most_commitments=0),
            Settings(most_ground_rules=1),
            Settings(severities=FrozenMap({"unknown-member": Severity.INFO})),
            Settings(severities=FrozenMap({"no-steward": None})),
            Settings(limits=evolve(LIMITS, text=20)),
            Settings(limits=evolve(LIMITS, file_bytes=200)),
        ],
    )
    def test_other_settings(self, folder: Path, settings: Settings) -> None:
        """What was found with other settings is not what is found now."""
        run(folder)
        run(folder, settings=settings)
        run(folder)

    def test_another_day(self, folder: Path) -> None:
        """Rules about time are asked anew for each day."""
        run(folder)
        for day in (date(2026, 1, 1), date(2036, 1, 1), None):
            run(folder, as_of=day)

    def test_another_name(self, folder: Path) -> None:
        """A hint names the file, so a file that was moved is judged again."""
        run(folder)
        (folder / "b.alliance.yaml").rename(folder / "c.alliance.json")
        assert {one.path for one in run(folder).findings} >= {str(folder / "c.alliance.json")}

    def test_another_version(self, folder: Path, judged: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
        """What another version has found is judged again."""
        run(folder)
        monkeypatch.setattr("alliancekit.check._many._cache.__version__", "99.0")
        judged.since()
        check.check_paths([folder], cache=folder.parent / "cache")
        assert judged.since() == 2

    @pytest.mark.parametrize("of", ["ruamel.yaml", "tzdata"])
    def test_another_reader(self, of: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """A newer YAML reader, or other time zones, may find something else."""
        from alliancekit.check._many import _cache

        before, version = identity_of(Job()), _cache._version
        monkeypatch.setattr(_cache, "_version", lambda name: "other" if name == of else version(name))
        assert identity_of(Job()) != before

    def test_our_own_code_where_somebody_is_at_work_on_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a checkout the version stays while the rules change."""
        before = identity_of(Job())
        monkeypatch.setattr("alliancekit.check._many._cache._checkout", lambda: [("_words.py", 1, 1)])
        assert identity_of(Job()) != before

    def test_every_setting_counts(self) -> None:
        """No two settings are taken for one."""
        many = [
            Settings(),
            Settings(most_ground_rules=8),
            Settings(most_commitments=8),
            Settings(limits=evolve(LIMITS, depth=3)),
            Settings(severities=FrozenMap({"a": None})),
            Settings(severities=FrozenMap({"a": Severity.INFO})),
            Settings(severities=FrozenMap({"b": Severity.INFO})),
        ]
        days = [None, date(2026, 1, 1), date(2026, 1, 2)]
        assert len({identity_of(Job(settings=one, as_of=day)) for one in many for day in days}) == 21

    def test_equal_settings_are_the_same(self) -> None:
        """In which order severities were set is no matter."""
        one = Settings(severities=FrozenMap({"a": None, "b": Severity.INFO}))
        other = Settings(severities=FrozenMap({"b": Severity.INFO, "a": None}))
        assert identity_of(Job(settings=one)) == identity_of(Job(settings=other))


class TestWhatIsNeverKept:
    def kept(self, folder: Path) -> bytes:
        return b"".join(path.read_bytes() for path in folder.parent.joinpath("cache").rglob("*") if path.is_file())

    def test_nothing_of_a_session(self, tmp_path: Path, judged: Counted) -> None:
        """A session is private under any name: it is judged each time, and nothing of it is in the file."""
        session = '{"alliancekit": "session/1", "id": "s1", "secret-of-ana": 1}'
        for name in ("a.session.json", "b.alliance.json", "c.alliance.yaml"):
            write(tmp_path, f"docs/{name}", session)
        run(tmp_path / "docs")
        judged.since()
        check.check_paths([tmp_path / "docs"], cache=tmp_path / "cache")
        assert judged.since() == 3
        assert b"secret-of-ana" not in self.kept(tmp_path / "docs")

    def test_no_flow_which_is_run_with_its_bank(self, tmp_path: Path) -> None:
        """What is wrong with a flow may change while its file stays the same."""
        write(tmp_path, "docs/a.flow.yaml", FLOW)
        before = run(tmp_path / "docs")
        bank = (
            "alliancekit: bank/1\nid: short\ntitle: T\nlanguage: en\nkinds: [one-to-one]\nsections: []\nprompts: {}\n"
        )
        write(tmp_path, "docs/short.bank.yaml", bank)
        assert run(tmp_path / "docs") != before

    def test_no_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        """A file that comes later is found."""
        path = tmp_path / "docs" / "a.alliance.yaml"
        path.mkdir(parents=True)
        assert run(path).files_checked == 0
        path.rmdir()
        path.write_text(ALLIANCE)
        assert run(path).files_checked == 1

    def test_nothing_of_a_run_with_rules_of_others(self, folder: Path, judged: Counted) -> None:
        """The code of such a rule is no part of any key."""

        def vague(alliance: object) -> list[check.Hit]:
            return [check.Hit(pointer="", message=found)]

        found = "one"
        assert "one" in run(folder, rules=[vague]).to_text()
        found = "two"
        assert "two" in run(folder, rules=[vague]).to_text()
        assert not folder.parent.joinpath("cache").exists()


class TestWhatIsForged:
    def test_a_value_that_makes_no_sense_is_passed_over(self, folder: Path, judged: Counted) -> None:
        """A row that is sealed as ours and says nonsense is judged again."""
        from alliancekit.check._many._store import Store

        cache = folder.parent / "cache"
        run(folder)
        store = Store(str(cache), pytest.fail)
        assert store._connection is not None
        keys = [key for (key,) in store._connection.execute("SELECT key FROM kept")]
        for key, text in zip(keys, (b"[]", b'[true,[["x",2]]]'), strict=True):
            store.put(key, text)
        store.close()
        judged.since()
        run(folder)
        assert judged.since() == 4
