"""What the tests guard against, put in on purpose: each fault must turn its test red.

`make guards` runs this. tests/guards/ lists the faults. First, each has to have its one place in the code, and its test;
then each is put into a copy of the project, alone, and its test is run there. docs/guards.md lists those that went red.
`make guards ONLY=card` tries those in whose words, file or test "card" stands; the others' lines stay as they are.
"""

import argparse
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from two_shields.text.progress import progress  # noqa: E402

LISTS = ROOT / "tests" / "guards"
PAGE = ROOT / "docs" / "guards.md"
#: What `make` has made, which a copy shares.
MADE = (".venv", "build")
#: Seconds. A test that a fault keeps waiting for ever would hold up everybody; nobody would see red.
LONGEST_TEST = 400
#: What pytest ends with where tests have failed; all else is no test that has seen the fault.
FAILED = 1

_HEAD = """# What each guard has been seen to catch

Written by `make guards`: each of these faults was put in, alone, and its test went red. The faults, word for word, are in
[tests/guards](../tests/guards).
"""


@dataclass(frozen=True)
class Broken:
    """A fault to be put in: in `file`, the one place that reads `was` is made to read `becomes`."""

    about: str
    says: str
    file: str
    was: str
    red: str
    becomes: str = ""

    @contextmanager
    def put_in(self, folder: Path) -> Iterator[None]:
        """The copy in that folder has it meanwhile. Raises `ValueError` where it is `misplaced` there."""
        if problem := misplaced(self, folder):
            raise ValueError(problem)
        path = folder / self.file
        text = path.read_text("utf-8")
        path.write_text(text.replace(self.was, self.becomes), "utf-8")
        try:
            yield
        finally:
            path.write_text(text, "utf-8")


def listed() -> list[Broken]:
    """All of them, list by list, in the order of their numbers."""
    return [
        Broken(about=table["about"], **fault)
        for path in sorted(LISTS.glob("*.toml"))
        for table in [tomllib.loads(path.read_text("utf-8"))]
        for fault in table["fault"]
    ]


def misplaced(fault: Broken, folder: Path = ROOT) -> str:
    """What is wrong with the fault's entry in its list: it has no place, several, or no test. Empty where it is right."""
    path = folder / fault.file
    if (found := path.read_text("utf-8").count(fault.was) if path.is_file() else 0) != 1:
        return f"{fault.file} has {found} places for the fault “{fault.says}”; one is needed"
    if fault.was == fault.becomes:
        return f"“{fault.says}” changes nothing"
    file, _, test = fault.red.partition("::")
    definition = re.compile(rf"^def {re.escape(test.partition('[')[0])}\(", re.MULTILINE)
    if not (folder / file).is_file() or not definition.search((folder / file).read_text("utf-8")):
        return f"there is no {fault.red} for the fault “{fault.says}”"
    return ""


def row(fault: Broken) -> str:
    """The fault's line on the page."""
    says = fault.says.replace("|", "\\|")
    return f"| {says} | `{fault.file}` | `{fault.red.removeprefix('tests/')}` |\n"


def as_markdown(faults: Iterable[Broken]) -> str:
    """The page that says what was seen."""
    page, about = [_HEAD], ""
    for fault in faults:
        if fault.about != about:
            about = fault.about
            page.append(f"\n## {about}\n\n| the fault | put into | turns red |\n|---|---|---|\n")
        page.append(row(fault))
    return "".join(page)


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of the project as it is now, what `make` has made left where it is."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    with tempfile.TemporaryDirectory(prefix="guards-") as temporary:
        folder = Path(temporary) / "project"
        for name in filter(None, listing.stdout.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        for name in MADE:
            (folder / name).symlink_to(ROOT / name)
        yield folder


def tested(folder: Path, *tests: str, at_once: int = 0) -> tuple[int | None, str]:
    """Run these tests there, so many files at a time: pytest's exit code, and the line that says why, of several tests which.

    A run that does not end has no code.
    """
    command = [sys.executable, "-m", "pytest", "--quiet", "--no-header", "--tb=short"]
    command += ["-p", "no:cacheprovider", "-p", "no:rerunfailures"]
    command += ["--numprocesses", str(at_once), "--dist", "loadfile"] if at_once else []
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}  # two texts of one size, within one second
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        running = subprocess.Popen(
            [*command, *tests],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = running.wait(LONGEST_TEST * len(tests))
        except subprocess.TimeoutExpired:
            code = None
            os.killpg(running.pid, 9)
            running.wait()
        log.seek(0)
        lines = log.read().splitlines()
    why = [line[1:].strip() for line in lines if line.startswith("E  ")]
    which = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return code, next(iter([*(why + which if len(tests) == 1 else which + why), *lines[-1:]]), "")


def seen(fault: Broken, folder: Path) -> tuple[bool, str]:
    """Whether the fault turns its test red, and why; the copy is as before afterwards."""
    try:
        with fault.put_in(folder):
            code, reason = tested(folder, fault.red)
    except ValueError as problem:
        return False, str(problem)
    if code is None:
        return False, f"did not end within {LONGEST_TEST} seconds"
    return code == FAILED, reason


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--only", default="", help="part of a list's name, of what a fault says, of its file or its test"
    )
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="how many are tried at a time")
    parser.add_argument("--places", action="store_true", help="only look for the places and the tests")
    options = parser.parse_args()
    everything = listed()
    faults = [
        one for one in everything if options.only.lower() in f"{one.about} {one.says} {one.file} {one.red}".lower()
    ]
    if not faults:
        print(f"No fault, file or test has “{options.only}” in it.")
        return 1
    if problems := [problem for problem in map(misplaced, faults) if problem]:
        print(*problems, f"{len(problems)} of {len(faults)} faults have lost their place or their test.", sep="\n")
        return 1
    if options.places:
        return 0
    copies: queue.SimpleQueue[Path] = queue.SimpleQueue()

    def tried(fault: Broken) -> tuple[Broken, bool, str]:
        folder = copies.get()
        try:
            return fault, *seen(fault, folder)
        finally:
            copies.put(folder)

    with ExitStack() as stack, ThreadPoolExecutor(options.at_once) as pool:
        folders = [stack.enter_context(copied()) for _ in range(options.at_once)]
        tests = dict.fromkeys(fault.red for fault in faults)
        print(f"First, without a fault, {len(tests)} tests", flush=True)
        code, reason = tested(folders[0], *tests, at_once=options.at_once)
        if code != 0:
            print(f"A test is red without any fault: {reason}")
            return 1
        for folder in folders:
            copies.put(folder)
        seen_red = set()
        for fault, red, reason in progress(pool.map(tried, faults), "Faults", len(faults)):
            if red:
                seen_red.add(fault)
            with tqdm.external_write_mode():
                print(f"{'red' if red else 'NOT SEEN'}: {fault.says} ({fault.red}): {reason[:160]}", flush=True)
    print(f"{len(seen_red)} of {len(faults)} faults were seen.")
    lines = set(PAGE.read_text("utf-8").splitlines(keepends=True))
    untried = {fault for fault in everything if fault not in faults and row(fault) in lines}
    PAGE.write_text(as_markdown(fault for fault in everything if fault in seen_red | untried), "utf-8")
    return 0 if len(seen_red) == len(faults) else 1


if __name__ == "__main__":
    sys.exit(main())
