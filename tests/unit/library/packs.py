"""Packages as an installation leaves them: with what they offer, and what may be wrong with them."""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias
from zipfile import ZipFile

import pytest

Install: TypeAlias = Callable[..., Path]

BANK = "alliancekit: bank/1\nid: {id}\ntitle: {title}\nlanguage: en\nprompts:\n  ahead:\n    text: What is ahead?\n"
FLOW = "alliancekit: flow/1\nid: {id}\ntitle: {title}\nlanguage: en\nbank: {bank}\nsteps:\n  - ask: ahead\n"
WORDS = "alliancekit: bank/1\ntranslates: {id}\nlanguage: {language}\ntitle: {title}\n"


def bank(name: str, title: str = "Questions", extends: str = "") -> str:
    return BANK.format(id=name, title=title) + (f"extends: [{extends}]\n" if extends else "")


def flow(name: str, of: str, title: str = "A flow") -> str:
    return FLOW.format(id=name, bank=of, title=title)


def words(name: str, language: str) -> str:
    return WORDS.format(id=name, language=language, title="Fragen")


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Put a package on the path: ``install("acme-sea", {"banks/x.bank.yaml": …}, sea="acme_sea")``."""
    loaded = set(sys.modules)

    def put(
        package: str,
        files: Mapping[str, str],
        *,
        version: str = "1.0",
        module: str = "",
        zipped: bool = False,
        **packs: str,
    ) -> Path:
        home = tmp_path / f"site-{package}"
        home.mkdir(exist_ok=True)
        module = module or package.replace("-", "_")
        info = f"{package.replace('-', '_')}-{version}.dist-info"
        entries = packs or {package.rpartition("-")[2]: module}
        told = "".join(f"{name} = {value}\n" for name, value in entries.items())
        written = {f"{module}/{name}": text for name, text in files.items()} | {
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n",
            f"{info}/entry_points.txt": f"[alliancekit.packs]\n{told}",
        }
        if zipped:
            home /= "all.zip"
            with ZipFile(home, "w") as archive:
                for name, text in written.items():
                    archive.writestr(name, text)
        else:
            for name, text in written.items():
                (home / name).parent.mkdir(parents=True, exist_ok=True)
                (home / name).write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(str(home))
        return home

    yield put
    for name in set(sys.modules) - loaded:
        if name.startswith("acme"):
            del sys.modules[name]
