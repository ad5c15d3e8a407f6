"""The exhibits of the page Aid."""
