"""Colours on paper: those of the light screens, each with its one meaning."""

INK = "#17202A"
TEXT = "#3A4652"
MUTED = "#5B6875"
FAINT = "#9AA5B0"
LINE = "#DDE2E7"
GRID = "#EBEEF1"
CARD = "#FFFFFF"
NOTHING = "#F0F2F4"
FORECAST = "#0B6E79"
SCHEDULED = "#B9C4CE"
UNDER = "#C2500F"
UNDER_RGB = (194, 80, 15)
OVER = "#3D6DA8"


def miss(strength: float) -> tuple[str, str]:
    """Fill and text of a cell: 0 is plain, 1 the full colour of a miss.

    Mixed with white here, so that the PDF needs no transparency.
    """
    if strength <= 0:
        return NOTHING, MUTED
    share = min(0.14 + 0.8 * strength, 0.95)
    mixed = "".join(f"{round(255 + (part - 255) * share):02X}" for part in UNDER_RGB)
    return f"#{mixed}", CARD if strength > 0.72 else INK
