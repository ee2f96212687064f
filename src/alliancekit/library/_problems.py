"""What can be wrong with what an installed package offers."""

from __future__ import annotations

from typing import final

from attrs import frozen

from alliancekit.errors import AllianceKitError

__all__ = ["PackError", "PackProblem"]


@final
@frozen(kw_only=True)
class PackProblem:
    """
    What is wrong with a pack, or with one of its files.

    Attributes:
        pack: The name of the pack: of its entry point.
        package: The distribution that brings it; empty where nobody knows.
        version: The version of that.
        message: What is wrong.
        file: The file in the pack; empty for the pack as a whole.
        line: The line in that file, counted from 1; None where there is none.
        hint: What to do.

    .. versionadded:: 0.1
    """

    pack: str
    package: str
    version: str
    message: str
    file: str = ""
    line: int | None = None
    hint: str = ""

    def __str__(self) -> str:
        package = f" of {self.package} {self.version}".rstrip() if self.package else ""
        place = ":".join(str(one) for one in (self.file, self.line) if one)
        hint = f" ({self.hint})" if self.hint else ""
        return f"the pack {self.pack!r}{package}: {f'{place}: ' if place else ''}{self.message}{hint}"


@frozen(slots=False)
class PackError(AllianceKitError, LookupError):
    """
    A pack offers what was asked for, and it cannot be had.

    Attributes:
        problems: Why; never empty.

    .. versionadded:: 0.1
    """

    problems: tuple[PackProblem, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
