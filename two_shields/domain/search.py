"""Searching by words: all of them must occur, at the beginning of a word, whatever their case and accents."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import filterfalse

import numpy as np

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
        folded = "".join(filterfalse(unicodedata.combining, apart)).translate(_LETTERS)
    return folded


def matcher(q: str | None) -> Callable[[str], bool]:
    """Says of a folded text whether all words of a search begin a word in it; everything matches no words."""
    patterns = [*map(_beginning, folded(q or "").split())]
    return lambda text: all(pattern.search(text) for pattern in patterns)


def _beginning(word: str) -> re.Pattern[str]:
    """The word where it begins one; to look back after it lets Python find the word as fast as any text."""
    escaped = re.escape(word)
    return re.compile(escaped + (rf"(?<!\w{escaped})" if re.match(r"\w", word) else ""))


def found(record: Record, q: str) -> dict[str, bool]:
    """The claims that hold all words of a search, in the table's order, each with whether its statement holds them.

    A whole claim id finds that claim. The rarest word, as likely as not the longest, chooses the claims to look through.
    """
    text, begins, ends, claim_ids = _in_a_row(record)
    *others, first = sorted(set(folded(q).split()), key=len) or [""]
    line = re.compile(_beginning(first).pattern + r"[^\n]*\n")  # one place in each claim
    places = np.array([hit.start() for hit in line.finditer(text)], dtype=int)
    claims = np.searchsorted(begins, places, "right") - 1
    columns = (claims, places, begins[claims], ends[claims], begins[claims + 1])
    lines = list(zip(*(column.tolist() for column in columns), strict=True))
    for pattern in map(_beginning, others):
        lines = [
            (claim, max(place, hit.start()), begin, told, end)
            for claim, place, begin, told, end in lines
            if (hit := pattern.search(text, begin, end))
        ]
    held = {claim: place < told for claim, place, _, told, _ in lines}
    if (whole := q.strip().casefold()) in claim_ids:
        exact = claim_ids.index(whole)
        held.setdefault(exact, matcher(q)(text[begins[exact] : ends[exact]]))
    return {claim_ids[claim]: held[claim] for claim in sorted(held)}


@cached(most=1)
def _in_a_row(record: Record) -> tuple[str, np.ndarray, np.ndarray, tuple[str, ...]]:
    """All that is searched as one text, a line per claim: to look through one long text is many times faster than through each.

    Where in it each line begins, and its statement ends; the claims' ids.
    """
    claims, once = record.claims, cache(folded)  # many claims have a title and a publisher in common
    parts = [[once(text).replace("\n", " ") for text in claims[name].tolist()] for name in SEARCHED]
    lines = [" \t ".join(words) + "\n" for words in zip(*parts, strict=True)]
    begins = np.cumsum([0, *map(len, lines)])
    ends = begins[:-1] + [len(statement) for statement in parts[0]]
    return "".join(lines), begins, ends, tuple(claims["claim_id"])
