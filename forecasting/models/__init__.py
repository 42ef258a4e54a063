"""Models of day totals: one file each, found by its name. To add one, put a file here that offers

- `MEANING`: what it believes, in a planner's words;
- `ROLE`: "expert" (may carry the forecast) or "yardstick" (only reported beside it);
- `days_ahead(past, effect)`: expected day totals of the horizon (h,), from a `forecasting.past.Past`
  and its `forecasting.calendar_effect.CalendarEffect`; NaN where the model has nothing to say.
"""
