"""The Frictionless descriptor and the data dictionary, as `make datapackage` wrote them, naming a version of the data."""

import json

from two_shields.record.record import DATA, Record

DESCRIPTOR = "datapackage.json"
DICTIONARY = "README.md"


def of(record: Record) -> dict[str, bytes]:
    """Both as they were published with a version; with the data of today as they are now."""
    if {DESCRIPTOR, DICTIONARY} <= record.files.keys():
        return {name: record.files[name] for name in (DESCRIPTOR, DICTIONARY)}
    return files(record.data_version)


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
