"""Searching by words: all of them must occur, at the beginning of a word, whatever their case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pandas as pd

#: Letters that do not fall apart into a letter and its accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "–": "-", "‑": "-"}
)
#: What a search for claims looks through: columns of `Record.claims`.
SEARCHED = ("statement", "said_by", "note", "source_title", "source_publisher")


def folded(text: str) -> str:
    """The text without case and accents: `Türkiye` and `TURKIYE` are the same."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)


def matcher(q: str | None) -> Callable[[str], bool]:
    """Says of a folded text whether all words of a search begin a word in it; everything matches no words."""
    words = folded(q or "").split()
    patterns = [re.compile((r"(?<!\w)" if re.match(r"\w", word) else "") + re.escape(word)) for word in words]
    return lambda text: all(pattern.search(text) for pattern in patterns)


def found(claims: pd.DataFrame, q: str) -> pd.Series:
    """Whether each of the claims holds all words of a search; a whole claim id finds that claim."""
    texts = claims[list(SEARCHED)].agg(" \n ".join, axis=1).map(folded)
    return texts.map(matcher(q)).astype(bool) | (claims["claim_id"] == q.strip().casefold())
