"""
The built-in banks and flows, those of installed packs, and banks and flows from files.

They are plain YAML documents in `banks/` and `flows/` beside this file; adding one is adding a file. A name is looked
up among them, then in the packs; anything that looks like a path is read as a file. Translations lie beside what they translate.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from alliancekit.library._layers import layer
from alliancekit.library._shelf import bank, bank_names, flow, flow_names, layer_problems, prompt_ids, stamps, whole

if TYPE_CHECKING:
    from alliancekit.library._coverage import Coverage, Share
    from alliancekit.library._gaps import translation_gaps
    from alliancekit.library._languages import fallbacks
    from alliancekit.library._localised import translated
    from alliancekit.library._offers import Offer, Offers, offers
    from alliancekit.library._packs import Pack, packs
    from alliancekit.library._problems import PackError, PackProblem
    from alliancekit.library._stamping import Stamps, stamp
    from alliancekit.library._translations import (
        check_translation,
        languages_of,
        source_of,
        translation_coverage,
        translations_of,
    )
    from alliancekit.library._units import digest_of

__all__ = [
    "Coverage",
    "Offer",
    "Offers",
    "Pack",
    "PackError",
    "PackProblem",
    "Share",
    "Stamps",
    "bank",
    "bank_names",
    "check_translation",
    "digest_of",
    "fallbacks",
    "flow",
    "flow_names",
    "languages_of",
    "layer",
    "layer_problems",
    "offers",
    "packs",
    "prompt_ids",
    "source_of",
    "stamp",
    "stamps",
    "translated",
    "translation_coverage",
    "translation_gaps",
    "translations_of",
    "whole",
]

# Who reads a bank as it was written does not wait for what other languages need, nor for what packs do.
_LATER: Final = {
    "Coverage": "_coverage",
    "Offer": "_offers",
    "Offers": "_offers",
    "Pack": "_packs",
    "PackError": "_problems",
    "PackProblem": "_problems",
    "Share": "_coverage",
    "Stamps": "_stamping",
    "check_translation": "_translations",
    "digest_of": "_units",
    "fallbacks": "_languages",
    "languages_of": "_translations",
    "offers": "_offers",
    "packs": "_packs",
    "source_of": "_translations",
    "stamp": "_stamping",
    "translated": "_localised",
    "translation_coverage": "_translations",
    "translation_gaps": "_gaps",
    "translations_of": "_translations",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = found
    return found
