"""The IT team's policy: what it lets through, and that every search, login and file passes it, whoever asks."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.discovery.login import Login
from camcensus.discovery.scope import make_scope
from camcensus.model.errors import DiskError, PolicyError, ScopeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.policy import Policy
from camcensus.model.scan import Interface, Scope
from camcensus.store.edits import settings
from camcensus.store.policy_file import FURTHER
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.files import write_through
from camcensus.tasks.finding.census import find
from camcensus.tasks.finding.sign_in import Candidate, read_signed_in, sign_in_list
from camcensus.tasks.policy import (
    bounded,
    limits,
    may_search,
    policy_document,
    refuse_audience,
    refuse_login,
    usual_pace,
    why_no_search,
    why_not_kept_there,
)
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports import catalogue as reports
from camcensus.tasks.rollup import files as rollup_files
from camcensus.tasks.rollup import taking as rollup
from camcensus.tasks.rollup.figures import lists_of, read_figures
from camcensus.tasks.share import making as share
from discovery import packets
from discovery.servers import tcp
from discovery.test_scan import answers, device
from samples import NOW, body, verdict

Put = Callable[[str], None]

DESK = "IT service desk, 020 7946 0000"
SET = f"Your IT team set this; ask {DESK}."
ONE, TWO = Interface("eth0", "10.20.1.2/24", 2), Interface("eth1", "10.30.0.2/24", 3)


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Puts a policy in force."""

    def put(text: str) -> None:
        path = tmp_path / "policy.toml"
        path.write_text(f'contact = "{DESK}"\n{text}', "utf-8")
        monkeypatch.setenv(FURTHER, str(path))

    return put


# What is allowed


@pytest.mark.parametrize(
    ("policy", "scope", "says"),
    [
        (Policy(allowed_ranges=("10.20.0.0/16",)), Scope((ONE,), ("10.20.1.0/24", "10.21.0.0/24")), "10.21.0.0/24 is outside"),
        (Policy(allowed_ranges=("10.20.1.0/25",)), Scope((), ("10.20.1.0/24",)), "10.20.1.0/24 is outside"),
        (Policy(allowed_ranges=("10.20.1.0/25",)), Scope((ONE,)), "10.20.1.0/24, the network of 10.20.1.2, is outside"),
        (Policy(allowed_ranges=("10.40.0.0/16",)), Scope((ONE, TWO)), "No network of this computer is in the ranges"),
        (Policy(allowed_ranges=()), Scope((ONE, TWO), passive=True), r"\(none\)"),
        (Policy(paces=("gentle",)), Scope((ONE,), pace="normal"), "The pace “normal” is not allowed here, only gentle"),
        (Policy(paces=()), Scope((ONE,)), "only none"),
        (Policy(passive_only=True), Scope((ONE,)), r"Only listening is allowed here \(--passive\)"),
    ],
)
def test_what_is_not_allowed_is_one_sentence_that_names_whom_to_ask(policy: Policy, scope: Scope, says: str) -> None:
    with pytest.raises(ScopeError, match=says) as caught:
        bounded(scope, both_with_contact(policy))
    assert str(caught.value).endswith(SET)


def both_with_contact(policy: Policy) -> Policy:
    return replace(policy, contact=DESK, files=("policy.toml",))


def test_other_networks_are_left_out_but_are_an_error_where_a_person_named_them() -> None:
    policy = Policy(allowed_ranges=("10.20.0.0/17", "10.20.128.0/17"), never_ask=("10.20.9.0/28",))
    scope = bounded(Scope((ONE, TWO), ("10.20.0.0/16",), exclude=("10.0.0.5/32",)), policy)
    assert scope.interfaces == (ONE,)
    assert scope.exclude == ("10.0.0.5/32", "10.20.9.0/28")
    assert scope.allowed == policy.allowed_ranges
    assert bounded(scope, policy) == scope
    for name in ("eth1", "10.30.0.2", "10.30.0.2/24"):
        with pytest.raises(ScopeError, match=r"10\.30\.0\.0/24, the network of 10\.30\.0\.2, is outside"):
            bounded(Scope((ONE, TWO)), policy, [name])
    assert [may_search(card, policy) for card in (ONE, TWO)] == [True, False]


def test_listening_is_allowed_where_only_that_is_and_no_pace_holds_it_up() -> None:
    scope = Scope((ONE,), passive=True, pace="fast")
    assert bounded(scope, Policy(passive_only=True, paces=())) == scope


def test_the_pace_a_person_is_used_to_gives_way_to_the_slowest_allowed() -> None:
    assert usual_pace(Policy(), "normal") == "normal"
    assert usual_pace(Policy(paces=("gentle", "fast")), "normal") == "gentle"
    assert usual_pace(Policy(paces=("normal",))) == "normal"
    assert usual_pace(Policy(paces=())) == "gentle"


