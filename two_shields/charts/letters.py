"""How wide words are in the page's typeface, so that a drawing can tell beforehand which labels would touch.

Hundredths of the letter size, of the characters from the space to `~`, measured in Source Sans as Streamlit serves it.
"""

from functools import lru_cache

_REGULAR = (
    20, 29, 43, 50, 50, 82, 61, 25, 30, 30, 42, 50, 25, 31, 25, 35, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 25, 25, 50, 50,
    50, 42, 85, 54, 59, 57, 62, 53, 49, 62, 65, 26, 48, 58, 49, 73, 65, 66, 57, 66, 57, 53, 54, 65, 52, 79, 51, 48, 54, 30,
    35, 30, 50, 50, 54, 50, 55, 46, 55, 50, 29, 50, 54, 25, 25, 49, 26, 83, 55, 54, 55, 55, 35, 42, 34, 54, 47, 72, 45, 47,
    42, 30, 24, 30, 50,
)  # fmt: skip
_BOLD = (
    20, 34, 54, 53, 53, 86, 67, 30, 34, 34, 46, 53, 30, 33, 30, 34, 53, 53, 53, 53, 53, 53, 53, 53, 53, 53, 30, 30, 53, 53,
    53, 46, 90, 57, 61, 58, 63, 55, 52, 64, 67, 30, 51, 61, 52, 76, 67, 68, 60, 68, 61, 56, 56, 66, 56, 81, 57, 53, 54, 34,
    34, 34, 53, 50, 56, 53, 57, 47, 57, 52, 34, 53, 57, 28, 28, 55, 29, 86, 57, 56, 57, 57, 40, 44, 38, 57, 52, 78, 51, 52,
    46, 34, 27, 34, 53,
)  # fmt: skip
#: Of characters beyond the table; letters with marks and most signs are narrower.
_OTHER = 60


@lru_cache(maxsize=65536)
def width(text: str, size: float, *, bold: bool = False) -> float:
    widths = _BOLD if bold else _REGULAR
    return size / 100 * sum(widths[ord(one) - 32] if 32 <= ord(one) < 127 else _OTHER for one in text)


def wrap(text: str, room: float, size: float) -> list[str]:
    """The text in lines no wider than the room, in pixels; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=4096)
def narrowest(text: str, size: float, lines: int, most: float) -> tuple[str, ...]:
    """The text in at most that many lines, as narrow as can be; what needs more room than `most` is cut."""
    room = width(text, size) / lines
    while len(found := wrap(text, room, size)) > lines and room < most:
        room += 6
    if len(found) <= lines:
        return tuple(found)
    last = found[lines - 1]
    while last and width(f"{last} …", size) > most:
        last = last.rpartition(" ")[0]
    return (*found[: lines - 1], f"{last} …")
