"""Benchmarks are run by hand; here, that what they draw and compare is sound."""
