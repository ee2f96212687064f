"""Several members' requests in one file: for examples, for tests, and for a run without a terminal."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, final

from attrs import field, frozen

from alliancekit.flow._requests import AnyRequest
from alliancekit.model import BY_ID, Id, Kind, Label, Language, Member, Ref
from alliancekit.shapes import Key, Text, Wired, keyed, many
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["Script"]


@final
@frozen(kw_only=True, repr=False)
class Script(Wired):
    """
    The requests of several members, in order.

    Attributes:
        flow: The flow that they go through.
        alliance_id: The id of the alliance that comes of it.
        title: What people call that alliance; left out where the alliance exists.
        kind: How many it binds, where the flow allows both.
        relationship: What kind of relationship it is, in an open word.
        language: The language of the alliance.
        at: When it takes place.
        members: Who takes part, by id; where the alliance exists, only who is new or has a role.
        requests: The requests, one verb each.

    .. versionadded:: 0.1
    """

    flow: Ref
    alliance_id: Annotated[Id, Key("alliance")]
    title: Label | None = None
    kind: Kind | None = None
    relationship: Annotated[str, Text()] | None = None
    language: Language | None = None
    at: datetime
    members: Annotated[FrozenMap[Member], BY_ID] = field(default=EMPTY, converter=keyed)
    requests: tuple[AnyRequest, ...] = field(default=(), converter=many)