def test_what_is_set_is_told_in_words_and_as_json() -> None:
    assert limits(Policy()) == ()
    assert limits(Policy(contact=DESK, files=("x",))) == (("Limits", "None."), ("Whom to ask", DESK), ("Read from", "x"))
    policy = Policy(
        allowed_ranges=("10.20.0.0/16",), never_ask=("10.20.5.0/28",), paces=("gentle",), logins=False, folders=("/srv/cctv",),
        for_others=("supplier",), contact=DESK, files=("/etc/camcensus/policy.toml",),
    )  # fmt: skip
    assert limits(policy) == (
        ("Where a search may look", "10.20.0.0/16"),
        ("Never asked", "10.20.5.0/28"),
        ("Pace", "Gentle only."),
        ("Logins", "Not used."),
        ("Where files may be kept", "/srv/cctv"),
        ("Not made here", "Copy for auditors, edition for the public, encrypted copy."),
        ("Whom to ask", DESK),
        ("Read from", "/etc/camcensus/policy.toml"),
    )
    assert policy_document(policy)["search"]["allowed_ranges"] == ["10.20.0.0/16"]  # type: ignore[index]
    assert limits(Policy(passive_only=True, files=("x",)))[0] == ("How", "Only listening; nothing is sent.")
    assert why_no_search(Policy(allowed_ranges=())).startswith("No search is allowed")
    assert why_no_search(Policy()) == ""


# Every search passes it


def search(scope: Scope, knowledge: Knowledge, **more: object) -> object:
    return asyncio.run(find(scope, lambda _: None, knowledge=knowledge, **more))  # type: ignore[arg-type]


def test_no_search_is_made_outside_whoever_made_the_scope_and_no_byte_is_sent(put: Put, knowledge: Knowledge) -> None:
    async def work() -> list[object]:
        async with AsyncExitStack() as stack:
            served = await stack.enter_async_context(tcp(answers, host="127.77.60.1", port=18080))
            heard = await device(stack, "127.77.60.1", packets.probe_match("http://127.77.60.1:18080/onvif/device_service"))
            scope = make_scope(["127.0.0.1"], ["127.77.60.0/30"], pace="fast", limit_s=2)
            with pytest.raises(ScopeError, match=r"127\.77\.60\.0/30 is outside .*020 7946 0000\.$"):
                await find(scope, lambda _: None, knowledge=knowledge)
            return [*served.accepted, *heard.heard]

    put('[search]\nallowed_ranges = ["10.20.0.0/16"]')
    assert asyncio.run(work()) == []


def test_a_policy_that_cannot_be_read_stops_every_search_and_nothing_else(
    put: Put, knowledge: Knowledge, tmp_path: Path
) -> None:
    put("[search]\nallowed_rnages = []")
    with pytest.raises(ScopeError, match=r"has “allowed_rnages”.* so nothing is searched; ask your IT team\.$"):
        search(make_scope(["127.0.0.1"], [], passive=True, limit_s=0.1), knowledge)
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:
        assert inventory.readonly_reason is None
    with pytest.raises(ScopeError, match="nothing is searched"):
        asyncio.run(read_signed_in((), Login("a", "b"), lambda _: None))


def test_the_simulation_on_this_computer_is_no_search_of_a_network(put: Put, knowledge: Knowledge) -> None:
    put("[search]\nallowed_ranges = []\npassive_only = true")
    scope = make_scope(["127.0.0.1"], [], passive=True, limit_s=0.1)
    assert search(scope, knowledge, simulation=True).verdicts == ()  # type: ignore[attr-defined]
    with pytest.raises(ScopeError):
        search(scope, knowledge)
    with pytest.raises(ScopeError):
        search(Scope((ONE,), passive=True, limit_s=0.1), knowledge, simulation=True)


def test_no_login_is_used_where_it_is_not_allowed_nor_outside_nor_where_it_is_never_asked(
    put: Put, knowledge: Knowledge
) -> None:
    candidates = [Candidate(verdict(31), None, "CAM-1")]
    listed = sign_in_list(candidates, knowledge)
    assert [one.target.address for one in listed] == list(verdict(31).device.addresses)

    async def ask(text: str) -> list[object]:
        put(text)
        async with tcp(answers, host="127.77.61.31", port=80) as served:
            await read_signed_in(listed, Login("a", "b"), lambda _: None, pace="fast")
            return list(served.accepted)

    with pytest.raises(ScopeError, match="Logins are not used on this computer"):
        asyncio.run(ask("[search]\nlogins = false"))
    for text in ('allowed_ranges = ["10.99.0.0/16"]', f'never_ask = ["{verdict(31).device.addresses[0]}/32"]'):
        put(f"[search]\n{text}")
        assert sign_in_list(candidates, knowledge) == ()
    with pytest.raises(ScopeError):
        refuse_login(Policy(passive_only=True))
    with pytest.raises(ScopeError):
        refuse_login(Policy(paces=()))
    refuse_login(Policy())


