"""Scenarios: what changes in the contacts that come, applied to a forecast and its paths."""
