"""The section `hosting:` of the sample's plan.yaml. All invented: people, prices and the client's wishes."""

from __future__ import annotations

from typing import Any

LANGUAGES_TO_HIRE = {  # people who could be hired beside those of today's languages: people, EUR each
    "SVQ": {("pt",): (15, 2_200)},
    "LIS": {("es",): (40, 1_800), ("it",): (20, 2_400), ("en",): (30, 1_900), ("pt-BR",): (25, 1_600)},
    "KRK": {("de",): (30, 2_300), ("it",): (10, 2_600), ("ro",): (10, 2_400)},
    "CAS": {("es",): (45, 1_500), ("ar",): (25, 1_100)},
    "CAI": {("fr",): (20, 1_700), ("de",): (8, 2_500), ("it",): (8, 2_400)},
    "BOG": {("es",): (20, 1_500), ("pt-BR",): (12, 1_600)},
    "SAO": {("es-MX",): (12, 1_700)},
}
LESSONS = {  # who can be taught what: speaks, learns, people, EUR each
    "SVQ": [("es", "it", 20, 2_600), ("es", "pt", 12, 2_200), ("it", "ro", 8, 3_000)],
    "LIS": [("pt", "es", 15, 2_000), ("fr", "pt", 12, 2_600), ("de", "nl", 10, 3_000)],
    "KRK": [("pl", "en", 20, 2_400), ("en", "sv", 8, 3_600)],
    "CAS": [("ar", "fr", 20, 1_600), ("fr", "es", 12, 2_000)],
    "CAI": [("ar", "en", 20, 1_500)],
    "BOG": [("es-MX", "en", 25, 1_600)],
    "SAO": [("pt-BR", "es-MX", 12, 1_700)],
}


def hosting() -> dict[str, Any]:
    """Who could serve what where, and what may not move."""
    markets = [
        {"site": site, "languages": list(languages), "most_people": people, "cost": cost}
        for site, offers in LANGUAGES_TO_HIRE.items()
        for languages, (people, cost) in offers.items()
    ]
    lessons = [
        {"site": site, "language": speaks, "adds": adds, "most_people": people, "cost": cost}
        for site, offers in LESSONS.items()
        for speaks, adds, people, cost in offers
    ]
    return {
        "weeks": 5,
        "busy_share": 1.0,
        "level": "p75",
        "channel_groups": {
            "calls": ["voice"],
            "live": ["chat", "messaging"],
            "written": ["email", "backoffice"],
        },
        "pools": {"most_languages": 3, "aht_multiple": 1.02, "pay_premium": 0.05, "least_people": 6},
        "risk": {"two_sites_from_fte": 40, "most_at_one_site": 0.75, "most_in_one_country": 0.4},
        "splits": [0.3, 0.5, 0.7],
        "part_least_h": 2,
        "hire_cost": 1_400,
        "leave_cost": 2_500,
        "payback_weeks": 52,
        "seats_share": 0.95,
        "markets": markets,
        "lessons": lessons,
        "bounds": [
            {"language": "de", "reason": "the client wants German in the EU", "sites": ["LIS", "KRK"]},
            {"language": "sv", "reason": "contract names Krakow until 2027", "sites": ["KRK"]},
        ],
    }
