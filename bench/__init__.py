"""How fast the dashboard is, measured. Every module here has a `measure()` and can be run alone."""
