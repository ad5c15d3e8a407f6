"""Tests that look at the dashboard as a reader does: in a browser, against a running server."""
