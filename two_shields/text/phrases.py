"""Lists, counts and amounts, as readers write them."""

import math
from collections.abc import Sequence


def join(names: Sequence[str], *, most: int = 0) -> str:
    """`A, B and C`; beyond `most` names, `A, B and 3 more`."""
    names = list(names)
    if most and len(names) > most:
        names = [*names[:most], f"{len(names) - most} more"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(number: int) -> str:
    """Up to twelve in words, `none` and `six`; else in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def spelled(count: int, one: str, many: str = "") -> str:
    """A count for the beginning of a sentence: `six countries`, `no country`, `23 countries`."""
    return f"{number(count) if count else 'no'} {one if count in (0, 1) else many or one + 's'}"


def the(name: str, *, middle: bool = False) -> str:
    """A country's name in a sentence: `the Netherlands`, `France`; with a capital where it is not in the middle."""
    if name.startswith(("United ", "Netherlands", "EU ")):
        return ("the " if middle else "The ") + name
    return name


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def count(number: int, one: str, many: str = "") -> str:
    """`1 country`, `1,226 claims`, `no country`."""
    return f"{f'{number:,}' if number else 'no'} {one if number in (0, 1) else many or one + 's'}"


def euros(amount: float, *, short: bool = False) -> str:
    """Three digits that count: `€2.7 billion`, `€84.4 billion`, `€750 million`; short: `€2.7 bn`."""
    for size, unit, symbol in ((1e9, "billion", "bn"), (1e6, "million", "m")):
        if abs(amount) >= size:
            scaled = amount / size
            digits = max(0, 2 - int(math.log10(abs(scaled))))
            text = f"{scaled:,.{digits}f}"
            text = text.rstrip("0").rstrip(".") if "." in text else text
            return f"€{text} {symbol if short else unit}"
    return f"€{amount:,.0f}"


def title(title: str) -> str:
    """A source's title as readers see it; a description in its place, which the table has in brackets, says so."""
    return f"{title[1:-1]} (our words)" if title.startswith("[") else title
