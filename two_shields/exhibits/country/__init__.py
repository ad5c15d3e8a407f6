"""The exhibits of the page Country."""
