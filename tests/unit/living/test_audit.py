import pickle
from datetime import date, timedelta

import pytest

from alliancekit import consent, dumps
from alliancekit.errors import InvalidValueError
from alliancekit.living import AgreementHistory, AgreementVersion, Audit, AuditedAgreement, History, Neglect, audit
from alliancekit.living._names import is_alliance, plain_agreements
from alliancekit.living._touches import day_of
from tests.unit.consent.alliances import TWO, alliance

MADE = date(2026, 1, 15)
SECRET = "I am afraid of Ben."


def version(day: str, before: str, after: str, by: str = "Ana") -> AgreementVersion:
    author = f"{by} <{by.lower()}@example.org>"
    return AgreementVersion(
        commit=f"{day}{after}", day=date.fromisoformat(day), author=author, path="x", before=before, after=after
    )


def text(*versions: AgreementVersion, is_whole: bool = True, path: str = "TEAM_CHARTER.md") -> AgreementHistory:
    return AgreementHistory(path=path, is_alliance=False, versions=versions, is_whole=is_whole)


def ours(data: str | None = None, *versions: AgreementVersion) -> AgreementHistory:
    made = versions or (version("2026-01-15", "", "a"),)
    encoded = None if data is None else data.encode()
    return AgreementHistory(path="ana-ben.alliance.yaml", is_alliance=True, versions=made, text=encoded)


def audited(
    *agreements: AgreementHistory, as_of: str = "2026-06-15", check_ins: tuple[str, ...] = (), most_days: int = 90
) -> Audit:
    records = tuple((f"{at}.check-in.yaml", record.encode()) for at, record in enumerate(check_ins))
    history = History(repository="team", commit="c", last_commit=MADE, agreements=agreements, check_ins=records)
    return audit(history, as_of=date.fromisoformat(as_of), most_days=most_days)


def the_only(*agreements: AgreementHistory, **given: object) -> AuditedAgreement:
    [one] = audited(*agreements, **given).agreements  # type: ignore[arg-type] # handed on as it is
    return one


def two(
    *, ratified: str | None = "2026-01-15", status: str = "active", review: bool = True, stale: bool = False
) -> str:
    value = alliance(TWO, status=status)
    if not review:
        value = alliance({key: one for key, one in TWO.items() if key != "cadence"}, status=status)
    if ratified:
        for name in ("ana", "ben"):
            value = consent.ratify(value, name, date.fromisoformat(ratified))
    written = dumps(value)
    return written.replace("Say it the same day", "Say it the next day") if stale else written


def record(day: str, following: str = "") -> str:
    told = f'next: "{following}"\n' if following else ""
    return f'alliancekit: check-in/1\nalliance: ana-ben\ndate: "{day}"\npresent: [ana, ben]\n{told}'


