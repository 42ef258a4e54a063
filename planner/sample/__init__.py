"""The demonstration centre: drawn from data/sample, seeded, synthetic, written as ordinary input files."""

from planner.sample.draw import draw

__all__ = ["draw"]
