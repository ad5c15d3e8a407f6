"""The exhibits of the page Overview."""