class TestAge:
    def test_never_revised(self) -> None:
        """What was written on the day on which it was made, and never again, is one and done."""
        one = the_only(text(version("2026-01-15", "", "a"), version("2026-01-15", "a", "b")))
        assert (one.created, one.changed, one.age_days, one.revisions) == (MADE, MADE, 151, 1)
        assert (one.is_one_and_done, one.neglect) == (True, (Neglect.ONE_AND_DONE,))

    def test_revised(self) -> None:
        """What was revised lately is looked after, and what was revised long ago is not."""
        versions = version("2026-01-15", "", "a"), version("2026-04-01", "a", "b", "Ben")
        one = the_only(text(*versions))
        assert (str(one.changed), one.age_days, one.revisions, one.authors) == ("2026-04-01", 75, 1, 2)
        assert (one.is_one_and_done, one.neglect) == (False, ())
        assert the_only(text(*versions), as_of="2026-07-15").neglect == (Neglect.UNTOUCHED,)

    @pytest.mark.parametrize(("days", "neglect"), [(90, ()), (91, (Neglect.ONE_AND_DONE,))])
    def test_the_limit(self, days: int, neglect: tuple[Neglect, ...]) -> None:
        """Ninety days are allowed, and one more is not."""
        as_of = (MADE + timedelta(days=days)).isoformat()
        assert the_only(text(version("2026-01-15", "", "a")), as_of=as_of).neglect == neglect

    def test_another_limit(self) -> None:
        """How many days are allowed can be said, down to none; less than none cannot."""
        made = text(version("2026-01-15", "", "a"))
        assert the_only(made, as_of="2026-01-15", most_days=0).neglect == ()
        assert the_only(made, as_of="2026-01-16", most_days=0).neglect == (Neglect.ONE_AND_DONE,)
        assert the_only(made, most_days=400).neglect == ()
        with pytest.raises(InvalidValueError, match="must be 0 or more"):
            audited(made, most_days=-1)

    def test_a_day_before_it_was_made(self) -> None:
        """Of an earlier day it is not there yet, which is said; where it is that day already, it is."""
        made = text(version("2026-01-15", "", "a"))
        assert audited(made, as_of="2026-01-13").agreements == ()
        assert "1 agreement was made after that day, and left out" in audited(made, as_of="2026-01-13").notes
        one = the_only(made, as_of="2026-01-14")
        assert (one.age_days, one.per_quarter, one.neglect) == (0, 0.0, ())

    def test_what_was_changed_after_that_day(self) -> None:
        """It does not count, and neither do records of later check-ins."""
        later = version("2026-05-05", "a", "b")
        found = audited(text(version("2026-01-15", "", "a"), later), as_of="2026-02-01")
        [one] = found.agreements
        assert (one.revisions, one.age_days, one.changed) == (0, 17, date(2026, 1, 15))
        held = the_only(ours(two()), as_of="2026-02-08", check_ins=(record("2026-02-12"), record("2026-02-05")))
        assert held.alliance is not None
        assert held.alliance.check_ins == 1

    def test_no_history(self) -> None:
        """An agreement whose every version was out of reach is told without days."""
        one = the_only(text(is_whole=False))
        assert (one.created, one.changed, one.age_days, one.neglect) == (None, None, 0, ())

    def test_something_that_is_no_history(self) -> None:
        """What is handed in has to be a history."""
        with pytest.raises(InvalidValueError, match="must be a History, not str"):
            audit("team", as_of=MADE)  # type: ignore[arg-type]


class TestRevisions:
    def test_quarters(self) -> None:
        """Each revision falls into the quarter of its day, and their number a quarter goes by the time since."""
        days = ["2026-01-20", "2026-03-31", "2026-04-01", "2026-12-31", "2027-01-01"]
        later = [version(day, str(at), str(at + 1)) for at, day in enumerate(days)]
        one = the_only(text(version("2026-01-15", "", "0"), *later), as_of="2027-01-15")
        assert dict(one.quarters) == {"2026-Q1": 2, "2026-Q2": 1, "2026-Q4": 1, "2027-Q1": 1}
        assert one.per_quarter == 1.25

    def test_none_at_all(self) -> None:
        """Versions that say what was said are none."""
        one = the_only(text(version("2026-01-15", "", "a"), version("2026-02-15", "a", "a", "Ben")))
        assert (one.revisions, one.authors, dict(one.quarters)) == (0, 1, {})

    def test_there_and_back(self) -> None:
        """A change and its opposite are two."""
        versions = version("2026-01-15", "", "a"), version("2026-02-15", "a", "b"), version("2026-03-15", "b", "a")
        assert the_only(text(*versions)).revisions == 2

    def test_people(self) -> None:
        """One address is one person, under whatever name; who they are is said only to who asks."""
        first = AgreementVersion(commit="a", day=MADE, author="Ana S <ANA@example.org>", path="x", before="", after="a")
        one = the_only(text(first, version("2026-02-15", "a", "b", "Ana"), version("2026-03-15", "b", "c", "Ben")))
        assert (one.authors, one.names) == (2, ("Ana <ana@example.org>", "Ben <ben@example.org>"))
        assert "example.org" not in str(one.to_dict())
        assert one.to_dict(names=True)["names"] == list(one.names)
        assert "example.org" not in repr(one)


