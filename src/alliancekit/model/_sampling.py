"""
A few prompts at a time, in an order that a seed gives, so that none comes again before all came.

The order is that of the SHA-256 of the seed and the id, and of nothing else: not of the order in a file, the machine,
or how some version of Python draws numbers. A prompt that is added finds its place without moving the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, final

from attrs import frozen

from alliancekit.errors import InvalidValueError
from alliancekit.model._prompts import Prompt
from alliancekit.values import shorten

if TYPE_CHECKING:  # banks are sampled, so their module comes after this one
    from alliancekit.model._banks import Bank

__all__ = ["Rotation", "rotation_of", "sample_of"]


def sample_of(bank: Bank, count: int, seed: int | str, history: Iterable[str | Prompt]) -> tuple[Prompt, ...]:
    """Return *count* prompts of *bank*; see `Bank.sample`."""
    most = _whole("Bank.sample", "count", count, least=0)
    had = (history,) if isinstance(history, str | Prompt) else history
    latest = {one.id if isinstance(one, Prompt) else one: index for index, one in enumerate(had)}
    # Sorting is stable: those that were never had stay as they were dealt.
    return tuple(sorted(_dealt(bank, seed), key=lambda one: latest.get(one.id, -1))[:most])


def rotation_of(bank: Bank, size: int, seed: int | str) -> Rotation:
    """Return the sessions of *bank*; see `Bank.rotation`."""
    return Rotation(order=_dealt(bank, seed), size=_whole("Bank.rotation", "size", size, least=1))


def _dealt(bank: Bank, seed: int | str) -> tuple[Prompt, ...]:
    from hashlib import sha256  # who takes no samples need not wait for it

    def place(prompt: Prompt) -> str:
        return sha256(f"{seed}\n{prompt.id}".encode("utf-8", "surrogatepass")).hexdigest()

    return tuple(sorted(bank.prompts.values(), key=place))


def _whole(caller: str, argument: str, number: int, *, least: int) -> int:
    if type(number) is not int or number < least:
        raise InvalidValueError(caller, argument, f"must be a whole number, {least} or more, not {shorten(number)}")
    return number


@final
@frozen(kw_only=True, repr=False)
class Rotation:
    """
    Prompts dealt out over sessions, one that follows another: all come before one comes again, and then in the same order.

    It is endless, and any session can be asked for by its number: a week, a sprint, a page of a journal.

    Attributes:
        order: All prompts, in the order in which they come.
        size: How many come in a session; all of them where there are fewer.

    .. versionadded:: 0.1
    """

    order: tuple[Prompt, ...]
    size: int

    def __attrs_post_init__(self) -> None:
        _whole("Rotation", "size", self.size, least=1)

    def session(self, number: int) -> tuple[Prompt, ...]:
        """Return the prompts of the session with that *number*, counted from 1; none where the bank has none."""
        total = len(self.order)
        size = min(self.size, total)
        after = (_whole("Rotation.session", "number", number, least=1) - 1) * size
        return tuple(self.order[(after + index) % total] for index in range(size))

    def sessions(self, count: int | None = None) -> tuple[tuple[Prompt, ...], ...]:
        """Return the first *count* sessions; left out, as many as it takes until all prompts came."""
        most = (
            -(-len(self.order) // self.size) if count is None else _whole("Rotation.sessions", "count", count, least=0)
        )
        return tuple(self.session(number) for number in range(1, most + 1))

    def __repr__(self) -> str:
        return f"Rotation({self.size} of {len(self.order)} prompts)"
