"""The record that is checked in, read once in each process that runs tests; what is made of it is cached with it."""

from functools import cache

from two_shields.exhibits import registry
from two_shields.exhibits.frame import Frame
from two_shields.record.record import Record
from two_shields.state.parameters import View

RECORD = Record.load()


@cache
def frame_of(page: type[View], view: str = "", evidence: str = "all", **more: object) -> Frame:
    """What leads a page in one of its views, with the fields of its filters."""
    return registry.frame_of(RECORD, page(evidence=evidence, **({"view": view} if view else {}), **more))