class TestAlliances:
    def test_facts(self) -> None:
        """What an alliance says itself is told: who has agreed, when it is reviewed, its check-ins."""
        one = the_only(ours(two()), as_of="2026-02-15", check_ins=(record("2026-02-12"), record("2026-02-05")))
        assert one.alliance is not None
        facts = one.alliance.to_dict()
        assert (facts["id"], facts["status"], facts["members"], facts["agreed"], facts["stale"]) == (
            *("ana-ben", "active"),
            *(2, 2, 0),
        )
        assert (facts["agreed_on"], facts["review_due"]) == ("2026-01-15", "2027-02-01")
        assert (facts["check_ins"], facts["last_check_in"], facts["next_check_in"]) == (2, "2026-02-12", "2026-11-05")

    def test_a_review_of_its_own(self) -> None:
        """An alliance that says when it is reviewed is held to that, and to nothing else."""
        assert the_only(ours(two()), as_of="2026-12-31").neglect == ()
        assert the_only(ours(two()), as_of="2027-02-01").neglect == ()
        assert the_only(ours(two()), as_of="2027-02-02").neglect == (Neglect.REVIEW_OVERDUE,)

    def test_no_review(self) -> None:
        """One that does not is one and done as a text is; a new yes lately is a look at it."""
        assert the_only(ours(two(review=False))).neglect == (Neglect.ONE_AND_DONE,)
        assert the_only(ours(two(review=False, ratified="2026-06-01"))).neglect == ()
        assert the_only(ours(two(ratified=None, status="draft"))).neglect == (Neglect.ONE_AND_DONE,)

    def test_a_draft(self) -> None:
        """A draft is not held to its review, and so rests no longer than a text, even where somebody said yes."""
        draft = ours(two().replace("status: active", "status: draft"))
        assert the_only(draft, as_of="2026-04-15").neglect == ()
        assert the_only(draft, as_of="2026-04-16").neglect == (Neglect.ONE_AND_DONE,)

    def test_check_ins(self) -> None:
        """A check-in is a look at it too, and then it is not one and done; one that is due is missed a day later."""
        plain = ours(two(review=False))
        assert the_only(plain, check_ins=(record("2026-06-01"),)).neglect == ()
        assert the_only(plain, check_ins=(record("2026-02-01"),)).neglect == (Neglect.UNTOUCHED,)
        held = (record("2026-06-01", "2026-06-14"),)
        assert the_only(plain, as_of="2026-06-15", check_ins=held).neglect == ()
        assert the_only(plain, as_of="2026-06-16", check_ins=held).neglect == (Neglect.CHECK_IN_MISSED,)

    def test_records_that_do_not_count(self) -> None:
        """A record of another alliance, or with errors, is none of its own."""
        others = (record("2026-06-01").replace("ana-ben", "cy-di"), "alliancekit: check-in/1\ndate: x\n", "\0")
        one = the_only(ours(two(review=False)), check_ins=others)
        assert one.alliance is not None
        assert one.alliance.check_ins == 0

    def test_stale(self) -> None:
        """A yes to something else is neglect, of an alliance that is active."""
        one = the_only(ours(two(stale=True)))
        assert one.neglect == (Neglect.STALE_RATIFICATION,)
        assert one.alliance is not None
        assert (one.alliance.agreed, one.alliance.stale) == (0, 2)

    @pytest.mark.parametrize("status", ["paused", "closed"])
    def test_at_rest(self, status: str) -> None:
        """One that rests or has ended owes nothing."""
        assert the_only(ours(two(status=status, stale=True)), as_of="2030-01-01").neglect == ()

    def test_errors(self) -> None:
        """Of one with errors git's part is told, and that it has some."""
        for data in ("alliancekit: alliance/1\nid: 7\n", None, "alliancekit: bank/1\nid: x\n"):
            one = the_only(ours(data))
            assert (one.is_sound, one.alliance, one.neglect) == (False, None, (Neglect.ONE_AND_DONE,))

    def test_a_session_is_left_out(self) -> None:
        """A file that says that it is a session is left out without a word, whatever it is called."""
        for header in ("session/1", "session/9", "sesion/1"):
            found = audited(ours(f'alliancekit: {header}\nrequests: [{{answer: why, value: "{SECRET}"}}]\n'))
            assert found.agreements == ()
            assert found.notes == ("1 of the files is a session, which nobody may read here",)
            assert SECRET not in repr(found) + str(found.to_dict(names=True))


