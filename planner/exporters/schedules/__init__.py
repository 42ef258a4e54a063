"""Exporters of a schedule, one file each: MEANING, USUAL and write(scheduled, folder) -> the files written.

What is `USUAL` is written unless something else is asked for.
"""
