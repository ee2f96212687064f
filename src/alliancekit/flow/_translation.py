"""The words of a flow in another language."""

from __future__ import annotations

from typing import Annotated, final

from attrs import field, frozen

from alliancekit.model import BY_NAME, Digest, Id, Label, Language, Prose, Ref
from alliancekit.shapes import Wired, entries
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["FlowTranslation", "StepTranslation"]


@final
@frozen(kw_only=True, repr=False)
class StepTranslation(Wired):
    """
    The words of a step in another language; what is left out is read in the language of the flow.

    Attributes:
        id: The step.
        title: What people read above it.
        text: What the members read, where it says something.
        source: The digest of what was translated: title and text.

    .. versionadded:: 0.1
    """

    id: Ref
    title: Label | None = None
    text: Prose | None = None
    source: Digest | None = None


@final
@frozen(kw_only=True, repr=False)
class FlowTranslation(Wired):
    """
    The words of a flow in another language.

    Attributes:
        translates: The flow.
        language: The language that it is in.
        id: A name of its own, where somebody wants one; it is known by the flow and the language.
        title: What people call the flow.
        source: The digest of the title that was translated.
        steps: The steps that say something or have a title, by their ids in the flow, at any depth.

    .. versionadded:: 0.1
    """

    translates: Ref
    language: Language
    id: Id | None = None
    title: Label | None = None
    source: Digest | None = None
    steps: Annotated[FrozenMap[StepTranslation], BY_NAME] = field(default=EMPTY, converter=entries)
