"""Searching by words: all of them must occur, at the beginning of a word, whatever their case and accents."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from two_shields.record.cache import cached
from two_shields.record.record import Record

#: Letters that do not fall apart into a letter and its accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "–": "-", "‑": "-"}
)
#: What a search for claims looks through: columns of `Record.claims`.
SEARCHED = ("statement", "said_by", "note", "source_title", "source_publisher")


def folded(text: str) -> str:
    """The text without case and accents: `Türkiye` and `TURKIYE` are the same."""
    folded = text.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)
    return folded


def matcher(q: str | None) -> Callable[[str], bool]:
    """Says of a folded text whether all words of a search begin a word in it; everything matches no words."""
    words = folded(q or "").split()
    patterns = [re.compile((r"(?<!\w)" if re.match(r"\w", word) else "") + re.escape(word)) for word in words]
    return lambda text: all(pattern.search(text) for pattern in patterns)


@cached(most=1)
def texts(record: Record) -> Mapping[str, tuple[str, str]]:
    """What a search looks through, by claim id: the folded statement, and all that is searched of the claim."""
    claims = record.claims
    whole = zip(*(claims[name] for name in SEARCHED), strict=True)
    return MappingProxyType(
        {
            claim_id: (folded(parts[0]), folded(" \n ".join(parts)))
            for claim_id, parts in zip(claims["claim_id"], whole, strict=True)
        }
    )


def found(record: Record, claim_ids: Iterable[str], q: str) -> list[bool]:
    """Whether each of the claims holds all words of a search; a whole claim id finds that claim."""
    matches, exact, searched = matcher(q), q.strip().casefold(), texts(record)
    # A plain substring test is many times faster, and rules most claims out.
    longest = max(folded(q).split(), key=len, default="")
    return [
        (longest in searched[claim_id][1] and matches(searched[claim_id][1])) or claim_id == exact
        for claim_id in claim_ids
    ]
