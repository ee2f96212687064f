from alliancekit import library
from tests.unit.cli.terminal import run


class TestList:
    def test_what_is_built_in(self) -> None:
        """Called alone it lists the banks, then the flows, and says of each line which it is."""
        said = run("banks")
        assert (said.code, said.err) == (0, "")
        banks = [f"bank  {name}" for name in library.bank_names()]
        assert said.out.splitlines() == [*banks, *(f"flow  {name}" for name in library.flow_names())]

    def test_no_such_command(self) -> None:
        """A command that the group has not is wrong usage."""
        said = run("banks", "cover")
        assert (said.code, said.out) == (2, "")
        assert "No such command 'cover'" in said.err
