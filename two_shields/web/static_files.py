"""Streamlit's static files, compressed ahead of time, with headers that let browsers cache them for ever.

`python -m two_shields.web` compresses them once per version of Streamlit, outside of the installed packages. Streamlit
itself serves them uncompressed (1.67), as happens where ours are missing.
"""

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from servestatic.asgi import FileServerASGI, ServeStaticASGI
from servestatic.compress import Compressor
from starlette.types import ASGIApp, Receive, Scope, Send

from two_shields.text.progress import progress
from two_shields.web import http

#: The folder of all versions; the environment may name another.
BUILD = Path(os.environ.get("TWO_SHIELDS_BUILD") or Path(__file__).resolve().parents[2] / "build")
MANIFEST = "manifest.json"
FOREVER = "public, max-age=31536000, immutable"
#: A name with a digest of its content, `PlotlyChart.D9Z0_fxz.js`: another content has another name.
_HASHED = re.compile(r"\.[\w-]{8}\.\w+$")


def origin() -> Path:
    """The folder of Streamlit's own static files. Streamlit is found, and not imported."""
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        raise FileNotFoundError("Streamlit is not installed")
    return Path(found.origin).parent / "static"


def folder() -> Path:
    return BUILD / f"static-{version('streamlit')}"


@cache
def manifest() -> dict[str, Any]:
    """What `build` noted; empty where the files are missing or outdated."""
    try:
        written = json.loads((folder() / MANIFEST).read_text("utf-8"))
        return written if written["index"] == _digest(origin() / "index.html") else {}
    except (OSError, ValueError, KeyError):
        return {}


def build() -> None:
    """Compress all files of Streamlit's page. Other processes see the whole folder or none."""
    source, target = origin(), folder()
    BUILD.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="work-", dir=BUILD))
    try:
        shutil.copytree(source / "static", work / "static")
        compressor = Compressor(quiet=True)
        files = [path for path in (work / "static").rglob("*") if path.is_file()]
        largest_first = sorted(
            (path for path in files if compressor.should_compress(path.name)), key=lambda p: -p.stat().st_size
        )
        with ThreadPoolExecutor(os.cpu_count()) as together:  # brotli and zlib leave the interpreter to others
            compressed = as_completed([together.submit(compressor.compress, path) for path in largest_first])
            for one in progress(compressed, "Files", len(largest_first)):
                one.result()
        (work / MANIFEST).write_text(json.dumps({"index": _digest(source / "index.html")}), "utf-8")
        work.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        work.replace(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    manifest.cache_clear()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class StaticFiles:
    """Middleware that answers for the compressed files, under Streamlit's own addresses; all else goes on.

    It knows its files from the start and looks up whole addresses, so that none leads to anything else.
    """

    def __init__(self, app: ASGIApp):
        self.app = app
        self.files: dict[str, Any] = {}
        if manifest():
            root = folder() / "static"
            self.files = ServeStaticASGI(
                None, root, "static", allow_all_origins=False, add_headers_function=_cache_headers
            ).files
        else:
            http.LOG.warning("Static files are served uncompressed; python -m two_shields.web compresses them.")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            file = self.files.get(http.path(scope))
        await (self.app if file is None else FileServerASGI(file))(scope, receive, send)


def _cache_headers(headers: Headers, _path: str, url: str) -> None:
    headers["Cache-Control"] = FOREVER if _HASHED.search(url) else "public, max-age=3600"


def main() -> None:
    if manifest():
        print(f"Streamlit {version('streamlit')} is compressed already, in {folder()}")
        return
    print(f"Compressing the static files of Streamlit {version('streamlit')}; this takes about a minute.", flush=True)
    build()
    if not manifest():
        sys.exit("The folder cannot be read back.")
    print(f"The compressed files are in {folder()}")
