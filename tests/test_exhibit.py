"""What an exhibit says of how well its marks are sourced."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from two_shields.exhibits import registry
from two_shields.state.views import InitiativesView

APP = Path(__file__).resolve().parent.parent / "app.py"
WEAK = "Weakly sourced"


def matrix(mark: str | None = None) -> AppTest:
    """The matrix, with a cell chosen."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.switch_page("pages/initiatives.py")
    app.query_params["view"] = "matrix"
    if mark:
        app.session_state["initiatives-matrix:mark"] = mark
    return app.run()


@pytest.fixture(scope="module")
def rows(record):
    return registry.frame_of(record, InitiativesView(view="matrix")).rows.set_index("mark")


def test_the_caption_counts_the_weakly_sourced_marks(rows):
    weak = int(rows["weak"].sum())
    assert 0 < weak < len(rows)
    words = f"Weak sources alone (republications or unknown outlets): {weak} of {len(rows)}."
    assert any(words in caption.value for caption in matrix().caption)


@pytest.mark.parametrize("weak", [True, False])
def test_the_evidence_of_a_weakly_sourced_mark_says_so_and_no_other(rows, weak):
    app = matrix(rows.index[rows["weak"] == weak][0])
    assert not app.exception
    badges = [markdown.value for markdown in app.markdown if WEAK in markdown.value]
    assert bool(badges) == weak
