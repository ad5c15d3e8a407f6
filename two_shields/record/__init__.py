"""The record: the tables as one immutable object, loaded, filtered by evidence and reloaded live."""
