"""What becomes of an alliance over time: the chain of its check-ins, its pulse, its relations, and its history in git."""

from __future__ import annotations

__all__: list[str] = []
