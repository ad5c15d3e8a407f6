"""`make guards`: a fault is seen where its test fails, and nowhere else."""

from pathlib import Path

import pytest

from tools.guards import Broken, misplaced, seen

pytestmark = pytest.mark.process


@pytest.fixture
def project(tmp_path) -> Path:
    """A project of one line."""
    (tmp_path / "one.py").write_text("ONE = 1\n", "utf-8")
    (tmp_path / "test_one.py").write_text("import one\n\n\ndef test_one():\n    assert one.ONE == 1\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("becomes", "red", "reason"),
    [
        ("2", True, "assert 2 == 1"),
        ("1.0", False, "1 passed"),
        ("", False, "one.py"),
    ],
    ids=["seen", "not seen", "not run"],
)
def test_only_a_test_that_fails_has_seen_a_fault(becomes, red, reason, project):
    found, why = seen(Broken("", "", "one.py", "1", "test_one.py::test_one", becomes), project)
    assert found is red and reason in why
    assert (project / "one.py").read_text("utf-8") == "ONE = 1\n", "the fault is still there"


@pytest.mark.parametrize(("was", "places"), [("2", 0), (" ", 2)])
def test_a_fault_without_its_one_place_is_not_put_in(was, places, project):
    found, why = seen(Broken("", "one too many", "one.py", was, "test_one.py::test_one"), project)
    assert not found and why == f"one.py has {places} places for the fault “one too many”; one is needed"


@pytest.mark.parametrize("red", ["test_one.py::test_two", "test_two.py::test_one"])
def test_a_fault_without_its_test_is_not_put_in(red, project):
    assert misplaced(Broken("", "untold", "one.py", "1", red), project) == f"there is no {red} for the fault “untold”"
