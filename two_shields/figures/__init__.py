"""Figures: pure functions of a frame, one module per kind of chart."""
