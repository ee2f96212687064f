"""
Banks, and what one member is to answer, in the formats of other programs.

A format is one module here and its row in `EXPORTS`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from alliancekit.flow import View
from alliancekit.model import Bank, BankTranslation
from alliancekit.render._exports._answers import answers_from_surveyjs
from alliancekit.render._exports._csv import to_csv
from alliancekit.render._exports._form_schema import to_form_schema
from alliancekit.render._exports._markdown import bank_page
from alliancekit.render._exports._surveyjs import to_surveyjs

__all__ = ["EXPORTS", "FORMS", "answers_from_surveyjs", "bank_page", "to_csv", "to_form_schema", "to_surveyjs"]

Translations: TypeAlias = Iterable[BankTranslation]


def _csv(bank: Any, translations: Translations) -> str:
    return to_csv(bank, translations)


def _markdown(bank: Any, translations: Translations) -> str:  # noqa: ARG001 - a page is in one language
    return bank_page(bank)


def _surveyjs(source: Bank | View, translations: Translations) -> str:
    return _dumped(to_surveyjs(source, translations))


def _form_schema(source: Bank | View, translations: Translations) -> str:  # noqa: ARG001 - a schema is in one language
    return _dumped(to_form_schema(source))


def _dumped(data: Mapping[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


EXPORTS: Final[Mapping[str, Callable[[Any, Translations], str]]] = MappingProxyType(
    {"markdown": _markdown, "csv": _csv, "surveyjs": _surveyjs, "json-schema": _form_schema}
)
"""What writes a bank in each format, with its translations where the format has room for them."""

FORMS: Final = ("surveyjs", "json-schema")
"""The formats that a member can fill in, so that they are for views too."""
