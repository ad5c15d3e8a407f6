"""What the dashboard depends on: pinned with digests, licensed as we may use it, listed for who has to answer for it."""

import csv
import importlib.metadata
import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, DEV = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
LICENCES, SBOM = ROOT / "docs" / "licences.csv", ROOT / "sbom.cdx.json"
#: Licences as packages name them, by SPDX expression or in their own words. All ask no more than to be named and passed
#: on; the MPL asks it of its own files alone.
ALLOWED = {
    "3-Clause BSD License", "Apache License 2.0", "Apache Software License", "Apache-2.0", "Apache-2.0 OR BSD-2-Clause",
    "BSD License", "BSD-3-Clause", "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", "MIT", "MIT License",
    "MIT OR AFL-2.1", "MIT-CMU", "MPL-2.0 AND (Apache-2.0 OR MIT)", "MPL-2.0 AND MIT",
    "Mozilla Public License 2.0 (MPL 2.0)", "PSF-2.0", "The MIT License (MIT)",
}  # fmt: skip
LOCKS = {"requirements.in": RUNTIME, "requirements-dev.in": DEV}


def direct(name: str) -> dict[str, Requirement]:
    """What a list of ours names itself."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines())
    wanted = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {canonicalize_name(one.name): one for one in wanted}


def locked(lock: Path) -> dict[str, Requirement]:
    """What a lock names, by name; where versions differ by Python, the last."""
    lines = re.findall(r"^([A-Za-z0-9][^\\\n#]*==[^\\\n#]*)", lock.read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(one.name): one for one in map(Requirement, lines)}


def version(pin: Requirement) -> str:
    return next(iter(pin.specifier)).version


@pytest.mark.parametrize("name", LOCKS)
def test_what_we_name_is_pinned_and_has_a_reason(name):
    for line in (ROOT / name).read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "-")):
            assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]* +# \S.*", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_what_we_name_at_the_version_that_we_name(name):
    pins = locked(LOCKS[name])
    for one, requirement in (direct("requirements.in") | direct(name)).items():
        assert one in pins and pins[one].specifier == requirement.specifier


@pytest.mark.parametrize("name", LOCKS)
def test_everything_in_a_lock_has_its_digests_and_comes_from_nowhere_else(name):
    text = LOCKS[name].read_text("utf-8")
    entries = re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked(LOCKS[name])) > len(direct(name))
    for entry in entries:
        assert re.match(
            r"[a-z0-9.-]+==[0-9][0-9a-z.]*( ; [^\\]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", entry
        ), entry
    # No path, no mirror, no index: whoever installs it decides where from, and the digests decide what.
    assert not re.search(r"file:|https?:|^--(?!hash)|\s/\w+/| @ ", text, re.MULTILINE)


def test_a_locked_package_has_all_that_it_needs():
    """Nothing is left for pip to choose: with digests it would refuse, on a fresh machine only."""
    pins = locked(DEV)
    missing = set()
    for name, pin in pins.items():
        if pin.marker and not pin.marker.evaluate():
            continue
        for needed in map(Requirement, importlib.metadata.requires(name) or ()):
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                found = pins.get(canonicalize_name(needed.name))
                if found is None or not needed.specifier.contains(version(found), prereleases=True):
                    missing.add(f"{name} needs {needed}")
    assert not missing


def test_what_checks_the_dashboard_runs_what_readers_get():
    runtime, dev = locked(RUNTIME), locked(DEV)
    assert {name: str(one) for name, one in runtime.items()} == {name: str(dev.get(name)) for name in runtime}


def test_what_is_installed_is_what_is_locked():
    here = {name: version(one) for name, one in locked(RUNTIME).items() if not one.marker or one.marker.evaluate()}
    assert {name: importlib.metadata.version(name) for name in here} == here


def test_make_installs_nothing_whose_digest_is_not_known():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (pip,) = re.findall(r"^PIP := .*$", makefile, re.MULTILINE)
    assert "--require-hashes" in pip
    installs = re.findall(r"^\t@?(.*(?:pip|\$\(PIP\)).* -r .*)$", makefile, re.MULTILINE)
    assert installs == ["$(PIP) -r requirements.txt", "$(PIP) -r requirements-dev.txt"]


def packages() -> list[dict[str, str]]:
    with LICENCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_package_that_readers_get_is_in_the_list_of_licences():
    listed = {canonicalize_name(row["Name"]): row["Version"] for row in packages()}
    pins = locked(RUNTIME)
    assert listed == {name: version(pins[name]) for name in listed}, "make licences writes it anew"
    elsewhere = {name for name, one in pins.items() if one.marker and not one.marker.evaluate()}
    assert set(pins) - elsewhere <= set(listed)


def test_every_licence_asks_no_more_than_to_be_named_and_passed_on():
    said = {row["Name"]: row["License"].strip().splitlines()[0].strip() for row in packages()}
    assert {name: licence for name, licence in said.items() if licence not in ALLOWED} == {}


def test_the_bill_of_materials_is_that_of_the_lock():
    bill = json.loads(SBOM.read_text("utf-8"))
    pins = {f"pkg:pypi/{name}@{version(one)}" for name, one in locked(RUNTIME).items()}
    assert {one["purl"] for one in bill["components"]} == pins
    digests = re.findall(r"sha256:([0-9a-f]{64})", RUNTIME.read_text("utf-8"))
    places = [place for part in bill["components"] for place in part["externalReferences"]]
    assert sorted(one["content"] for place in places for one in place["hashes"]) == sorted(digests)
    project, described = (
        tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"],
        bill["metadata"]["component"],
    )
    assert (described["name"], described["version"]) == ("two-shields", project["version"])
    assert "timestamp" not in bill["metadata"] and "serialNumber" not in bill
