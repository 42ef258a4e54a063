"""Colours with one meaning on every screen, light and dark (contrast and colour-blind checks: docs)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Hex colours by meaning; the `_rgb` fields are the same colours as "r,g,b" for softening."""

    ink: str
    text: str
    muted: str
    faint: str
    line: str
    grid: str
    card: str
    page: str
    nothing: str
    forecast: str
    forecast_rgb: str
    scheduled: str
    voice: str
    chat: str
    training: str
    under: str
    under_rgb: str
    over: str
    over_rgb: str
    on_strong: str


LIGHT = Palette(
    ink="#17202A",
    text="#3A4652",
    muted="#5B6875",
    faint="#9AA5B0",
    line="#DDE2E7",
    grid="#EBEEF1",
    card="#FFFFFF",
    page="#F7F8F9",
    nothing="#F0F2F4",
    forecast="#0B6E79",
    forecast_rgb="11,110,121",
    scheduled="#B9C4CE",
    voice="#74899A",
    chat="#B5C3CE",
    training="#8A6BA3",
    under="#C2500F",
    under_rgb="194,80,15",
    over="#3D6DA8",
    over_rgb="61,109,168",
    on_strong="#FFFFFF",
)
DARK = Palette(
    ink="#EDF1F4",
    text="#C9D2DA",
    muted="#93A2AF",
    faint="#657482",
    line="#2A3843",
    grid="#22303A",
    card="#18232C",
    page="#10181F",
    nothing="#1F2B35",
    forecast="#5CC0CA",
    forecast_rgb="92,192,202",
    scheduled="#4A5B69",
    voice="#8CA3B5",
    chat="#54687A",
    training="#B79AD0",
    under="#F08A4B",
    under_rgb="240,138,75",
    over="#7FA9DC",
    over_rgb="127,169,220",
    on_strong="#10181F",
)


def softened(rgb: str, strength: float) -> str:
    """A colour "r,g,b" at a strength of 0..1."""
    return f"rgba({rgb},{strength:.2f})"
