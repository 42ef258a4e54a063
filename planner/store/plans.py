"""Published plans: each a folder that appears at once and never changes, and a pointer to the current one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.domain.tables import TABLES
from planner.store.atomic import beside, make_folder, move_folder, write_text
from planner.store.folder import Store, writing
from planner.store.manifest import read_manifest
from planner.store.parquet import digest_of, typed_frame, write_parquet

FORMAT = 1
ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")
MANIFEST, YAML, POINTER = "manifest.json", "plan.yaml", "current"
DECLARED: Mapping[str, Table] = {table.name: table for table in TABLES}


@dataclass(frozen=True)
class PlanInfo:
    """What a published plan says about itself.

    `tables` gives rows by table; `inputs` a digest of each history table as it was when the plan was
    published; `cutoff` the moment from which on the forecast looked at nothing; `facts` are free.
    """

    folder: Path
    plan_id: str
    made_at: datetime
    program: str
    seed: int
    tables: Mapping[str, int]
    inputs: Mapping[str, str]
    cutoff: datetime | None
    facts: Mapping[str, Any]

    @property
    def yaml(self) -> Path:
        """The plan.yaml the plan was made with."""
        return self.folder / YAML


def publish(
    store: Store,
    tables: Mapping[str, pd.DataFrame],
    *,
    yaml_text: str,
    facts: Mapping[str, Any],
    seed: int,
    now: datetime,
) -> str:
    """Publish the tables as one plan, make it the current one, and return its id.

    Every table is checked against its declaration, and `facts` must be what JSON can hold. The same
    tables published at the same moment are the same plan. StoreError when another process is writing
    or the disk refuses.
    """
    made_at = _aware(now).isoformat()
    checked = {name: DECLARED[name].check(frame, file=name) for name, frame in tables.items()}
    with writing(store), beside(store.plans / "plan") as new:
        make_folder(new)
        made = _written(new, checked, yaml_text)
        made |= {"made_at": made_at, "seed": seed, "inputs": history_state(store), "facts": dict(facts)}
        plan_id = f"{_aware(now):%Y%m%d-%H%M%S}-{_digest(made)[:6]}"
        _write_manifest(new, {"format": FORMAT, "plan_id": plan_id, "program": program_version()} | made)
        if not (store.plans / plan_id).exists():
            move_folder(new, store.plans / plan_id)
        write_text(store.plans / POINTER, plan_id + "\n")
    return plan_id


def plans(store: Store) -> tuple[PlanInfo, ...]:
    """Every published plan, the newest first."""
    found = [
        _info(path.parent) for path in store.plans.glob(f"*/{MANIFEST}") if ID.fullmatch(path.parent.name)
    ]
    return tuple(sorted(found, key=lambda info: (info.made_at, info.plan_id), reverse=True))


def current(store: Store) -> PlanInfo | None:
    """The plan that was published last; None before the first."""
    try:
        plan_id = (store.plans / POINTER).read_text().strip()
    except FileNotFoundError:
        return None
    return _info(_folder(store, plan_id))


def read_plan(
    store: Store,
    plan_id: str,
    table_name: str,
    *,
    columns: Sequence[str] | None = None,
    filters: Sequence[tuple[str, str, Any]] | None = None,
) -> pd.DataFrame:
    """A table of a plan, typed as declared, its rows in the order they were published.

    `filters` hold together, each a column, one of = != < <= > >= in, and a value. InputError when
    there is no such plan or the plan does not have the table.
    """
    path = _folder(store, plan_id) / f"{table_name}.parquet"
    if not path.exists():
        raise InputError(
            [Problem("no_table", f"plan {plan_id} has no table {table_name}", str(store.folder))]
        )
    wanted = None if columns is None else list(columns)
    cells = pq.read_table(path, columns=wanted, filters=list(filters) if filters else None, partitioning=None)
    return typed_frame(cells, DECLARED[table_name])


def history_state(store: Store) -> dict[str, str]:
    """A digest of what each history table consists of; equal digests mean equal history."""
    imports = {name: read_manifest(store.history(name)).imports for name in DECLARED}
    return {name: _digest([each.digest for each in done])[:16] for name, done in imports.items() if done}


def program_version() -> str:
    """The version of this program, as installed."""
    try:
        return version("planner")
    except PackageNotFoundError:
        return "not installed"


def _aware(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError(f"the moment of publishing has no time zone: {now}")
    return now.astimezone(UTC)


def _written(folder: Path, tables: Mapping[str, pd.DataFrame], yaml_text: str) -> dict[str, Any]:
    """Write the tables and the YAML; rows and digest of each table, and the forecast's cutoff."""
    (folder / YAML).write_bytes(yaml_text.encode())
    made = {}
    for name, frame in tables.items():
        path = folder / f"{name}.parquet"
        write_parquet(frame, DECLARED[name], path)
        made[name] = {"rows": len(frame), "sha256": digest_of(path)}
    return {"tables": made, "yaml": digest_of(folder / YAML), "cutoff": _cutoff(tables)}


def _cutoff(tables: Mapping[str, pd.DataFrame]) -> str | None:
    forecast = tables.get("FORECAST")
    if forecast is None or "cutoff" not in forecast or forecast["cutoff"].isna().all():
        return None
    return str(forecast["cutoff"].max().isoformat())


def _write_manifest(folder: Path, about: dict[str, Any]) -> None:
    (folder / MANIFEST).write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _digest(value: Any) -> str:
    """SHA-256 of a value that JSON can hold."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _folder(store: Store, plan_id: str) -> Path:
    """The plan's folder; an id may come from an address typed by a person."""
    folder = store.plans / plan_id
    if not ID.fullmatch(plan_id) or not (folder / MANIFEST).exists():
        raise InputError([Problem("unknown_plan", f"has no plan “{plan_id}”", str(store.folder))])
    return folder


def _info(folder: Path) -> PlanInfo:
    kept = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return PlanInfo(
        folder,
        kept["plan_id"],
        datetime.fromisoformat(kept["made_at"]),
        kept["program"],
        kept["seed"],
        {name: table["rows"] for name, table in kept["tables"].items()},
        kept["inputs"],
        datetime.fromisoformat(kept["cutoff"]) if kept["cutoff"] else None,
        kept["facts"],
    )
