"""A folder of limited size for files that can be rendered again."""

import contextlib
import hashlib
import logging
import os
import stat
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from two_shields.record.record import DATA

MAX_FILES = 500
LOG = logging.getLogger(__name__)
_PACKAGE = Path(__file__).resolve().parent.parent
_DIGEST = hashlib.sha256


class DiskCache:
    """Bytes by key, on disk; of more than `most` files the least recently used are removed.

    By default the folder belongs to this process and ends with it. `at` names one that stays and that
    several servers share; only this user may be able to write to it. A disk that is full, read-only or gone is no
    error: nothing is cached then.
    """

    def __init__(self, name: str, most: int = MAX_FILES, at: str | Path | None = None):
        self.most = most
        self.folder = _shared(Path(at).absolute()) if at else None
        self._private = None
        if self.folder is None:
            try:
                self._private = tempfile.TemporaryDirectory(prefix=f"{name}-", ignore_cleanup_errors=True)
                self.folder = Path(self._private.name)
            except OSError as fault:
                LOG.warning("There is no folder for the cache: %s", fault)

    def get(self, key: str) -> bytes | None:
        """What was put there, whole, or None."""
        if self.folder is None or not _is_private(self.folder):
            return None
        path = self._path(key)
        try:
            stored = path.read_bytes()
        except OSError:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        size = _DIGEST().digest_size
        content = stored[size:]
        return content if _DIGEST(content).digest() == stored[:size] else None

    def put(self, key: str, content: bytes) -> None:
        """Store it. `get` finds the whole file or none, even after a power cut: it carries its own digest."""
        if self.folder is None or not _is_private(self.folder):
            return
        with contextlib.suppress(OSError), self._temporary_file() as file:
            file.write_bytes(_DIGEST(content).digest() + content)
            file.replace(self._path(key))
            self._evict()

    def close(self) -> None:
        """Remove the folder, if it is this process's; nothing is cached from then on."""
        if self._private is not None:
            self._private.cleanup()

    @contextlib.contextmanager
    def _temporary_file(self) -> Iterator[Path]:
        """A new file of this call alone, removed if writing it fails."""
        number, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
        os.close(number)
        try:
            yield Path(name)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _evict(self) -> None:
        """Remove the least recently used of too many. Another server may do the same at the same time."""
        used = []
        for path in self.folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                used.append((path.stat().st_mtime_ns, path))
        for _, path in sorted(used)[: -self.most]:
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / _DIGEST(key.encode("utf-8")).hexdigest()


def _shared(folder: Path) -> Path | None:
    """The folder that servers share, created if need be; None where it cannot be created or trusted."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        LOG.warning("%s cannot be used, a folder of this process is: %s", folder, fault)
        return None
    if not _is_private(folder):
        LOG.warning("%s is not this user's alone (mode 700); a folder of this process is used instead", folder)
        return None
    return folder


def _is_private(folder: Path) -> bool:
    """Whether the folder is there, and only this user can have put anything into it."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    alone = not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & 0o077)
    return stat.S_ISDIR(found.st_mode) and alone


@cache
def code_version() -> str:
    """A digest of all that a picture depends on besides the tables: our code, the map, and the libraries that draw."""
    digest = _DIGEST()
    ours = (path for ending in ("py", "js", "csv", "toml") for path in _PACKAGE.rglob(f"*.{ending}"))
    for path in sorted([*ours, *(DATA / "geometry").glob("*.geojson")]):
        digest.update(path.read_bytes())
    for name in ("plotly", "kaleido", "pillow", "streamlit"):
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()[:16]
