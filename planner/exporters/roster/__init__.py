"""What the exporters of a schedule are made of: shifts as people read them, calendars, sheets."""