# Files


def test_files_are_kept_only_where_they_may_be(put: Put, tmp_path: Path, data_dir: Path, knowledge: Knowledge) -> None:
    allowed, other = tmp_path / "cctv", tmp_path / "desktop"
    for folder in (allowed, other):
        folder.mkdir()
    linked = sys.platform != "win32"  # links need a right there
    if linked:
        (other / "link").symlink_to(allowed)
        (allowed / "out").symlink_to(other)
    register.new_inventory(other / "old.camcensus", body(), NOW).close()
    put(f"[files]\nfolders = ['{allowed}']")

    def draw() -> tuple[bytes, int]:
        return b"%PDF-1.7", 1

    assert write_through(allowed / "plan.pdf", draw).pages == 1
    if linked:
        assert write_through(other / "link" / "other.pdf", draw).pages == 1
    outside = [other / "plan.pdf", allowed / ".." / "plan.pdf", *([allowed / "out" / "plan.pdf"] if linked else [])]
    for path in outside:
        with pytest.raises(PolicyError, match=re.escape(f"is not kept in that folder, only in: {allowed}. {SET}")):
            write_through(path, draw)
        assert not path.exists()
    with pytest.raises(PolicyError, match=r"new\.camcensus"):
        register.new_inventory(other / "new.camcensus", body(), NOW)
    with register.new_inventory(allowed / "new.camcensus", body(), NOW) as inventory:
        assert inventory.readonly_reason is None
        kind = reports.kind_called("summary")
        making = reports.Making(
            inventory=inventory, knowledge=knowledge, path=other / "summary.pdf", data_dir=data_dir, now=NOW
        )
        with pytest.raises(PolicyError, match=r"summary\.pdf"):
            kind.write(making)
    with register.open_inventory(other / "old.camcensus", NOW) as inventory:
        assert str(inventory.readonly_reason).endswith(SET)
        with pytest.raises(DiskError, match="only in"):
            inventory.do(settings.set_body(body()), by=None, now=NOW)
    with pytest.raises(PolicyError, match=r"found\.jsonl"):
        search(make_scope(["127.0.0.1"], [], passive=True, limit_s=0.1), knowledge, capture=other / "found.jsonl")
    assert sorted(one.name for one in other.iterdir()) == [
        *(["link"] if linked else []),
        "old.camcensus",
        "old.camcensus-backups",
    ]


def test_the_programs_own_drafts_are_no_files_of_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    policy = Policy(folders=("/srv/cctv",), files=("x",))
    assert why_not_kept_there(tmp_path / "camcensus-ab12" / "paper-1.pdf", policy) == ""
    assert why_not_kept_there(tmp_path / "paper-1.pdf", policy)
    assert why_not_kept_there(tmp_path / "x" / "camcensus-a", policy)
    assert why_not_kept_there(tmp_path, policy)
    assert why_not_kept_there(tmp_path / "camcensus-ab12", policy)
    assert "no folder at all" in why_not_kept_there(Path("/srv/a"), Policy(folders=(), files=("x",)))


def test_what_may_not_be_made_for_others_is_refused_and_for_staff_it_always_is(
    put: Put, tmp_path: Path, data_dir: Path, knowledge: Knowledge
) -> None:
    put('[files]\nfor_others = ["supplier"]')
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:
        for name, audience, allowed in (
            ("register", "public", False), ("register", "supplier", True), ("register", "internal", True), ("foi", "public", False),
        ):  # fmt: skip
            making = reports.Making(
                inventory=inventory, knowledge=knowledge, path=tmp_path / f"{name}-{audience}.pdf", data_dir=data_dir, now=NOW,
                choices=reports.Choices(audience=audience),  # type: ignore[arg-type]
            )  # fmt: skip
            if allowed:
                assert reports.kind_called(name).write(making).pages
                continue
            with pytest.raises(PolicyError, match=re.escape(f"an edition for the public is not made. {SET}")):
                reports.kind_called(name).write(making)
            assert not making.path.exists()
        table = reports.kind_called("foi").csv
        assert table is not None
        with pytest.raises(PolicyError):
            table(reports.Making(inventory=inventory, knowledge=knowledge, path=tmp_path / "t.csv", data_dir=data_dir, now=NOW))
        planned = reports.kind_called("plan").csv
        assert planned is not None
        for audience, allowed in (("internal", True), ("public", False)):
            making = reports.Making(
                inventory=inventory, knowledge=knowledge, path=tmp_path / f"plan-{audience}.csv", data_dir=data_dir, now=NOW,
                choices=reports.Choices(audience=audience),  # type: ignore[arg-type]
            )  # fmt: skip
            if allowed:
                assert planned(making).path.is_file()
                continue
            with pytest.raises(PolicyError, match="an edition for the public is not made"):
                planned(making)
        for audience in ("auditor", "public", "backup"):
            wish = share.ShareWish(audience, "R. Khan", plain=True)  # type: ignore[arg-type]
            with pytest.raises(PolicyError, match=SET):
                share.share(inventory, knowledge, tmp_path / f"share-{audience}", wish, NOW)
        share.share(inventory, knowledge, tmp_path / "quote.zip", share.ShareWish("supplier", "R. Khan"), NOW)
    assert not list(tmp_path.glob("share-*"))
    refuse_audience("internal")
    refuse_audience("supplier")
    with pytest.raises(PolicyError, match="an encrypted copy is not made"):
        refuse_audience("backup")


