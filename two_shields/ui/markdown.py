"""Text of the record as Markdown."""

from __future__ import annotations

import re

#: What Streamlit makes icons, arrows and links of even where Markdown is escaped (1.67). An invisible character that
#: joins words stands between the parts of each.
_MADE_INTO_MORE = re.compile(
    r"(?<=:)(?=material/|streamlit:|//)|(?<=-)(?=[->])|(?<=<)(?=-)|(?<=[<>~])(?==)|(?<=w)(?=ww\.)|(?=@)", re.IGNORECASE
)
_JOINER = "\u2060"


def escape_markdown(text: str) -> str:
    """Text of the record or of a link as Markdown that says exactly that text."""
    text = _MADE_INTO_MORE.sub(_JOINER, text)
    for character in "\\`*_[]<>$:#~|&":
        text = text.replace(character, "\\" + character)
    return text
