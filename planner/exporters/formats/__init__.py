"""Exporters, one file each: SUFFIX, MEANING and write(frame, table, path)."""
