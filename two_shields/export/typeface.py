"""The pages' own typeface, for words that are set in pictures."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont


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


def _of_streamlit() -> list[Path]:
    found = find_spec("streamlit")  # finds the package, and does not import it
    if found is None or found.origin is None:
        return []
    return sorted(Path(found.origin).parent.glob("static/static/media/SourceSansVF-Upright.*.woff2"))[:1]
