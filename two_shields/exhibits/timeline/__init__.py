"""The exhibits of the page Timeline."""
