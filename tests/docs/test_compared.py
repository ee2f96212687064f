import re

from tests.docs import compared
from tests.node import needs_node


@needs_node
def test_every_block() -> None:
    """What the page shows of four programs is what they say about that file, in the versions that it names."""
    page = compared.PAGE.read_text(encoding="utf-8")
    assert re.findall(r"<!-- made: ([\w-]+) -->", page) == list(compared.BLOCKS)
    assert page == compared.renewed(page), "the page differs: run python -m tests.docs.compared"


def test_another_text_is_found() -> None:
    """A block that says something else than its program is put right, and nothing around it changes."""
    stale = "before\n<!-- made: the-file -->\n```text\nwrong\n```\nafter\n"
    assert compared.renewed(stale) == stale.replace("wrong\n", compared.the_file())


def test_the_table() -> None:
    """The table has a row for each mistake, in its line, and alliancekit finds these and no other."""
    page = compared.PAGE.read_text(encoding="utf-8")
    rows = [int(line) for line in re.findall(r"^\| .*? \| (\d+) \|", page, re.MULTILINE)]
    assert rows == [int(line) for line in re.findall(r"^broken\.alliance\.yaml:(\d+):", page, re.MULTILINE)]
    assert len(rows) == 10
