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
NEED_NAMES = (
    "agents_scheduled", "agents", "agents_needed", "agents_required", "required_agents", "needed_agents",
    "required", "requirement", "requirements", "needed", "need", "agents_rostered", "agents_on_contact",
    "required_fte", "fte_required", "fte", "ftes", "headcount", "heads", "hc", "staff", "staffing",
    "staff_required", "required_staff", "staff_needed", "positions", "people", "demand", "number", "n",
    "value", "y", "count",
)  # fmt: skip
SITE_NAMES = ("site", "location", "centre", "center", "office", "hub")
LANGUAGE_COLUMN_NAMES = (
    "language", "lang", "languages", "language_code", "skill", "skills", "queue", "queue_name", "lob",
    "line_of_business", "unique_id", "series", "group",
)  # fmt: skip
CHANNEL_NAMES = ("channel", "media", "media_type", "channels")
CHANNEL_WORDS = {
    "voice": "voice", "phone": "voice", "call": "voice", "calls": "voice", "tel": "voice", "inbound": "voice",
    "chat": "chat", "chats": "chat", "messaging": "messaging", "message": "messaging",
    "messages": "messaging", "email": "email", "mail": "email", "emails": "email",
    "backoffice": "backoffice",
}  # fmt: skip
NOT_A_NEED = frozenset((
    "total", "sum", "all", "volume", "offered", "contacts", "aht", "load", "erlangs", "occupancy",
    "interval", "week", "weekday", "day", "hour", "minute", "year", "month", "row", "index", "id",
))  # fmt: skip
AGENT_ID_NAMES = (
    "agent_id", "agent", "id", "employee_id", "emp_id", "employee", "staff_id", "user_id", "user", "login",
    "badge", "agent_name", "name", "full_name", "employee_name",
)  # fmt: skip
AGENT_NAME_NAMES = ("name", "agent_name", "full_name", "employee_name", "display_name")
HOURS_NAMES = (
    "weekly_hours", "hours_per_week", "week_hours", "contract_hours", "hours_week", "weekly_h", "contract_h",
    "hours", "h_week", "h",
)  # fmt: skip
