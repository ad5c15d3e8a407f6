"""The files of the record as they stood at one moment: bytes in memory, so that what was checked is what is used."""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Self

from two_shields.contract.fault import Fault
from two_shields.contract.schema import TABLES

#: The folder of the record; a server of another record, or of a copy of this one, names its own.
DATA = Path(os.environ.get("TWO_SHIELDS_DATA") or Path(__file__).resolve().parents[2] / "data")
MAP = "geometry/europe.geojson"
FILES = (*(f"{table.name}.csv" for table in TABLES), MAP)
#: Bytes. Some hundred times what the largest file has.
LARGEST_FILE = 32_000_000

#: What tells, without reading a file, that it is another one: its node, its size, its times.
Marks = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Snapshot:
    """The contents of the files by name, and for each that could not be read, why not."""

    contents: Mapping[str, bytes]
    unread: Mapping[str, Fault]
    marks: Marks
    #: Whether a file changed while it was read: this is then the state of no moment.
    torn: bool = False

    @classmethod
    def take(cls, folder: Path) -> Self:
        """Read all files, without a look at what they say. A file that changes meanwhile is one that cannot be read."""
        contents: dict[str, bytes] = {}
        unread: dict[str, Fault] = {}
        before = marks(folder)
        for name in FILES:
            try:
                contents[name] = _read(folder / name)
            except _Unreadable as why:
                unread[name] = Fault(name, 0, "", "", str(why))
        after = marks(folder)
        for name in FILES:
            if before[name] != after[name]:
                unread[name] = Fault(name, 0, "", "", "the file to stay as it is while it is read; try again")
                contents.pop(name, None)
        return cls(MappingProxyType(contents), MappingProxyType(unread), before, before != after)

    @property
    def version(self) -> str:
        """A short digest of all tables: the same bytes, the same version."""
        return digest_of(self.contents)

    @property
    def digest(self) -> str:
        return _digest(self.contents.get(name, b"") for name in FILES)


def digest_of(contents: Mapping[str, bytes]) -> str:
    return _digest(contents.get(f"{table.name}.csv", b"") for table in TABLES)[:8]


def marks(folder: Path) -> Marks:
    """What the files look like from outside."""
    found = {}
    for name in FILES:
        try:
            seen = (folder / name).stat()
        except (OSError, ValueError):
            found[name] = ()
        else:
            found[name] = (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
    return MappingProxyType(found)


class _Unreadable(Exception):
    """A file cannot be read; the text says what was expected of it."""


def _read(path: Path) -> bytes:
    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode):  # a folder, or a pipe that never ends
            raise _Unreadable("a plain file, not a folder, pipe or device")
        if seen.st_size > LARGEST_FILE:
            raise _Unreadable(f"a file of at most {LARGEST_FILE:,} bytes, not {seen.st_size:,}")
        return path.read_bytes()
    except FileNotFoundError:
        raise _Unreadable("the file to exist") from None
    except OSError as error:
        raise _Unreadable(f"a file that this program may read ({error.strerror})") from None


def _digest(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()
