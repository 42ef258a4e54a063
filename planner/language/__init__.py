"""The language people read: texts of pages, papers and the command line, in the reader's own.

English is the source. `_("... {n}").format(n=...)` and `ngettext` give a text in the language that is
spoken now; `with speaking("de"):` says which. A language is added by putting its catalogue into
`planner/language/catalogues`, without a build step.
"""

from planner.language.catalogues import languages
from planner.language.retelling import retold
from planner.language.speech import (
    _,
    message,
    ngettext,
    pgettext,
    speak,
    speaking,
    spoken,
    spoken_locale,
)
from planner.language.tags import nearest, negotiated

__all__ = [
    "_",
    "languages",
    "message",
    "nearest",
    "negotiated",
    "ngettext",
    "pgettext",
    "retold",
    "speak",
    "speaking",
    "spoken",
    "spoken_locale",
]
