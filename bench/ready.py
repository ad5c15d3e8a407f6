"""A server of ours that has just been started, and is measured only when it has done what it does at its start."""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.request import urlopen

from two_shields.exhibits.registry import lead
from two_shields.record.record import Record
from two_shields.state.views import PAGES
from two_shields.web.charts import pictures_of


def ready(address: str) -> None:
    """Wait until the server has drawn what it draws at its start: asking for the same comes to an end after it."""
    record = Record.load()
    for page in PAGES.values():
        for one in pictures_of(record, page(), lead(record, page())):
            while not _answered(address + one.link):
                pass


def _answered(address: str) -> bool:
    """Whether there was a picture; a server that is too busy says 404 after a while."""
    try:
        with urlopen(address, timeout=120) as answer:
            return bool(answer.read())
    except HTTPError:
        return False
