import pytest

from alliancekit import library
from alliancekit.errors import InvalidValueError
from alliancekit.library import fallbacks


class TestFallbacks:
    @pytest.mark.parametrize(
        ("tag", "expected"),
        [
            ("en", "en"),
            ("pt-BR", "pt-BR pt"),
            ("zh-Hant-TW", "zh-Hant-TW zh-Hant zh"),
            # The two examples of RFC 4647, section 3.4.
            (
                "zh-Hant-CN-x-private1-private2",
                "zh-Hant-CN-x-private1-private2 zh-Hant-CN-x-private1 zh-Hant-CN zh-Hant zh",
            ),
            ("en-x-a-b", "en-x-a-b en"),
            ("de-DE-u-co-phonebk", "de-DE-u-co-phonebk de-DE-u-co de-DE de"),
        ],
    )
    def test_from_narrow_to_wide(self, tag: str, expected: str) -> None:
        """A tag loses its last part again and again, and a single letter goes with what was behind it."""
        assert fallbacks(tag) == tuple(expected.split())

    @pytest.mark.parametrize(
        ("written", "canonical"),
        [
            ("EN-us", "en-US"),
            ("ZH-hANT-tw", "zh-Hant-TW"),
            ("DE-1996", "de-1996"),
            ("ES-419", "es-419"),
            ("sl-ROZAJ", "sl-rozaj"),
            ("az-arab-x-AZE-derbend", "az-Arab-x-aze-derbend"),  # RFC 5646, section 2.1.1
            ("en-ca-x-CA", "en-CA-x-ca"),
        ],
    )
    def test_one_way_of_writing(self, written: str, canonical: str) -> None:
        """However a tag is written, it is the same tag: languages are small, countries large, scripts begin large."""
        assert fallbacks(written)[0] == canonical

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("ja_JP", "ja-JP"),
            ("pt_BR.UTF-8", "pt-BR"),
            ("de_DE@euro", "de-DE"),
            ("zh hant TW", "zh-Hant-TW"),
            ("pt--BR", "pt-BR"),
        ],
    )
    def test_what_was_meant(self, written: str, meant: str) -> None:
        """What is nearly a tag, the name of a locale above all, is answered with the tag."""
        with pytest.raises(InvalidValueError, match=rf"is no language tag \(BCP 47\); write {meant}$"):
            fallbacks(written)

    @pytest.mark.parametrize(
        "written", ["", "japanese", "e", "*", "日本語", "en-", "en-toolongasubtag", "e" * 1000, "C", "12"]
    )
    def test_no_tag(self, written: str) -> None:
        """What is no tag says what one is like."""
        with pytest.raises(
            InvalidValueError, match=r"is no language tag .* (a tag is like ja, pt-BR or zh-Hant|write [a-z]+)$"
        ):
            fallbacks(written)

    @pytest.mark.parametrize("find", [library.bank, library.flow])
    def test_who_asks_for_none(self, find: object) -> None:
        """A bank and a flow are asked for with a tag."""
        assert callable(find)
        with pytest.raises(InvalidValueError, match=r"'ja_JP' is no language tag .*; write ja-JP"):
            find("team", language="ja_JP")
