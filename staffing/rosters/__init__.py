"""Rosters of few shift types and strict rules, by column generation: nurses, control rooms, on-call desks.

Where a centre needs one of a handful of shifts per person and day and every wish has a price, a person's
whole roster is the unit of choice: the pricer finds the best one by dynamic programming, the master (a
linear programme) mixes them, and its value is the bound.
"""
