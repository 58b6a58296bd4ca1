"""An exchange file of version 1, in which a listing could be our reading, is read as one of today's."""

from __future__ import annotations

from pathlib import Path

import pytest

from camcensus.store.exchange_file import write as exchange
from camcensus.store.exchange_file.schema_1 import SCHEMA_1
from camcensus.tasks.share.view import exchange_document, exchange_text, read_exchange_file
from store.exchange_file.test_write import fill
from tasks.share.test_version_2 import as_in_version_2


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One camera on a list that names its maker, and on one that names nobody: by its own seat, and by an owner's."""
    monkeypatch.setattr(exchange, "SCHEMA", SCHEMA_1)
    monkeypatch.setattr(exchange, "SCHEMA_VERSION", 1)

    def fill_1(put: exchange.Put) -> object:
        facts = fill(lambda table, rows: put(table, as_in_version_2(table, rows)))
        said = ("The list", "Somebody", "Departments", "", "2022-11-24")
        put("source", [("s", "A text", "A publisher", None, None, None)])
        put(
            "list_used",
            [
                (name, "1", *said, named, 1, 0, None, None, None, "s")
                for name, named in (("named", 1), ("read", 0), ("owner", 0))
            ],
        )
        listed = ("d-1", 0, "listing", "", "listed", "dahua")
        rest = (0, None, None, None, "s")
        put("finding", [
            (*listed[:1], 1, *listed[2:3], "named", *listed[4:], '["dahua"]', 0, *rest),
            (*listed[:1], 2, *listed[2:3], "read", *listed[4:], '["dahua"]', 1, *rest),
            (*listed[:1], 3, *listed[2:3], "owner", *listed[4:], '["pyronix","dahua"]', 1, *rest),
        ])  # fmt: skip
        return facts

    made = tmp_path / "old.camcensus"
    exchange.write_exchange(made, fill_1)  # type: ignore[arg-type]
    return made


def test_what_was_our_reading_is_no_listing_and_an_owners_seat_is_not_the_makers(path: Path) -> None:
    view = read_exchange_file(path)
    assert view.export["schema_version"] == 1
    (row,) = view.rows
    assert row.listed == ("named",)
    assert row.based
    assert "named, Based in China (our reading)" in exchange_text(view)
    (entry,) = exchange_document(view)["rows"]
    assert (entry["listed"], entry["based_in_china"]) == (["named"], True)
