"""Lines and streams: all work of the week is in them once; shares of sites add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from staffing.hosting.lines import busy_week, of_week
from staffing.hosting.need import parts_of
from tests.staffing.hosting.small import known, market, plan


def test_the_work_of_all_streams_is_the_work_of_the_forecast() -> None:
    found = market()
    rows = of_week(known().forecast, found.work.week)
    hours = (rows["offered"] * rows["aht_s"]).sum() / 3600
    assert sum(stream.work_h for stream in found.work.streams) == pytest.approx(hours)


def test_shares_of_sites_add_up_to_one() -> None:
    assert all(sum(stream.today.values()) == 1.0 for stream in market().work.streams)


def test_the_busiest_week_is_taken_when_asked_for() -> None:
    forecast = known().forecast
    third = forecast.assign(interval_start=forecast["interval_start"] + pd.Timedelta(days=14))
    busier = third.assign(offered=third["offered"] * (1 + (third["interval_start"].dt.day >= 26)))
    week = busy_week(pd.concat([forecast, busier]), replace(plan().hosting, weeks=4), interval_min=30)
    assert week.first == pd.Timestamp("2026-10-26", tz="UTC")


def test_a_line_is_cut_where_a_site_closes_and_its_parts_are_all_of_it() -> None:
    found = market()
    stream, week = found.work.streams[0], found.work.week
    local = week.starts.tz_convert("Europe/Lisbon")
    masks = {"A": np.asarray(local.hour < 13), "B": np.ones(len(local), bool)}
    parts = parts_of(stream, masks, week, least_h=4)
    assert len(parts) == 2
    assert (np.sum(parts, axis=0) == stream.is_open).all()
    assert np.asarray(local.hour)[parts[0]].max() == 12
    assert len(parts_of(stream, masks, week, least_h=5)) == 1
