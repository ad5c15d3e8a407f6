"""What the dashboard depends on: pinned with digests, licensed as we may use it, listed for who has to answer for it."""

from __future__ import annotations

import importlib.metadata
import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import dependencies
from tools.dependencies import DEV, LICENCES, RUNTIME, SBOM, as_markdown, is_allowed, licence, locked, verdict

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"requirements.in": RUNTIME, "requirements-dev.in": DEV}


def direct(name: str) -> dict[str, Requirement]:
    """What a list of ours names itself."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines())
    wanted = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {canonicalize_name(one.name): one for one in wanted}


@pytest.mark.parametrize("name", LOCKS)
def test_what_we_name_is_pinned_and_has_a_reason(name):
    for line in (ROOT / name).read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "-")):
            assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]* +# \S.*", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_what_we_name_at_the_version_that_we_name(name):
    pins = locked(LOCKS[name])
    wanted = direct("requirements.in") | direct(name)
    assert {one: str(pins[one].specifier) if one in pins else None for one in wanted} == {
        one: str(requirement.specifier) for one, requirement in wanted.items()
    }


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
                if found is None or not needed.specifier.contains(
                    next(iter(found.specifier)).version, prereleases=True
                ):
                    missing.add(f"{name} needs {needed}")
    assert not missing


def test_what_checks_the_dashboard_runs_what_readers_get():
    runtime, dev = locked(RUNTIME), locked(DEV)
    assert {name: str(one) for name, one in runtime.items()} == {name: str(dev.get(name)) for name in runtime}


def test_what_is_installed_is_what_is_locked():
    installed = {
        name: importlib.metadata.version(name)
        for name, one in locked(RUNTIME).items()
        if not one.marker or one.marker.evaluate()
    }
    assert installed == {name: next(iter(locked(RUNTIME)[name].specifier)).version for name in installed}


def test_make_installs_nothing_whose_digest_is_not_known():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (pip,) = re.findall(r"^PIP := .*$", makefile, re.MULTILINE)
    assert "--require-hashes" in pip
    installs = re.findall(r"^\t@?(.*(?:pip|\$\(PIP\)).* -r .*)$", makefile, re.MULTILINE)
    assert installs == ["$(PIP) -r requirements.txt", "$(PIP) -r requirements-dev.txt"]
    assert re.search(r"^test: .*\baudit\b", makefile, re.MULTILINE)


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("BSD-3-Clause AND 0BSD AND Zlib", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0", False),
        ("Proprietary", False),
        ("UNKNOWN", False),
        ("", False),
        ("(MIT AND GPL-3.0-only) OR ISC", False),
    ],
)
def test_a_licence_is_allowed_or_not(expression, allowed):
    assert is_allowed(expression) is allowed


def test_a_licence_goes_by_one_name():
    assert licence("MIT License\n\nCopyright (c) 2025 Somebody\n\nPermission is") == "MIT"
    assert licence("Apache Software License") == "Apache-2.0"
    assert licence("Something Else") == "Something Else"


@pytest.fixture(scope="module")
def found():
    return dependencies.licences()


def test_every_licence_of_what_readers_get_is_allowed(found):
    here = {name for name, one in locked(RUNTIME).items() if not one.marker or one.marker.evaluate()}
    assert {name for name, *_ in found} == here
    assert not [(name, said) for name, _, said in found if not is_allowed(said)]


def test_the_list_of_licences_is_up_to_date(found):
    elsewhere = {name for name, one in locked(RUNTIME).items() if one.marker and not one.marker.evaluate()}
    kept = LICENCES.read_text("utf-8")
    lines = [line for line in kept.splitlines() if not any(line.startswith(f"| [{name}]") for name in elsewhere)]
    assert lines == as_markdown(found).splitlines(), "make licences writes it anew"


def test_the_bill_of_materials_is_that_of_the_lock():
    assert SBOM.read_text("utf-8") == dependencies.sbom(), "make sbom writes it anew"
    bill = json.loads(SBOM.read_text("utf-8"))
    pins = {f"pkg:pypi/{name}@{next(iter(one.specifier)).version}" for name, one in locked(RUNTIME).items()}
    assert {one["purl"] for one in bill["components"]} == pins
    digests = re.findall(r"sha256:([0-9a-f]{64})", RUNTIME.read_text("utf-8"))
    kept = [
        one["content"] for part in bill["components"] for place in part["externalReferences"] for one in place["hashes"]
    ]
    assert sorted(kept) == sorted(digests)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert bill["metadata"]["component"] | {"name": "two-shields", "version": version} == bill["metadata"]["component"]
    assert "timestamp" not in bill["metadata"] and "serialNumber" not in bill


SAFE = {"name": "safe", "version": "1.0", "vulns": []}
BAD = {"name": "bad", "version": "2.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"]}]}
OPEN = {"name": "open", "version": "3.0", "vulns": [{"id": "PYSEC-2026-2", "fix_versions": []}]}
UNKNOWN = {"name": "unknown", "version": "4.0", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "status", "words"),
    [
        ([SAFE], 0, ["1 of 1 packages were looked up"]),
        ([SAFE, BAD], 1, ["2 of 2", "bad 2.0: PYSEC-2026-1, repaired in 2.1"]),
        ([OPEN], 1, ["open 3.0: PYSEC-2026-2, repaired in no version yet"]),
        ([SAFE, UNKNOWN], 0, ["1 of 2", "NOT CHECKED", "unknown"]),
        ([BAD, UNKNOWN], 1, ["bad 2.0", "NOT CHECKED"]),
    ],
)
def test_a_known_vulnerability_fails_and_what_is_not_known_is_told(packages, status, words):
    found, said = verdict(json.dumps({"dependencies": packages, "fixes": []}), "")
    assert found == status
    assert [word for word in words if word not in said] == []
    assert ("NOT CHECKED" in said) is any("skip_reason" in one for one in packages)


@pytest.mark.parametrize("report", ["", "<html>busy</html>", "[]", "{}", "null"])
def test_a_service_that_cannot_be_asked_is_no_all_clear(report):
    status, said = verdict(report, "first\nERROR: connection refused\n")
    assert (status, said.startswith("NOT CHECKED")) == (0, True)
    assert "connection refused" in said and "looked up" not in said
