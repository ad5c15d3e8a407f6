"""Data flows one way: data, record, view, frame, figure, page. Nothing looks back.

Read from the imports themselves, and from what an interpreter has loaded after them.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "two_shields"

#: The layers below the figures, which draw nothing.
DRAWS_NOTHING = (
    "vocabulary",
    "memory",
    "fault",
    "editions",
    "migrations",
    "snapshot",
    "current",
    "rules",
    "table_text",
    "geometry",
    "schema",
    "dates",
    "articles",
    "checks",
    "record",
    "narrowing",
    "datapackage",
    "parameters",
    "views",
    "buying",
    "downloads",
    "examples",
    "method",
    "membership",
    "search",
    "selection",
    "labels",
    "frames",
)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported(name: str, source: str, is_package: bool = False) -> set[str]:
    """What a module's text imports, wherever in it: modules, and what is taken from them, under their full names."""
    package = name.split(".") if is_package else name.split(".")[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "importlib.import_module"):
            found |= {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
    return found


IMPORTS = {name: imported(name, path.read_text("utf-8"), path.stem == "__init__") for name, path in MODULES.items()}


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def reached(name: str) -> set[str]:
    """All that a module imports, and what its own imports within the package do in turn."""
    todo, seen = [name], set()
    while todo:
        for found in IMPORTS[todo.pop()] - seen:
            seen.add(found)
            if found in IMPORTS:
                todo.append(found)
    return seen


def below_figures() -> list[str]:
    return [name for name in MODULES if any(is_within(name, f"two_shields.{layer}") for layer in DRAWS_NOTHING)]


def test_imports_are_read_in_every_form():
    lines = ("import a.b", "from c import d", "from . import e", "from ..f import g", "if 1: import i as j")
    source = "\n".join((*lines, "importlib.import_module('h')"))
    assert imported("p.q.r", source) == {"a.b", "c", "c.d", "p.q", "p.q.e", "p.f", "p.f.g", "h", "i"}
    assert imported("p.q", "from . import e", is_package=True) == {"p.q", "p.q.e"}


def test_the_layers_are_there():
    assert all(f"two_shields.{layer}" in MODULES for layer in (*DRAWS_NOTHING, "figures", "ui"))


@pytest.mark.parametrize("name", [name for name in MODULES if not is_within(name, "two_shields.ui")])
def test_only_ui_imports_streamlit(name):
    assert not {found for found in IMPORTS[name] if is_within(found, "streamlit")}
    assert not {found for found in reached(name) if is_within(found, "two_shields.ui")}


@pytest.mark.parametrize("name", below_figures())
def test_what_is_below_the_figures_draws_nothing(name):
    assert not {
        found for found in reached(name) if is_within(found, "plotly") or is_within(found, "two_shields.figures")
    }


@pytest.mark.parametrize("name", MODULES)
def test_the_library_knows_neither_pages_nor_app(name):
    assert not {found for found in IMPORTS[name] if any(is_within(found, top) for top in ("pages", "app", "server"))}


@pytest.mark.parametrize("layer", ["vocabulary", "dates", "fault", "editions", "migrations"])
def test_the_contract_stands_on_nothing_of_ours(layer):
    assert not {found for found in IMPORTS[f"two_shields.{layer}"] if is_within(found, "two_shields")}


def test_loading_what_is_below_the_figures_loads_neither_streamlit_nor_plotly():
    code = f"import {', '.join(below_figures())}, sys; print(sorted({{'streamlit', 'plotly'}} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