class TestAll:
    def test_what_is_neglected_comes_oldest_first(self) -> None:
        """Those that nobody has touched for longest come first, and by name where that is the same."""
        days = {"b": "2025-01-01", "a": "2025-06-01", "c": "2025-01-01", "d": "2026-06-01"}
        found = audited(*(text(version(day, "", "x"), path=f"{name}-charter.md") for name, day in days.items()))
        assert [one.path[0] for one in found.neglected] == ["b", "c", "a"]

    def test_summary(self) -> None:
        """What there is is counted, each word for neglect too."""
        revised = text(version("2026-01-01", "", "a"), version("2026-02-01", "a", "b"))
        found = audited(ours(two(stale=True)), text(version("2026-01-01", "", "a")), revised)
        assert dict(found.summary) == {
            "agreements": 3,
            "alliances": 1,
            "never_revised_later": 2,
            "neglected": 3,
            "one_and_done": 1,
            "untouched": 1,
            "review_overdue": 0,
            "check_in_missed": 0,
            "stale_ratification": 1,
        }

    def test_plain_data(self) -> None:
        """It is plain data on demand, and survives a pickle."""
        found = audited(ours(two()), text(version("2026-01-01", "", "a")))
        assert pickle.loads(pickle.dumps(found)) == found
        plain = found.to_dict()
        assert (plain["as_of"], plain["last_commit"], plain["most_days"]) == ("2026-06-15", "2026-01-15", 90)
        assert [one["kind"] for one in plain["agreements"]] == ["alliance", "text"]
        assert [one["is_sound"] for one in plain["agreements"]] == [True, True]
        assert plain["agreements"][1]["alliance"] is None


class TestNames:
    @pytest.mark.parametrize(
        "path", ["a.alliance.yaml", "x/a.alliance.yml", "a.alliance.json", ".alliance.yaml", "é/\n.alliance.yaml"]
    )
    def test_alliances(self, path: str) -> None:
        """An alliance is called by its ending."""
        assert is_alliance(path)

    @pytest.mark.parametrize(
        "path",
        ["a.alliance.yaml\n", "a.alliance.md", "aalliance.yaml", "node_modules/a.alliance.yaml", "a.session.json"],
    )
    def test_no_alliances(self, path: str) -> None:
        """What has another ending, or came with a package, is none of ours."""
        assert not is_alliance(path)

    def test_letters(self) -> None:
        """Case and what stands between words mean nothing, in any script; no words at all name no file."""
        assert plain_agreements(["Как мы работаем"])("docs/КАК-мы_работаем.md")
        assert not plain_agreements(["", "-- "])("README.md")


class TestDays:
    @pytest.mark.parametrize(
        ("raw", "day"),
        [
            ("1767225599 +0000", "2025-12-31"),
            ("1767225599 +0001", "2026-01-01"),
            ("1767225600 -0100\n", "2025-12-31"),
            ("-5 +0000", "1970-01-01"),
            ("0 -9999", "1969-12-31"),
            ("999999999999999999 +9999", "9999-01-01"),
            ("9999999999999999999999 +0000", "1970-01-01"),
            ("", "1970-01-01"),
            ("yesterday", "1970-01-01"),
        ],
    )
    def test_day(self, raw: str, day: str) -> None:
        """The day is that of the author's zone; what is no day of the calendar becomes the nearest."""
        assert str(day_of(raw)) == day
