"""A door: one file per rule of a roster, with two faces (see `staffing.rosters.rule`)."""
