"""The faults that `make guards` puts in: each still has its place and its test, and the page lists what was seen."""

import re
from pathlib import Path

import pytest

from tools import guards
from tools.guards import LISTS, PAGE, ROOT, Broken, as_markdown, listed, seen

FAULTS = listed()


def test_there_are_faults_for_every_promise():
    assert len({fault.about for fault in FAULTS}) == len(list(LISTS.glob("*.toml"))) == 6
    assert len({fault.says for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.says)
def test_a_fault_has_its_one_place_and_its_test(fault):
    assert (ROOT / fault.file).read_text("utf-8").count(fault.was) == 1
    assert fault.was != fault.becomes
    file, _, test = fault.red.partition("::")
    assert re.search(rf"^def {re.escape(test.partition('[')[0])}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE)


def test_the_page_lists_what_was_seen():
    """`make guards` writes it, where every fault turned its test red."""
    assert PAGE.read_text("utf-8") == as_markdown(FAULTS)


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
    assert guards.tested(project, "test_one.py")[0] == 0, "the fault is still there"


@pytest.mark.parametrize(("was", "places"), [("2", 0), (" ", 2)])
def test_a_fault_without_its_one_place_is_not_put_in(was, places, project):
    found, why = seen(Broken("", "one too many", "one.py", was, "test_one.py"), project)
    assert not found and why == f"one.py has {places} places for the fault “one too many”; one is needed"
