"""The columns that say which queue and interval a row is about."""

from __future__ import annotations

from planner.domain.column import Column

SITE = Column("site", "text", "site where the contact is answered, as named in plan.yaml")
LANGUAGE = Column("language", "text", "BCP 47 tag such as pt or pt-BR")
CHANNEL = Column("channel", "text", "voice, chat, messaging, email, backoffice or one named in plan.yaml")
QUEUE = ("site", "language", "channel")
QUEUE_COLUMNS = (SITE, LANGUAGE, CHANNEL)
START = Column("interval_start", "utc", "first moment of the interval, with its UTC offset")
INTERVAL = Column(
    "interval_min", "count", "length of the interval: 15, 30, 60 or 1440", "min", least=15, most=1440
)
