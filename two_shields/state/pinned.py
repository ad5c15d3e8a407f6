"""Which version of the data a link shows: the one that its `data` names, or the newest."""

import logging

from two_shields.record import live, versions
from two_shields.record.record import Record
from two_shields.state import migrations
from two_shields.state.migrations import Query
from two_shields.state.parameters import DATA, Notice, View

LOG = logging.getLogger("two_shields.versions")


def record_of(version: str | None) -> Record:
    """The record of a published version, the newest where none is named.

    A version that cannot be read is logged, and the newest is shown. Raises `BrokenRecord` while there is none at all.
    """
    newest = live.record()
    if version is None or version == newest.data_version:
        return newest
    try:
        return Record.of_version(version)
    except versions.UnknownVersion as why:
        LOG.error("A version of the data cannot be shown: %s", why)
    except Exception:  # a link must show something, whatever today's code makes of old tables
        LOG.exception("The data of version %s cannot be read", version)
    return newest


def read(page: type[View], query: Query) -> tuple[Record, View, tuple[Notice, ...]]:
    """What a link shows: its record, its view of it, and what of it was not understood."""
    newest = live.record()
    _, query = migrations.migrate(page.path, query)
    asked = str(page.parse({DATA: query.get(DATA, ())}, newest)[0].values()[DATA] or "")
    record = record_of(asked or None)
    if asked and record.data_version != asked:
        view, notices = page.parse({name: texts for name, texts in query.items() if name != DATA}, record)
        return record, view, (*notices, Notice(DATA, asked, "this version cannot be read; the newest data are shown"))
    return record, *page.parse(query, record)


def these_data(view: View, record: Record) -> View:
    """The view pinned to the version that it shows; as it is where that is being edited, and in no archive yet."""
    return view.replace(data=record.data_version) if record.data_version in versions.published() else view
