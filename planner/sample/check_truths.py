"""Whether what was planted can be found again in the files, by ways of its own: no scorecard is used."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from planner.sample.check import WHOLE, Centre, Check, at_whole, between

WEEK = pd.Timedelta(days=7)
MANY = 500  # abandoned contacts from which a language's patience is asked for
Z = 1.96


def repeat_checks(centre: Centre) -> list[Check]:
    """FCR repeat(7 d) of each language against the planted one, and no-escalation beside it."""
    found = repeats(centre.contacts)
    truth = pd.Series(centre.parameters.spec["truth"]["fcr"]["by_language"])
    low, high = _wilson(found["resolved"] / found["anchors"], found["anchors"])
    inside = (truth >= low.reindex(truth.index)) & (truth <= high.reindex(truth.index))
    shown = ", ".join(f"{lang} {found.resolved[lang] / found.anchors[lang]:.3f}" for lang in found.index)
    answered = centre.contacts[centre.contacts["answered_at"].notna()]
    stayed = 1 - float(answered["escalated"].astype(bool).mean())
    unknown = float(centre.contacts["customer_id"].isna().mean())
    within = f"{int(inside.sum())} of {len(truth)} languages"
    return [
        Check("planted FCR inside the 95% interval", within, "12 or more", bool(inside.sum() >= 12)),
        Check("  FCR repeat(7 d)", shown),
        between("not escalated / answered", stayed, (0.965, 0.975), show=".1%"),
        between("contacts of unknown customers", unknown, (0.05, 0.07), show=".1%"),
    ]


def repeats(contacts: pd.DataFrame) -> pd.DataFrame:
    """Anchors and resolved anchors per language, by definition repeat(7 d)."""
    known = contacts[contacts["answered_at"].notna() & contacts["customer_id"].notna()]
    known = known.sort_values(["customer_id", "reason", "arrived_at"])
    story = known.groupby(["customer_id", "reason"])
    before, after = story["ended_at"].shift(), story["arrived_at"].shift(-1)
    anchor = ~(known["arrived_at"] - before <= WEEK) & (
        known["ended_at"] + WEEK <= contacts["arrived_at"].max()
    )
    back = after - known["ended_at"] <= WEEK
    rows = pd.DataFrame({"language": known["language"], "anchors": anchor, "resolved": anchor & ~back})
    return rows.groupby("language").sum()


def _wilson(share: pd.Series, n: pd.Series) -> tuple[pd.Series, pd.Series]:
    centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    return centre - half, centre + half


def patience_checks(centre: Centre) -> list[Check]:
    """Mean patience on the phone from waits censored by answer, beyond the short abandons."""
    handling = centre.parameters.spec["handling"]
    voice = centre.contacts[centre.contacts["channel"] == "voice"]
    wait = (voice["answered_at"].fillna(voice["ended_at"]) - voice["arrived_at"]).dt.total_seconds()
    short = centre.parameters.spec["targets"]["short_abandon_s"]
    left = voice["answered_at"].isna() & (wait > short)
    sums = pd.DataFrame({"language": voice["language"], "s": (wait - short).clip(lower=0), "left": left})
    sums = sums.groupby("language").sum()
    true = pd.Series({lang: by["patience"] for lang, by in handling["by_language"].items()})
    ratio = (sums["s"] / sums["left"]) / (handling["voice"]["patience_s"] * true.reindex(sums.index))
    ratio = ratio[sums["left"] >= MANY]
    worst = float((ratio - 1).abs().max()) if len(ratio) else 0.0
    asked = f"within 10 % in languages of {MANY} abandoned and more"
    return [Check("patience, largest error", f"{worst:.1%} of {len(ratio)} languages", asked, worst <= 0.10)]


def slow_down_checks(centre: Centre) -> list[Check]:
    """How much longer a conversation takes for each more that is open."""
    if centre.parameters.scale < WHOLE:
        return []
    rows = []
    for channel in ("chat", "messaging"):
        true = centre.parameters.spec["handling"][channel]["slow_down"]
        found = slow_down(centre, channel)
        rows.append(
            Check(f"{channel} slow-down", f"{found:.2f}", f"{true:.2f} within .05", abs(found - true) <= 0.05)
        )
    return rows


def slow_down(centre: Centre, channel: str) -> float:
    """The slow-down at which the work of a conversation does not depend on how busy its half-hour was.

    Conversations cannot be compared by their own number open: long ones meet more others.
    """
    key = ["site", "language", "interval_start"]
    rows = centre.volume[(centre.volume["channel"] == channel) & (centre.volume["staffed_s"] > 0)]
    rows = rows[key].assign(busy=rows["offered"] / rows["staffed_s"])
    log = centre.contacts[(centre.contacts["channel"] == channel) & centre.contacts["answered_at"].notna()]
    log = log[log["arrived_at"].dt.day_of_week < 5]
    log = log.assign(interval_start=log["arrived_at"].dt.floor("30min")).merge(rows, on=key)
    queue = [log["site"], log["language"]]
    busy = log["busy"] - log["busy"].groupby(queue).transform("mean")

    def dependence(slower: float) -> float:
        alone = np.log(log["talk_s"] / (1 + slower * (log["concurrent"] - 1)))
        return abs(float(((alone - alone.groupby(queue).transform("mean")) * busy).sum()))

    return float(min(np.arange(0, 0.6, 0.01), key=dependence))


def scores(evaluations: pd.DataFrame) -> pd.DataFrame:
    """One row per evaluation with its share of points before critical items count."""
    items = evaluations.dropna(subset="points")
    items = items.assign(earned=items["points"] * items["item_weight"])
    by_section = items.groupby(["evaluation_id", "section"]).agg(
        earned=("earned", "sum"), weight=("item_weight", "sum"), section=("section_weight", "first")
    )
    points = by_section["earned"] / by_section["weight"] * by_section["section"]
    total = points.groupby("evaluation_id").sum() / by_section["section"].groupby("evaluation_id").sum()
    heads = evaluations.drop_duplicates("evaluation_id").set_index("evaluation_id")
    return heads.join(total.rename("score"))


def quality_checks(centre: Centre) -> list[Check]:
    """Quality by site and language, the two streams apart, the raters, and the agents to coach."""
    scored = scores(centre.evaluations)
    random, targeted = (scored[scored["stream"] == stream] for stream in ("random", "targeted"))
    count = centre.evaluations["evaluation_id"].nunique()
    mean, trouble = float(random["score"].mean()), float(targeted["score"].mean())
    return [
        Check("evaluations / rows", f"{count:,} / {len(centre.evaluations):,}"),
        between("quality, random stream", mean, (0.885, 0.915), show=".3f"),
        Check("quality, targeted stream", f"{trouble:.3f}", "lower", trouble < mean - 0.02),
        *at_whole(centre, [_groups(centre, random)]),
        _raters(centre, scored[scored["stream"] == "calibration"]),
        _to_coach(centre, random),
    ]


def _groups(centre: Centre, random: pd.DataFrame) -> Check:
    """Each site and language against its planted mean, in which nobody is new or planted."""
    truth = centre.parameters.spec["truth"]["quality"]
    found = random.groupby(["site", "language"])["score"].agg(["mean", "size"])
    found = found[found["size"] >= 200]
    planted = [
        truth["mean"] + truth["by_site"][site] + truth["by_language"][lang] for site, lang in found.index
    ]
    worst = float((found["mean"] - planted).abs().max()) if len(found) else 0.0
    return Check("quality by site and language, largest error", f"{worst:.3f}", "under .035", worst < 0.035)


def _raters(centre: Centre, calibration: pd.DataFrame) -> Check:
    """Leniency from contacts scored by every rater of a site; bridge sessions have raters of several."""
    sites = calibration["rater_id"].str.split("-").str[0].groupby(calibration["contact_id"])
    calibration = calibration[sites.transform("nunique") == 1]
    usual = calibration.groupby("contact_id")["score"].transform("mean")
    found = (calibration["score"] - usual).groupby(calibration["rater_id"]).mean()
    planted = pd.Series(centre.truth["rater_leniency"]).reindex(found.index)
    worst = float((found - planted).abs().max())
    return Check("rater leniency, largest error", f"{worst:.3f}", "under .02", worst < 0.02)


def _to_coach(centre: Centre, random: pd.DataFrame) -> Check:
    """The planted agents among those furthest below their site and language."""
    group = random.groupby(["site", "language"])["score"].transform("mean")
    gap = (random["score"] - group).groupby(random["agent_id"]).agg(["mean", "size"])
    gap = gap[gap["size"] >= 20]
    planted = [agent for agent in centre.truth["agents_to_coach"] if agent in gap.index]
    lowest = set(gap["mean"].nsmallest(2 * len(planted)).index)
    found = len(lowest & set(planted))
    what = f"{found} of {len(planted)}"
    return Check("agents to coach among twice as many lowest", what, "most", found >= 0.7 * len(planted))


def week_checks(centre: Centre) -> list[Check]:
    """The weeks with one planted cause: their service is worse than that of the weeks around them."""
    if centre.parameters.scale < WHOLE:
        return []
    rows = []
    for plant in centre.parameters.spec["staffing_history"]["planted_causes"]:
        language, monday = centre.parameters.language(plant["line"]), plant["week"]
        there = _level(centre, language, monday, weeks=(0,))
        usual = _level(centre, language, monday, weeks=(-3, -2, -1, 1, 2, 3))
        what = f"{language} week of {monday} ({plant['cause']}): voice in 20 s"
        rows.append(Check(what, f"{there:.1%}; around it {usual:.1%}", "lower", there < usual))
    return rows


def _level(centre: Centre, language: str, monday: date, *, weeks: tuple[int, ...]) -> float:
    """Voice answered in 20 s / offered in the weeks so many from a Monday, as far as there is history."""
    voice = centre.volume[(centre.volume["channel"] == "voice") & (centre.volume["language"] == language)]
    number = (voice["interval_start"] - pd.Timestamp(monday, tz="UTC")).dt.days // 7
    those = voice[number.isin(weeks)]
    return float(those["answered_within_20_s"].sum() / those["offered"].sum())


def learning_checks(centre: Centre) -> list[Check]:
    """The new site's AHT on the phone: weeks since opening against half a year later."""
    ramp, sites = centre.parameters.spec["new_site_ramp"], centre.parameters.spec["sites"]
    voice = centre.volume[(centre.volume["site"] == ramp["site"]) & (centre.volume["channel"] == "voice")]
    weeks = (voice["interval_start"] - pd.Timestamp(sites[ramp["site"]]["opened"], tz="UTC")).dt.days // 7
    sums = voice.groupby(weeks)[["talk_s", "hold_s", "wrap_s", "answered"]].sum()
    aht = sums[["talk_s", "hold_s", "wrap_s"]].sum(axis=1) / sums["answered"]
    usual = float(aht[(aht.index >= 16) & (aht.index < 30)].mean())
    first, last = float(aht[aht.index <= 1].mean()) / usual, float(aht[aht.index == 11].mean()) / usual
    rows = [
        between(f"{ramp['site']} AHT of weeks 1-2 / weeks 17-30", first, (1.25, 1.50)),
        between(f"{ramp['site']} AHT of week 12 / weeks 17-30", last, (0.92, 1.08)),
    ]
    return at_whole(centre, rows)
