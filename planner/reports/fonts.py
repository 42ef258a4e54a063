"""The bundled fonts as `@font-face` rules that carry their own data: paper looks alike on every machine.

Chinese, Japanese and Korean come from the system's Noto Sans CJK.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "static"
FAMILIES = {  # by file: a family of its own, for WeasyPrint knows no unicode-range
    "latin": "Plex",
    "latin-ext": "Plex Ext",
    "arabic-arabic": "Plex Arabic",
    "hebrew-hebrew": "Plex Hebrew",
    "thai-thai": "Plex Thai",
    "devanagari-devanagari": "Plex Devanagari",
}
WEIGHTS = (400, 600)
STACK = (
    "Plex,'Plex Ext','Plex Arabic','Plex Hebrew','Plex Thai','Plex Devanagari',"
    "'Noto Sans CJK JP','Noto Sans','DejaVu Sans',sans-serif"
)


@lru_cache(maxsize=1)
def faces() -> str:
    """Every bundled font as a rule; none where the program was installed without its static files."""
    found = ((family, name, weight) for name, family in FAMILIES.items() for weight in WEIGHTS)
    return "".join(
        _face(family, weight, path)
        for family, name, weight in found
        if (path := FOLDER / f"ibm-plex-sans-{name}-{weight}-normal.woff2").is_file()
    )


def _face(family: str, weight: int, path: Path) -> str:
    data = base64.b64encode(path.read_bytes()).decode()
    return (
        f"@font-face{{font-family:'{family}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )
