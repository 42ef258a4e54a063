"""Headings people give to times, contacts and queues, the likeliest first."""

from __future__ import annotations

TIME_NAMES = (
    "interval_start", "start", "interval_start_local", "interval_begin", "timestamp", "ts", "datetime",
    "date_time", "ds", "interval", "time", "period", "date", "day", "call_date", "index",
)  # fmt: skip
CLOCK_NAMES = (
    "time", "interval", "clock", "time_of_day", "start", "start_time", "slot", "hour", "hr", "half_hour",
    "call_time", "period",
)  # fmt: skip
HOUR_NAMES = (
    "hour", "hr", "hour_of_day", "hours",
)  # fmt: skip
VOLUME_NAMES = (
    "offered", "volume", "calls_offered", "contacts_offered", "calls_presented", "presented",
    "calls_received", "received", "incoming", "incoming_calls", "inbound", "arrivals", "calls", "contacts",
    "count", "y", "value", "total", "total_calls", "tickets", "emails", "chats", "messages",
    "conversations", "interactions", "cases", "requests", "orders", "visits", "n", "number", "quantity",
    "qty", "demand",
)  # fmt: skip
OTHER_MEASURES = frozenset((
    "abandoned", "answered", "handled", "avg", "average", "mean", "max", "min", "percent", "percentage",
    "pct", "rate", "aht", "asa", "s", "sec", "secs", "seconds", "minutes", "duration", "sl", "service",
    "share", "ratio", "temp", "wait", "queue", "talk", "hold", "wrap", "acw", "lag", "lead", "forecast",
))  # fmt: skip
SERIES_NAMES = (
    "site", "language", "channel", "queue", "queue_name", "skill", "unique_id", "series", "series_id",
    "item_id", "id", "lob", "line_of_business", "group", "team", "vdn", "split", "client", "project",
)  # fmt: skip
