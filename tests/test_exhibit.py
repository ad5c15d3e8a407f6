"""What an exhibit says of how well its marks are sourced."""

import pytest
from page_client import address, opened, texts
from streamlit.testing.v1 import AppTest

from two_shields.exhibits import registry
from two_shields.state.views import InitiativesView


def matrix(mark: str | None = None) -> AppTest:
    """The matrix, with a cell chosen."""
    return opened("initiatives", view="matrix", **({"mark": mark} if mark else {}))


@pytest.fixture(scope="module")
def rows(record):
    return registry.frame_of(record, InitiativesView(view="matrix")).rows.set_index("mark")


def test_the_caption_counts_the_weakly_sourced_marks(rows):
    weak = int(rows["weak"].sum())
    assert 0 < weak < len(rows)
    words = f"Weak sources alone (republications or unknown outlets): {weak} of {len(rows)}."
    assert words in "\n".join(texts(matrix(), "caption"))


def test_the_evidence_of_a_weakly_sourced_mark_says_so_and_no_other(rows):
    for weak in (True, False):
        app = matrix(rows.index[rows["weak"] == weak][0])
        assert not app.exception
        assert any("weak sources alone" in text for text in texts(app, "markdown")) == weak


def test_a_link_opens_with_the_evidence_of_its_mark():
    app = matrix("essi|EST")
    assert address(app)["mark"] == ["essi|EST"] and not app.warning
    assert "NATO, 13 October 2022; grade A" in "\n".join(texts(app, "markdown", "caption"))


def test_a_mark_that_no_chart_has_is_named_and_leaves_the_address():
    app = matrix("essi|XXX")
    (warning,) = app.warning
    assert warning.value == "This link's `mark=essi|XXX` was left out: no chart of this view has a mark of that name."
    assert address(app) == {"view": ["matrix"]}
