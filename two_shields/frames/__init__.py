"""Frames: pure functions of the record and a view; each chart, table, text and file comes from one."""
