"""The record in use: the last good one. What changes on disk is looked at, read as a whole, checked, and only then used.

One for the process: pages, cards and data show the same record. Readers never wait for each other, but for the first
record of all.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from two_shields.contract import geometry, snapshot
from two_shields.contract.fault import Fault
from two_shields.contract.snapshot import Marks, Snapshot
from two_shields.record.record import DATA, BrokenRecord, Record

LOG = logging.getLogger("two_shields.current")
#: Seconds between two looks at the files. Files that change are read once they stood still from one look to the next.
LOOKS_EVERY = 2.0
MOST_LOGGED = 20


@dataclass(frozen=True)
class Refusal:
    """Newer data that are not used: all their faults, and when (UTC) they were first refused."""

    since: datetime
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class _State:
    """What is in use, and on which files that was decided. Replaced as a whole, never changed."""

    record: Record | None = None
    refusal: Refusal | None = None
    judged: Marks | None = None
    digest: str = ""


@dataclass
class Current:
    """The last good record of a folder.

    `clock` counts seconds and `now` tells the time; tests bring their own.
    """

    folder: Path = DATA
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    _state: _State = field(default_factory=_State, init=False)
    _looked: float = field(default=float("-inf"), init=False)
    _seen: Marks | None = field(default=None, init=False)
    _looking: threading.Lock = field(default_factory=threading.Lock, init=False)

    def record(self) -> Record:
        """The last good record. Raises `BrokenRecord` while there has been none."""
        self._look()
        state = self._state
        if state.record is None:
            raise BrokenRecord(list(state.refusal.faults))
        return state.record

    def refusal(self) -> Refusal | None:
        """The newer data that are not used, if there are any."""
        return self._state.refusal

    def _look(self) -> None:
        """Read what has changed, unless somebody does, or has just done so."""
        first = self._state.judged is None
        if not first and self.clock() < self._looked + LOOKS_EVERY:
            return
        # Only the first record of all is worth waiting for.
        if not self._looking.acquire(blocking=first):
            return
        try:
            if first and self._state.judged is not None:  # somebody else has read it meanwhile
                return
            seen = snapshot.marks(self.folder)
            stands_still = first or seen == self._seen
            self._looked, self._seen = self.clock(), seen
            if seen != self._state.judged and stands_still:
                self._judge(Snapshot.take(self.folder))
        finally:
            self._looking.release()

    def _judge(self, taken: Snapshot) -> None:
        before = self._state
        if taken.torn and before.record is not None:  # the next look tells
            return
        if before.record is not None and taken.digest == before.digest and not taken.unread:
            self._state = _State(before.record, None, taken.marks, taken.digest)
            return
        outlines, faults = geometry.of(taken)
        try:
            record = Record.of(taken)
        except BrokenRecord as broken:
            faults = [*broken.faults, *faults]
        except Exception:  # a fault that the checks do not know yet must not take the last good record away
            LOG.exception("The tables passed their checks and could not be loaded")
            faults = [Fault("data", 0, "", "", "tables that can be loaded; the log says what failed"), *faults]
        if faults:
            since = before.refusal.since if before.refusal else self.now()
            self._state = _State(before.record, Refusal(since, tuple(sorted(faults))), taken.marks, before.digest)
            shown = "\n".join(map(str, sorted(faults)[:MOST_LOGGED]))
            kept = f"version {before.record.version} stays in use" if before.record else "there is nothing to show"
            LOG.error("The data are broken (%d faults); %s.\n%s", len(faults), kept, shown)
            return
        geometry.use(outlines)
        self._state = _State(record, None, taken.marks, taken.digest)
        LOG.info("The record in use is version %s", record.version)


#: The one of this process.
IN_USE = Current()


def record() -> Record:
    """The last good record of `data/`. Raises `BrokenRecord` while there has been none."""
    return IN_USE.record()


def refusal() -> Refusal | None:
    """The newer data that are not used, if there are any."""
    return IN_USE.refusal()
