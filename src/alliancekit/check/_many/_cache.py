"""
What was found before in files that are the same, so that they need not be judged again.

A key is the SHA-256 of everything that a judgement comes from: this version and what it reads with, the banks that
installed packs bring, the settings, the day, the name of the file and its bytes. So nothing is ever out of date, and nothing has to be thrown away for it. What a
judgement of other files, or a rule of somebody else, has a part in is not kept; nor is anything of a session.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeAlias, cast, final

from attrs import fields, has

from alliancekit import library
from alliancekit._version import __version__
from alliancekit.check._checked import Checked
from alliancekit.check._files import Found
from alliancekit.check._judge import Job, read_document
from alliancekit.check._many._kept import from_text, to_text
from alliancekit.check._many._store import Store
from alliancekit.check._settings import Settings
from alliancekit.errors import DocumentError

__all__ = ["Cache", "Key", "KeyOf", "identity_of", "key_of"]

Key: TypeAlias = bytes
KeyOf: TypeAlias = Callable[[str, bytes], Key]

# Written anew in another way, it counts up, and what was kept is not found any more.
_FORMAT: Final = 1
# What documents are read with, whose words and zones stand in findings; each says its version where it begins.
_READERS: Final = ("ruamel.yaml", "tzdata")
_OWN: Final = (".py", ".yaml", ".json", ".toml")
# Sessions are private and may be large.
_NEVER: Final = ".session.json"


def identity_of(job: Job) -> bytes | None:
    """
    Return what a judgement comes from beside the document; None when it cannot be known.

    It cannot where a rule is not ours: what such a rule does may change at any time, and its code is no part of a key.
    """
    if job.rules:
        return None
    parts = [_FORMAT, __version__, _checkout(), *sys.version_info[:2], *map(_version, _READERS), library.stamps()]
    return sha256(json.dumps([parts, _plain(job)]).encode()).digest()


def key_of(identity: bytes, path: str, data: bytes) -> Key:
    """Return the key of a file; its path belongs to it, because hints name it and its ending says what it is."""
    name = path.encode("utf-8", "surrogatepass")
    return sha256(b"%b%d:%b%b" % (identity, len(name), name, data)).digest()


@final
class Cache:
    """
    What was found before, by what was judged.

    Args:
        folder: Where it is kept.
        identity: What judgements come from beside the documents.
        settings: How large a file may be.
        on_note: Told once, in a sentence, why nothing is kept.
    """

    def __init__(self, folder: str, identity: bytes, settings: Settings, on_note: Callable[[str], None]) -> None:
        self.identity = identity
        self._settings = settings
        self._store = Store(folder, on_note)

    def known(self, files: Sequence[Found]) -> list[Checked | None]:
        """Return for each of *files* what was found in one that is the same; None where it has to be judged."""
        keys = [self._key(one) for one in files]
        found = self._store.get([key for key in keys if key is not None])
        return [self._checked(found.get(key or b""), one.path) for key, one in zip(keys, files, strict=True)]

    def keep(self, key: Key | None, checked: Checked) -> None:
        """Keep what was found; without a *key* there is nothing to find it by."""
        if key is not None:
            self._store.put(key, to_text(checked))

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def _key(self, file: Found) -> Key | None:
        if not self._store.is_open or file.path.endswith(_NEVER):
            return None
        try:
            return key_of(self.identity, file.path, read_document(file, self._settings))
        except DocumentError:  # it is for judging to say
            return None

    @staticmethod
    def _checked(text: bytes | None, path: str) -> Checked | None:
        if text is None:
            return None
        try:
            return from_text(text, path)
        except ValueError:
            return None


def _plain(value: object) -> Any:
    """Return *value* as JSON that is equal where values are; what it does not know it refuses, and never guesses."""
    if has(cls := type(value)):
        return [cls.__name__, *([one.name, _plain(getattr(value, one.name))] for one in fields(cls))]
    if isinstance(value, Mapping):
        return sorted((key, _plain(one)) for key, one in cast("Mapping[str, Any]", value).items())
    if isinstance(value, tuple | list):
        return [_plain(one) for one in cast("Iterable[Any]", value)]
    if isinstance(value, set | frozenset):
        return sorted(_plain(one) for one in cast("Iterable[Any]", value))
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{cls.__name__} is no part of a key")


def _version(package: str) -> str:
    """Return what says the version of *package*, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return ""
    try:
        return sha256(Path(spec.origin).read_bytes()).hexdigest()
    except OSError:
        return spec.origin


def _checkout() -> list[tuple[str, int, int]]:
    """Return how our own files stand, where somebody may be at work on them; an installed version stays as it is."""
    home = str(Path(__file__).parents[2])
    if "site-packages" in home or "dist-packages" in home or not Path(home).is_dir():
        return []
    files = (Path(folder, name) for folder, _, names in os.walk(home) for name in names if name.endswith(_OWN))
    return sorted((str(path), at.st_size, at.st_mtime_ns) for path in files for at in (path.stat(),))
