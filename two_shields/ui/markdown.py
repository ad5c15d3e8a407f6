"""Text of the record as Markdown."""

from two_shields.ui.streamlit_compat import letter_by_letter


def escape_markdown(text: str) -> str:
    """Text of the record or of a link as Markdown that says exactly that text."""
    text = letter_by_letter(text)
    for character in "\\`*_[]<>$:#~|&":
        text = text.replace(character, "\\" + character)
    return text
