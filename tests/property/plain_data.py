"""Strategies for plain data that a document may hold, with a taste for what readers misunderstand."""

from hypothesis import strategies as st

TRAPS = [
    "", " ", "no", "No", "NO", "yes", "on", "off", "y", "n", "Y", "true", "True", "FALSE", "null", "Null", "~", "=", "<<", "-",
    "--", "---", "...", "?", ":", "a:", ":a", "a: b", "a:b", "a #b", "a#b", "#a", "!a", "&a", "*a", "%a", "@a", "`a", "|", ">",
    "10:00", "1:2:3", "2026-11-01", "2026-11-01T09:00:00Z", "2026-11-01 10:00:00", "1_000", "1,000", ".5", "5.", "1e5", "1.0e+5",
    "0o7", "0x1f", "007", "010", "0b11", "+1", "-1", ".inf", "-.INF", ".nan", ".NaN", "1.10", "12 no", "3 times", "2026 plan",
    " a", "a ", "a\n", "\na", "a\nb", "a\nb\n", "a\n\nb\n", "a\n b\n", " a\nb", "a\nb\n\n", "\n", "\n\n", "a \nb", "a\n\tb", "\ta",
    "a\tb", "a\n#b\n", "a\n---\nb", "a\u2028b", "a\u2029b", "a\ufeffb", "\ufeffa", "a\ufffe", "a\uffffb", "\ufdd0", "a\u00a0", "\u00a0a",
    "é", "e\u0301", "日本語", "🙂", "'", '"', "it's", 'a "b"', "\\", "a\\nb", "[a]", "{a}", "a, b", "a]", "}", "[", "x-y", "null-ish",
    "x" * 130, "word " * 500, "ab " * 3000 + "c", "🙂" * 9000, " " * 3000, "\\" * 4100, "a\n" + "b" * 3000, "true story", "1 a", "999 b",
]  # fmt: skip
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
TEXTS = st.one_of(st.sampled_from(TRAPS), st.text(CHARACTERS, max_size=30), st.text("ab \n:#-,'\"[]{}", max_size=12))
NUMBERS = st.one_of(st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False))
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)


def _unique(keys_and_values: list[tuple[str, object]]) -> dict[str, object]:
    from unicodedata import normalize

    seen: set[str] = set()
    return {k: v for k, v in keys_and_values if not ((same := normalize("NFC", k)) in seen or seen.add(same))}


def mappings(
    values: st.SearchStrategy[object], keys: st.SearchStrategy[str] = TEXTS
) -> st.SearchStrategy[dict[str, object]]:
    return st.lists(st.tuples(keys, values), max_size=5).map(_unique)


DATA = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | mappings(inner), max_leaves=12)
DOCUMENTS = mappings(DATA)


def same(one: object, other: object) -> bool:
    """Equal, and of the same types all the way down: 1 is neither True nor 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(v, other[k]) for k, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other
