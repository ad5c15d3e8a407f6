"""The README's table of pages: every address, question, parameter and code. `make readme` writes it anew."""

import re
from pathlib import Path

from two_shields.state.parameters import Parameter, View
from two_shields.state.views import PAGES

README = Path(__file__).resolve().parent.parent / "README.md"


def _parameter(parameter: Parameter) -> str:
    codes = f" ({', '.join(parameter.words)})" if parameter.kind == "one" else ""
    views = f" in {', '.join(parameter.views)}" if parameter.views else ""
    return f"`{parameter.name}`" + (r"\*" if parameter.kind == "many" else "") + codes + views


def row(page: type[View]) -> str:
    """A page's line of the table; the parameters that stand on every page are told once, beside it."""
    parameters = ", ".join(_parameter(one) for one in page.parameters() if one.name not in ("evidence", "data"))
    return f"| `/{page.path}` | {page.question} | {parameters}{' ' if parameters else ''}|"


def written(text: str) -> str:
    """The README's text with the table as the pages are."""
    table = "\n".join(map(row, PAGES.values())) + "\n"
    return re.sub(r"(?:^\| `/\w*` \|.*\n)+", lambda _: table, text, count=1, flags=re.MULTILINE)


if __name__ == "__main__":
    README.write_text(written(README.read_text("utf-8")), encoding="utf-8", newline="\n")
