"""Take pictures of every view of every page, wide and narrow, light and dark.

`make screenshots` runs this. It starts the dashboard on a free port and writes
build/screenshots/<page>[-view]-<width>-<theme>.png, each the page from top to bottom. Only a picture that a document
shows is kept in the repository: it goes to docs/.
`make screenshots ONLY=aid` takes the pictures whose names contain "aid".
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser.conftest import launch, serve, settle, watch  # noqa: E402

from two_shields.state.views import PAGES  # noqa: E402

WIDTHS = {1280: 900, 390: 844}  # and the height of such a screen, in pixels
THEMES = ("light", "dark")
TALLEST = 6000
COLOURS = 256
#: Where the pictures go that nobody shows. Git does not see this folder.
OUT = ROOT / "build" / "screenshots"


def views() -> Iterator[tuple[str, str]]:
    """The name and the address of each view."""
    for path, page in PAGES.items():
        name = path or "overview"
        choices = next((parameter for parameter in page.parameters() if parameter.name == "view"), None)
        if choices is None:
            yield name, page().link()
        else:
            for view in choices.words:
                yield f"{name}-{view}", page(view=view).link()


def take(browser: Browser, address: str, link: str, width: int, theme: str) -> bytes:
    """A picture of a whole page: the window is made as tall as what it holds."""
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=theme,
        reduced_motion="reduce",
        has_touch=width < 600,
        locale="en-GB",
    )
    page = watch(context.new_page(), address)
    page.goto(address + link)
    settle(page)
    height = page.locator('[data-testid="stMain"]').evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(height, WIDTHS[width]), TALLEST)})
    settle(page)
    picture = page.screenshot(animations="disabled")
    for problem in page.console_errors + page.foreign_requests:
        print(f"  {problem}", file=sys.stderr)
    context.close()
    return picture


def shown() -> set[str]:
    """The names of the pictures in docs/ that a document shows."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    return set(
        re.findall(r"!\[[^\]]*\]\((?:docs/)?([\w-]+\.png)\)", "".join(path.read_text("utf-8") for path in documents))
    )


def smaller(picture: bytes) -> bytes:
    """The same picture with a palette, where that makes it smaller."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    packed = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    return min(picture, packed.getvalue(), key=len)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python tools/screenshots.py", description="Take pictures of every view.")
    parser.add_argument("--out", type=Path, help="the folder to write all of them to")
    parser.add_argument("--only", default="", help="take those whose names contain this")
    options = parser.parse_args()
    wanted = [
        (f"{name}-{width}-{theme}.png", link, width, theme)
        for name, link in views()
        for width in WIDTHS
        for theme in THEMES
        if options.only in f"{name}-{width}-{theme}"
    ]
    if not wanted:
        sys.exit(f"No picture has {options.only!r} in its name.")
    in_docs = shown()
    with serve() as address, sync_playwright() as playwright, launch(playwright) as browser:
        for file, link, width, theme in wanted:
            picture = smaller(take(browser, address, link, width, theme))
            folder = options.out or (ROOT / "docs" if file in in_docs else OUT)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(picture)
            print(f"{file}  {len(picture) / 1024:.0f} kB")


if __name__ == "__main__":
    main()
