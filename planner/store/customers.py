"""Customer ids are not kept: a keyed hash stands in for them, so that repeat contacts can be found.

Why, and what it does not protect from: docs/decisions/010-customer-ids-are-hidden.md.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.domain.problems import Problem
from planner.store.atomic import write_file
from planner.store.folder import Store, StoreError
from planner.store.manifest import read_manifest

KEY_BYTES = 32
HASH_BYTES = 8  # ten million customers: two of them share a hash with probability 3e-6


@dataclass(frozen=True)
class CustomerKey:
    """The store's secret; `fingerprint` tells whether two keys are the same without showing them."""

    secret: bytes

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits."""
        return self._hash("fingerprint of the key itself")

    def hide(self, contacts: pd.DataFrame) -> pd.DataFrame:
        """The contacts with 16 hexadecimal digits for each customer id; unknown stays unknown."""
        codes, distinct = pd.factorize(contacts["customer_id"])
        hashes = pd.Series([self._hash(str(customer)) for customer in distinct], dtype="str")
        hidden = hashes.reindex(codes).set_axis(contacts.index)  # code -1: unknown
        return contacts.assign(customer_id=hidden)

    def _hash(self, text: str) -> str:
        """Keyed BLAKE2b (RFC 7693)."""
        return hashlib.blake2b(text.encode(), key=self.secret, digest_size=HASH_BYTES).hexdigest()


def customer_key(store: Store) -> CustomerKey:
    """The store's key, made at first use and readable by its owner only.

    StoreError when the key is not the one that hid the customers of the contacts already there: their
    repeat contacts could no longer be found.
    """
    path = store.folder / "customer.key"
    known = read_manifest(store.history("CONTACTS")).customers
    if known is None and not path.exists():
        write_file(path, _write_secret)
    key = CustomerKey(path.read_bytes() if path.exists() else b"")
    if known not in (None, key.fingerprint):
        note = "is not the key the stored contacts were hidden with; restore it, or start a new store"
        raise StoreError([Problem("customer_key_changed", note, str(path))])
    return key


def _write_secret(path: Path) -> None:
    path.touch(mode=0o600)
    path.write_bytes(secrets.token_bytes(KEY_BYTES))
