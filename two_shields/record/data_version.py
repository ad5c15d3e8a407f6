"""The record's version as readers see it: the day on which it was published, and the digest of its tables.

The tables do not say when they were published, and a clock would say something else on every machine. The changelog
does: it names each version in full where it tells what changed, and so it is where the day comes from.
"""

import re
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def named(digest: str, changelog: Path = CHANGELOG) -> str:
    """`2026-11-20-1a2b3c4d`; the digest alone where the changelog does not name it: such tables are not published."""
    text = changelog.read_text("utf-8") if changelog.is_file() else ""
    found = re.search(rf"\b\d{{4}}-\d{{2}}-\d{{2}}-{re.escape(digest)}\b", text)
    return found[0] if found else digest


def day(edition: str) -> str:
    """The day of a version, ISO 8601; blank where it has none."""
    found = re.match(r"\d{4}-\d{2}-\d{2}(?=-)", edition)
    return found[0] if found else ""
