"""Reports of very many findings."""

from attrs import evolve

from alliancekit.check import Checked, Report
from tests.unit.check.formats.sample import HERE, MEMBER


def large(count: int, *, files: int) -> Report:
    """Return a report of *count* findings, as many in each of *files*."""
    names = [f"folder/{number}.alliance.yaml" for number in range(files)]
    many = [HERE[number % len(HERE)] for number in range(count // files)]
    return Report(
        files=tuple(Checked(path=name, findings=tuple(evolve(one, path=name) for one in many)) for name in names)
    )


def test_as_many_as_a_monorepo_has() -> None:
    """Thirty thousand findings are all told, to people and to a runner."""
    report = large(30_000, files=10_000)
    assert report.to("text").endswith("\n10000 files checked: 20000 errors, 10000 warnings\n10000 fixable with --fix\n")
    assert report.to("github").count("\n") == 30_001
    assert report.to("junit").count("<testcase ") == 10_000
    assert report.to("junit").count(MEMBER.message.replace("'", "&#39;")) == 10_000
