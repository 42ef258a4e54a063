"""The columns that say which queue a row is about."""

from __future__ import annotations

from planner.domain.column import Column

SITE = Column("site", "text", "site where the contact is answered, as named in plan.yaml")
LANGUAGE = Column("language", "text", "BCP 47 tag such as pt or pt-BR")
CHANNEL = Column("channel", "text", "voice, chat, messaging, email, backoffice or one named in plan.yaml")
QUEUE = ("site", "language", "channel")
QUEUE_COLUMNS = (SITE, LANGUAGE, CHANNEL)
