"""Real processes that are frozen around a beat: nobody else is stopped, and nothing is stored twice (LR-5)."""

from pathlib import Path
from typing import Final

import pytest

from fixtures.databases.templates import SqliteTemplate
from reference_app.database import sqlite
from tests.reference_app.single_flight.freezing import LANES, OFFSETS_MS, bench, frozen_at

DWELL_S: Final = 0.8
IN_THE_FIRST_BEAT_MS: Final = 200.0
"""Counted from where the second beat would be if the first took no time: in the middle of the first."""
BUSY_S: Final = 0.5
ON_POSTGRES_MS: Final = [-1.0, 0.0, 0.5, 1.0, 2.0, 5.0]


def test_whenever_a_holder_is_frozen_nobody_else_is_stopped(template: SqliteTemplate, tmp_path: Path) -> None:
    """In steps of half a millisecond around a beat: others write, one takes over, the late write is refused."""
    urls = []
    for lane in range(LANES):
        (tmp_path / str(lane)).mkdir()
        urls.append(template.copy(tmp_path / str(lane)))
    found = frozen_at(urls, OFFSETS_MS)
    assert len(found) == len(OFFSETS_MS)
    assert [f"{frozen.offset_ms:+.1f} ms: {frozen.harm}" for frozen in found if frozen.harm] == []


def test_a_beat_in_a_transaction_is_seen_to_stop_others(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same look finds harm where there is some: a holder that beats as it did before."""
    monkeypatch.setattr(sqlite, "BUSY_S_MAX", BUSY_S)
    with bench(database_url, dwell_s=DWELL_S) as holder:
        frozen = holder.freeze("work:1", IN_THE_FIRST_BEAT_MS)
    assert frozen.harm == "somebody else's write took inf s"
    assert frozen.stored == ("late-work:1",)


@pytest.mark.parametrize("kind", ["locks", "leases"])
def test_on_postgres_the_server_frees_what_a_frozen_holder_keeps(postgres_url: str, kind: str) -> None:
    """Both kinds of lock: whatever row its beat has locked is free within the bound of a take-over."""
    with bench(postgres_url, kind) as holder:
        found = [holder.freeze(f"work:{offset_ms}", offset_ms) for offset_ms in ON_POSTGRES_MS]
    assert [f"{frozen.offset_ms:+.1f} ms: {frozen.harm}" for frozen in found if frozen.harm] == []
