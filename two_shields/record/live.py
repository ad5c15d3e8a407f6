"""The record in use: the last valid one. Changed files are read as a whole and checked before they replace it.

There is one per process, so pages, cards and data show the same record. Only the first load makes readers wait.
"""

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
#: Seconds between two checks of the files; changed files are read once two checks find them the same.
CHECK_EVERY = 2.0
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
class LiveRecord:
    """The last good record of a folder.

    `clock` counts seconds and `now` tells the time; tests bring their own.
    """

    folder: Path = DATA
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    _state: _State = field(default_factory=_State, init=False)
    _checked_at: float = field(default=float("-inf"), init=False)
    _last_seen: Marks | None = field(default=None, init=False)
    _checking: threading.Lock = field(default_factory=threading.Lock, init=False)

    def record(self) -> Record:
        """The last good record. Raises `BrokenRecord` while there has been none."""
        self._check()
        state = self._state
        if state.record is None:
            raise BrokenRecord(list(state.refusal.faults))
        return state.record

    def in_use(self) -> Record | None:
        """The last good record, without a look at the files."""
        return self._state.record

    def refusal(self) -> Refusal | None:
        """The newer data that are not used, if there are any."""
        return self._state.refusal

    def _check(self) -> None:
        """Read what has changed, unless another thread does or has just done so."""
        first = self._state.judged is None
        if not first and self.clock() < self._checked_at + CHECK_EVERY:
            return
        # Only the first load is worth waiting for.
        if not self._checking.acquire(blocking=first):
            return
        try:
            if first and self._state.judged is not None:  # another thread has loaded it meanwhile
                return
            seen = snapshot.marks(self.folder)
            unchanged = first or seen == self._last_seen
            self._checked_at, self._last_seen = self.clock(), seen
            if seen != self._state.judged and unchanged:
                self._judge(Snapshot.take(self.folder))
        finally:
            self._checking.release()

    def _judge(self, taken: Snapshot) -> None:
        before = self._state
        if taken.torn and before.record is not None:  # the next check reads it again
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
            in_use = f"version {before.record.version} stays in use" if before.record else "there is nothing to show"
            LOG.error("The data are broken (%d faults); %s.\n%s", len(faults), in_use, shown)
            return
        geometry.use(outlines)
        self._state = _State(record, None, taken.marks, taken.digest)
        LOG.info("The record in use is version %s", record.version)


#: The one of this process.
LIVE = LiveRecord()


def record() -> Record:
    """The last good record of `data/`. Raises `BrokenRecord` while there has been none."""
    return LIVE.record()


def in_use() -> Record | None:
    return LIVE.in_use()


def refusal() -> Refusal | None:
    return LIVE.refusal()
