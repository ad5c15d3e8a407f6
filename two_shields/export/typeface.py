"""The pages' own typeface, for words that are set in pictures."""

import base64
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

#: As the pages call it. Where it is missing, others that are about as narrow.
FAMILY = "Source Sans, Source Sans Pro, DejaVu Sans Condensed, Arial Narrow, sans-serif"


@cache
def font(size: int, weight: str) -> ImageFont.FreeTypeFont:
    """The pages' own letters, which come with Streamlit; otherwise the machine's, or Pillow's."""
    for path in _of_streamlit():
        letters = ImageFont.truetype(path, size)
        letters.set_variation_by_name(weight)
        return letters
    names = ("DejaVuSans.ttf",) if weight == "Regular" else ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf")
    for name in names:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


@cache
def style() -> str:
    """The typeface as a style element. A picture has to bring its own: of the page around it, it sees none."""
    faces = (
        f'@font-face{{font-family:"Source Sans";font-weight:200 900;src:url(data:font/woff2;base64,{letters})}}'
        for letters in (base64.b64encode(path.read_bytes()).decode() for path in _of_streamlit())
    )
    return f"<style>{''.join(faces)}</style>"


def _of_streamlit() -> list[Path]:
    found = find_spec("streamlit")  # finds the package, and does not import it
    if found is None or found.origin is None:
        return []
    return sorted(Path(found.origin).parent.glob("static/static/media/SourceSansVF-Upright.*.woff2"))[:1]
