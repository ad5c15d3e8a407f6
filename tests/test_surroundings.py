"""Another clock, another place, another language, Python without its assertions: the record says the same."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from test_web_links import LINKS
from web_client import Html, get, serve_whole

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(
    [*(ROOT / "two_shields").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py", ROOT / "server.py"]
)

#: What a function is called that looks at the clock. How long something took is another thing.
CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "ctime", "asctime"}
#: Newer data that were refused are dated, for readers: the one clock that the code looks at.
MAY_LOOK = "two_shields/record/live.py"
#: What depends on the language of the machine.
TONGUES = {"setlocale", "strcoll", "strxfrm", "strftime", "month_name", "month_abbr", "day_name", "day_abbr"}
#: What makes a moment of text, and the texts by which it looks at the clock.
MOMENTS, AT_ONCE = {"Timestamp", "to_datetime", "datetime64", "Period"}, {"now", "today"}
#: How a value is written in the language of the machine: the names of months and days, its own order, its own commas.
SPOKEN = re.compile(r"%[-_^#]?[aAbBcxXpPhZ]|n$")


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """A copy of the tables in which a member's status is none that there is."""
    folder = tmp_path_factory.mktemp("broken") / "data"
    shutil.copytree(ROOT / "data", folder)
    table = folder / "memberships.csv"
    table.write_text(table.read_text("utf-8").replace(",lead,", ",leader,", 1), encoding="utf-8", newline="\n")
    return folder


def heard(*flags, broken, around=(), **environment):
    """What is said in a process with these flags, in this environment."""
    run = subprocess.run(
        [*around, sys.executable, *flags, "-m", "tests.what_is_said", str(broken)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def usual(broken):
    said = heard(broken=broken, TZ="UTC", LC_ALL="C.UTF-8")["said"]
    assert len(said["refused"]) == 1 and any("leader" in fault for fault in said["refused"][0])
    return said


@pytest.mark.process
def test_the_same_where_today_is_tomorrow_in_another_century_and_without_a_language(usual, broken):
    # Debian's faketime turns the clock; without it only the time zone is odd, and nothing looks at the clock (below).
    turned = ["faketime", "-f", "@1999-12-31 23:59:58"] if shutil.which("faketime") else []
    odd = heard(
        "-X", "utf8=0", around=turned, broken=broken, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONCOERCECLOCALE="0",
        PYTHONHASHSEED="1",
    )  # fmt: skip
    assert odd["locale"] == "C"
    assert (odd["year"] in (1999, 2000)) == bool(turned)
    assert odd["said"] == usual


@pytest.mark.process
def test_the_same_in_turkish_where_today_is_yesterday_and_without_assertions(usual, broken, tmp_path):
    if shutil.which("localedef") is None or not Path("/usr/share/i18n/locales/tr_TR").is_file():
        pytest.skip("the Turkish locale cannot be made here (Debian: apt-get install locales)")
    command = ["localedef", "-i", "tr_TR", "-f", "UTF-8", "--no-archive", str(tmp_path / "tr_TR.UTF-8")]
    subprocess.run(command, check=True, capture_output=True)
    odd = heard(
        "-OO", broken=broken, LOCPATH=str(tmp_path), LC_ALL="tr_TR.UTF-8", TZ="America/Los_Angeles", PYTHONHASHSEED="2"
    )
    assert (odd["locale"], odd["optimised"]) == ("tr_TR.UTF-8", 2)
    assert odd["said"] == usual


def looks(code: str, may_look: bool = False) -> list[str]:
    """Where a piece of code looks at the clock or asks for the machine's language."""
    clocks = set() if may_look else CLOCKS
    found = []
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Attribute(attr=name):
                # What a value or a name is now, and `LiveRecord`'s own clock.
                looked = name in clocks | TONGUES and ast.unparse(node) not in ("row.now", "change.now", "self.now")
            case ast.ImportFrom(module=module, names=names):
                looked = module == "locale" or (
                    module in ("time", "calendar") and bool({one.name for one in names} & (clocks | TONGUES))
                )
            case ast.Import(names=names):
                looked = "locale" in {one.name for one in names}
            case ast.Call(func=function, args=[ast.Constant(value=str(text)), *_]):
                looked = text in AT_ONCE and ast.unparse(function).rpartition(".")[2] in MOMENTS
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=parts)):
                looked = any(isinstance(part, ast.Constant) and SPOKEN.search(part.value) for part in parts)
            case _:
                looked = False
        if looked:
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


def test_nothing_looks_at_the_clock_or_asks_for_the_language():
    found = {str(path.relative_to(ROOT)): looks(path.read_text("utf-8"), path == ROOT / MAY_LOOK) for path in CODE}
    assert {path: places for path, places in found.items() if places} == {}


def test_no_check_is_left_out_where_assertions_are():
    """`python -O` runs no `assert`: what the program relies on is checked by `if` and `raise`."""
    asserted = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Name) and node.id == "__debug__")
    ]
    assert asserted == []


def test_nothing_is_read_or_written_in_the_machines_own_encoding():
    calls = {"open", "read_text", "write_text"}
    bare = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) != "read_text"  # ours, which is given bytes
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) in calls
        and ast.unparse(node.func) not in ("Image.open", "self._kaleido.open")
        and not any(keyword.arg == "encoding" for keyword in node.keywords)
        and not any(isinstance(given, ast.Constant) and given.value in ("utf-8", "rb", "wb") for given in node.args)
    ]
    assert bare == []


@pytest.mark.process
def test_a_server_without_assertions_language_and_the_right_day_has_the_same_titles(monkeypatch):
    odd = {
        "PYTHONOPTIMIZE": "2",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    for name, value in odd.items():
        monkeypatch.setenv(name, value)
    with serve_whole() as address:
        for link, title in {urlsplit(link).path: (link, title) for link, title in LINKS}.values():  # one of each page
            found = Html(get(address + link).text).texts["title"][0]
            assert re.fullmatch(".*".join(map(re.escape, title.split("*"))) + " · Two Shields", found), link
