"""A bounded folder of files that can be made again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import threading
from pathlib import Path

MOST_FILES = 500


class Shelf:
    """Bytes by key, on disk; of more than `most` files those are removed that nobody has asked for the longest.

    The folder belongs to this process and ends with it: nobody else can put anything there, and no file outlives
    the code that made it. A disk that is full or gone is no error: nothing is kept then.
    """

    def __init__(self, name: str, most: int = MOST_FILES):
        self._made = tempfile.TemporaryDirectory(prefix=f"{name}-", ignore_cleanup_errors=True)
        self.folder = Path(self._made.name)
        self.most = most
        self._changing = threading.Lock()

    def get(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep it. A reader sees the whole file or none."""
        with self._changing, contextlib.suppress(OSError):
            whole = self._path(key)
            begun = whole.with_suffix(".begun")
            begun.write_bytes(content)
            begun.replace(whole)
            oldest_first = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
            for path in oldest_first[: -self.most]:
                path.unlink()

    def close(self) -> None:
        """Remove the folder; nothing is kept from then on."""
        self._made.cleanup()

    def _path(self, key: str) -> Path:
        return self.folder / hashlib.sha256(key.encode("utf-8")).hexdigest()
