"""The Frictionless descriptor and the data dictionary, as `make datapackage` wrote them, naming a version of the data."""

from __future__ import annotations

import json

from two_shields.record.record import DATA

DESCRIPTOR = "datapackage.json"
DICTIONARY = "README.md"


def files(version: str) -> dict[str, bytes]:
    """Both files by name, as they go with the tables of one version."""
    descriptor = json.loads((DATA / DESCRIPTOR).read_text("utf-8"))
    # After what it is and before what it holds, where a reader looks for it.
    first = {name: descriptor.pop(name) for name in ("profile", "name", "title", "description")}
    title, _, rest = (DATA / DICTIONARY).read_text("utf-8").partition("\n")
    return {
        DESCRIPTOR: f"{json.dumps(first | {'version': version} | descriptor, ensure_ascii=False, indent=2)}\n".encode(),
        DICTIONARY: f"{title}\n\nData version {version}.\n{rest}".encode(),
    }
