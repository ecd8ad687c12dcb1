"""Releases that fail on purpose."""

from typing import Any

import pytest
from sqlalchemy import Connection

from reference_app.vesting import release_store


def breaks(monkeypatch: pytest.MonkeyPatch, lots: dict[int, Exception]) -> None:
    """Have the release of these lots fail, after their money was moved."""
    pay_out = release_store.pay_out

    def breaking(connection: Connection, job: Any, payouts: Any, now: Any) -> None:
        pay_out(connection, job, payouts, now)
        for payout in payouts:
            if payout.lot.id in lots:
                raise lots[payout.lot.id]

    monkeypatch.setattr(release_store, "pay_out", breaking)