def test_files_for_others_and_roll_ups_are_kept_only_where_they_may_be(
    put: Put, tmp_path: Path, data_dir: Path, knowledge: Knowledge
) -> None:
    allowed, other = tmp_path / "cctv", tmp_path / "desktop"
    for folder in (allowed, other):
        folder.mkdir()
    put(f"[files]\nfolders = ['{allowed}']")
    with register.new_inventory(allowed / "a.camcensus", body(), NOW) as inventory:
        wish = share.ShareWish("auditor", "R. Khan")
        with pytest.raises(PolicyError, match="only in"):
            share.share(inventory, knowledge, other / "exchange.camcensus", wish, NOW)
        share.share(inventory, knowledge, allowed / "exchange.camcensus", wish, NOW)
    with pytest.raises(PolicyError, match="only in"):
        rollup.open_for_taking(other / "n.camcensus-rollup", data_dir, knowledge, NOW)
    with rollup.open_for_taking(allowed / "n.camcensus-rollup", data_dir, knowledge, NOW) as nation:
        figures = read_figures(nation, lists_of(nation), "2026-11-24")
        with pytest.raises(PolicyError, match="only in"):
            rollup_files.write_csv(figures, other / "tables")
        with pytest.raises(PolicyError, match="only in"):
            rollup_files.write_parquet(nation.file.connection, other / "parquet")
        with pytest.raises(PolicyError, match="only in"):
            rollup_files.write_script(nation, figures, other / "parquet", "spark")
        assert rollup_files.write_csv(figures, allowed / "tables")
    assert not list(other.iterdir())


# From the command line, which ends with 2 and a sentence


def test_the_command_line_says_so_and_sends_nothing(put: Put, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from camcensus.app import main

    put('[search]\nallowed_ranges = ["127.77.62.0/24"]\npaces = ["gentle", "normal"]\nlogins = false')
    new = tmp_path / "new.camcensus"
    for words, says in (
        (["--range", "127.77.63.0/30", "--interface", "127.0.0.1"], "127.77.63.0/30 is outside the ranges"),
        (["--range", "10.0.4.0/24"], "10.0.4.0/24 is outside the ranges"),
        (["--interface", "127.0.0.1"], "127.0.0.0/8, the network of 127.0.0.1, is outside"),
        (["--interface", "127.0.0.1", "--range", "127.77.62.0/30", "--pace", "fast"], "The pace “fast” is not allowed"),
    ):
        assert main(["scan", *words, "--inventory", str(new), "--json"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert says in err
        assert err.endswith(f"{SET}\n")
        assert err.count("\n") == 1
    assert not new.exists()
    assert main(["policy", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["search"]["logins"] is False
    more = tmp_path / "more.toml"
    more.write_text("[search]\nallowed_ranges = []")
    assert main(["--policy", str(more), "policy", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["search"]["allowed_ranges"] == []
    assert main(["policy", str(more)]) == 0
    assert "Where a search may look: Nowhere: no search is allowed." in capsys.readouterr().out
    more.write_text("[search]\nallow = []")
    assert main(["--policy", str(more), "scan"]) == 2
    assert "has “allow”" in capsys.readouterr().err
    assert main(["--policy", str(more), "policy"]) == 3
    assert "so nothing is searched" in capsys.readouterr().err
    assert main(["policy"]) == 0  # a tightening lasts for one command


def test_without_a_policy_the_command_says_where_one_would_lie(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from camcensus.app import main
    from camcensus.store import policy_file

    monkeypatch.delenv(FURTHER, raising=False)
    monkeypatch.setattr(policy_file, "system_place", lambda: Path("/nobody/policy.toml"))
    assert main(["policy"]) == 0
    assert "Nothing is limited here" in capsys.readouterr().out
