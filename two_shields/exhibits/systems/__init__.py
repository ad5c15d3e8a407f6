"""The exhibits of the page Systems."""
