"""The exhibits of the page Initiatives."""
