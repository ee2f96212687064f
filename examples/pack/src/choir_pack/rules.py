"""A rule for choirs."""

from collections.abc import Iterator

from alliancekit import Alliance
from alliancekit.check import Hit


def check_ins_name_a_room(alliance: Alliance) -> Iterator[Hit]:
    """Whoever looks for the room is not there when the warm-up begins."""
    check_ins = alliance.cadence.check_ins if alliance.cadence else {}
    for name, one in check_ins.items():
        if one.where is None:
            yield Hit(
                pointer=f"/cadence/check_ins/{name}",
                message=f"nothing says where {name} takes place",
                hint="add where: the room",
                on_key=True,
            )
