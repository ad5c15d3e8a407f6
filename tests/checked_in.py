"""The record that is checked in, read once in each process that runs tests; what is made of it is cached with it."""

from two_shields.record.record import Record

RECORD = Record.load()
