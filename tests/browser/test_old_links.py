"""A link from before a name changed, opened in a browser: it shows what it showed, under today's address."""

import pytest

from browser.conftest import ROOT, serve, settle

#: The dashboard as it would be after two names have changed. The names are invented.
SCRIPT = f"""
import sys
from datetime import date

sys.path.insert(0, {str(ROOT)!r})

from two_shields.state import migrations

migrations.MIGRATIONS = (
    migrations.ParameterRenamed(date(2031, 1, 1), "It says what it is.", "who-is-in", "day", "as_of"),
    migrations.PageMoved(date(2031, 2, 1), "It tells of more.", "who-is-in", "initiatives"),
)
exec(open({str(ROOT / "app.py")!r}, encoding="utf-8").read())
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """The address of such a dashboard."""
    folder = tmp_path_factory.mktemp("changed")
    for name in ("pages", "assets"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "app.py").write_text(SCRIPT, encoding="utf-8")
    with serve(str(folder / "app.py")) as address:
        yield address


def test_an_old_path_with_an_old_parameter_leads_to_its_view(changed, page):
    page.goto(f"{changed}/who-is-in?view=overlap&day=2022-12-31")
    page.wait_for_url(f"{changed}/initiatives?view=overlap&as_of=2022-12-31")
    settle(page)
    assert page.locator("h1").inner_text() == "Initiatives"
    assert page.locator("h3").first.inner_text().startswith("As of 31 December 2022")
    assert page.get_by_test_id("stAlert").count() == 0
    assert page.get_by_test_id("stPlotlyChart").count() == 1
