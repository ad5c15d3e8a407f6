"""The exhibits of the page Evidence."""
