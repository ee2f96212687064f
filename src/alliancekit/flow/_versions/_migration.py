"""What another version of its plan would do to a running session: values for the host alone."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, final

from attrs import frozen

from alliancekit.findings import Finding
from alliancekit.flow._versions._changes import Change

__all__ = ["Again", "Judgement", "Migration", "Place", "Verdict"]


class Place(StrEnum):
    """
    Where a step is for a session as a whole.

    .. versionadded:: 0.1
    """

    AHEAD = "ahead"
    """Nobody has come to it."""
    OPEN = "open"
    """Members answer it now, or what they answer is to be shown in it, or it is a table that lies open."""
    DONE = "done"
    """It is over: it was shown, settled, ratified or passed, and its answers stand."""


class Verdict(StrEnum):
    """
    Whether a session can go on with a change.

    .. versionadded:: 0.1
    """

    SAFE = "safe"
    """Nobody has to do anything again."""
    ASK_AGAIN = "ask-again"
    """It can, and somebody answers again, or says again that they are ready."""
    REFUSE = "refuse"
    """It cannot."""


_WORST: Final = (Verdict.SAFE, Verdict.ASK_AGAIN, Verdict.REFUSE)


@final
@frozen(kw_only=True)
class Judgement:
    """
    What one change means for one session.

    Attributes:
        change: The change.
        place: Where its step is for this session.
        verdict: Whether the session can go on with it.
        reason: Why, in words; they say nothing of what anybody answered.

    .. versionadded:: 0.1
    """

    change: Change
    place: Place
    verdict: Verdict
    reason: str


@final
@frozen(kw_only=True, repr=False)
class Again:
    """
    Something that a member will be asked again: never what they had said.

    Attributes:
        member: The member.
        step: The step in the new plan.
        prompt: The prompt or ``prompt.follow_up``; None where they only say again that they are ready.
        for_: Inside a repeat, for which clause or member; None elsewhere.

    .. versionadded:: 0.1
    """

    member: str
    step: str
    prompt: str | None = None
    for_: str | None = None

    def __repr__(self) -> str:
        # Who has answered what is itself a secret, and a repr ends up in logs.
        return f"Again({self.step})"


@final
@frozen(kw_only=True, repr=False)
class Migration:
    """
    What another version of its plan would do to a session: for the host, and never for a member.

    Attributes:
        judgements: What each change means for this session, in the order of `alliancekit.flow.diff`.
        findings: Why the new plan cannot be run at all; then nothing was judged.
        again: Whom it asks what again.
        aside: Whose answers it sets aside because nothing asks for them any more; their authors are told.

    .. versionadded:: 0.1
    """

    judgements: tuple[Judgement, ...] = ()
    findings: tuple[Finding, ...] = ()
    again: tuple[Again, ...] = ()
    aside: tuple[Again, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst of its judgements; refuse where the new plan cannot be run."""
        if self.findings:
            return Verdict.REFUSE
        return max((one.verdict for one in self.judgements), key=_WORST.index, default=Verdict.SAFE)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is refused: one sentence for each finding, or for each change that is."""
        if self.findings:
            return tuple(one.message for one in self.findings)
        refused = (one for one in self.judgements if one.verdict is Verdict.REFUSE)
        return tuple(f"{one.change.text}: {one.reason}" for one in refused)

    def __repr__(self) -> str:
        wrong = f", {len(self.findings)} findings" if self.findings else ""
        return f"Migration({self.verdict.value}, {len(self.judgements)} changes{wrong})"
