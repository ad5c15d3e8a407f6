"""The HTML and text that the server writes around Streamlit's pages: templates, styles and scripts."""

from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

from two_shields.contract.project import LICENCE, TITLE
from two_shields.export import values
from two_shields.text.templates import environment
from two_shields.web import charts

#: Styles and scripts that stand in the HTML, by file name; written by us, and so not escaped.
ASSETS = MappingProxyType(
    {path.name: Markup(path.read_text("utf-8")) for path in sorted((Path(__file__).parent / "assets").iterdir())}
)

TEMPLATES = environment("two_shields.web")
TEMPLATES.filters |= {"in_words": values.in_words, "media": charts.media}
TEMPLATES.globals |= {"site": TITLE, "licence": LICENCE, "assets": ASSETS}


def render(template: str, **context: object) -> str:
    """The text of a template. A name that is missing in the context raises `jinja2.UndefinedError`."""
    return TEMPLATES.get_template(template).render(context)
