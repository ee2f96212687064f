"""Reports of very many findings."""

from time import process_time

import pytest
from attrs import evolve

from alliancekit.check import FORMATS, Checked, Report
from tests.unit.check.formats.sample import HERE, MEMBER


def large(count: int, *, files: int) -> Report:
    """Return a report of *count* findings, as many in each of *files*."""
    names = [f"folder/{number}.alliance.yaml" for number in range(files)]
    many = [HERE[number % len(HERE)] for number in range(count // files)]
    return Report(
        files=tuple(Checked(path=name, findings=tuple(evolve(one, path=name) for one in many)) for name in names)
    )


def spent(report: Report, form: str) -> float:
    begun = process_time()
    report.to(form)
    return process_time() - begun


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("files", [1, 50])
def test_time_grows_with_the_report(form: str, files: int) -> None:
    """Eight times the findings take about eight times as long, in one file and in many; squared it would be 64."""
    few, many = large(250, files=files), large(2_000, files=files)
    assert min(spent(many, form) for _ in range(2)) < 25 * max(min(spent(few, form) for _ in range(3)), 0.002)


def test_as_many_as_a_monorepo_has() -> None:
    """Thirty thousand findings are all told, to people and to a runner."""
    report = large(30_000, files=10_000)
    assert report.to("text").endswith("\n10000 files checked: 20000 errors, 10000 warnings\n10000 fixable with --fix\n")
    assert report.to("github").count("\n") == 30_001
    assert report.to("junit").count("<testcase ") == 10_000
    assert report.to("junit").count(MEMBER.message.replace("'", "&#39;")) == 10_000
