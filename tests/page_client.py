"""A page as tests of pages open and read it."""

from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parent.parent / "app.py"
#: Set once the first run of a session has sent its first chart; a browser then asks for the rest.
BEGUN = "window:has-begun"

# For each page that AppTest opens, Streamlit (1.67) reads what every installed package says of itself, looking for
# components: three quarters of the time that a page takes. Once is enough.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def opened(page: str, **query) -> AppTest:
    """The page as the very first thing that a reader opens."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.switch_page(f"pages/{page}.py")
    app.session_state[BEGUN] = True
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def heading(app: AppTest) -> str:
    (subheader,) = app.subheader
    return subheader.value.replace("\\", "")


def texts(app: AppTest, *kinds: str) -> list[str]:
    """What the page says in elements of these kinds, kind by kind, as it stands there."""
    return [element.value.replace("\\", "") for kind in kinds for element in app.get(kind)]


def address(app: AppTest) -> dict[str, list[str]]:
    """The parameters of the address, as lists."""
    return {name: [value] if isinstance(value, str) else value for name, value in app.query_params.items()}


def unfolded(app: AppTest, exhibit: str, part: str = "rows") -> AppTest:
    """The page with the table of an exhibit open, or its `notes`: what is closed is not sent."""
    app.session_state[f"{exhibit}:{part}"] = True
    return app.run()
