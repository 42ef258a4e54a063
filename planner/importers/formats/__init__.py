"""One file per source: what it is recognised by, and how its cells become a declared table."""
