"""Which logins may be tried, and how they are told apart and remembered without being kept."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from camcensus.discovery.login import PAUSE, Attempts, Basic, Digest, Login, offers_basic, read_challenges
from camcensus.model.logins import LoginRecord

NOW = datetime(2026, 11, 24, 10, 1, 5, tzinfo=UTC)
LOGIN = Login("admin", "s3cret-Pa55")
OTHER = Login("admin", "another")


class Remembered:
    """A record that outlives the Attempts, and a clock."""

    def __init__(self) -> None:
        self.record = LoginRecord("00" * 16)
        self.now = NOW

    def keep(self, record: LoginRecord) -> None:
        self.record = record

    def attempts(self) -> Attempts:
        return Attempts(lambda: self.record, self.keep, lambda: self.now)


def test_a_login_that_was_not_taken_is_never_tried_again_at_that_device_and_another_is() -> None:
    kept = Remembered()
    assert kept.attempts().claim(LOGIN, ["mac:a", "addr:1"]) is None
    kept.attempts().settle(LOGIN, ["mac:a", "addr:1"], accepted=False)
    assert "does not try them again" in (kept.attempts().claim(LOGIN, ["mac:a"]) or "")
    assert "does not try them again" in (kept.attempts().claim(Login("admin", "s3cret-Pa55"), ["addr:1"]) or "")
    assert kept.attempts().claim(OTHER, ["mac:a"]) is None
    assert kept.attempts().claim(LOGIN, ["mac:b"]) is None


def test_a_run_that_is_killed_between_asking_and_hearing_does_not_ask_again() -> None:
    kept = Remembered()
    assert kept.attempts().claim(LOGIN, ["mac:a"]) is None
    assert kept.attempts().claim(LOGIN, ["mac:a"]) is not None


def test_a_login_that_was_taken_may_be_used_again_and_a_person_may_say_so_for_one_that_was_not() -> None:
    kept = Remembered()
    kept.attempts().claim(LOGIN, ["mac:a"])
    kept.attempts().settle(LOGIN, ["mac:a"], accepted=True)
    assert kept.attempts().claim(LOGIN, ["mac:a"]) is None
    kept.attempts().settle(LOGIN, ["mac:a"], accepted=False)
    kept.attempts().forget(LOGIN, ["mac:a"])
    assert kept.attempts().claim(LOGIN, ["mac:a"]) is None


def test_three_refusals_in_a_row_pause_everything_for_a_quarter_of_an_hour_across_restarts() -> None:
    kept = Remembered()
    for name in "abc":
        assert kept.attempts().claim(LOGIN, [name]) is None
        kept.attempts().settle(LOGIN, [name], accepted=False)
    assert "check the user name" in (kept.attempts().claim(OTHER, ["d"]) or "")
    kept.now += PAUSE - timedelta(seconds=1)
    assert kept.attempts().paused_until() is not None
    kept.now += timedelta(seconds=1)
    assert kept.attempts().claim(OTHER, ["d"]) is None


def test_a_login_that_is_taken_between_two_refusals_begins_the_count_anew() -> None:
    kept = Remembered()
    for name, accepted in (("a", False), ("b", False), ("c", True), ("d", False), ("e", False)):
        assert kept.attempts().claim(LOGIN, [name]) is None
        kept.attempts().settle(LOGIN, [name], accepted=accepted)
    assert kept.attempts().paused_until() is None


def test_a_clock_that_was_set_back_does_not_lengthen_the_pause() -> None:
    kept = Remembered()
    kept.record = LoginRecord("00" * 16, paused_until="2027-01-01T00:00:00Z")
    assert kept.attempts().paused_until() == NOW + PAUSE


def test_what_is_remembered_holds_neither_name_nor_password_nor_what_confirms_a_guess() -> None:
    kept = Remembered()
    kept.attempts().claim(LOGIN, ["mac:a"])
    text = repr(kept.record) + repr(LOGIN)
    assert "s3cret" not in text
    assert "admin" not in repr(kept.record)
    for plain in (b"s3cret-Pa55", b"admin\0s3cret-Pa55", b"admin:s3cret-Pa55"):
        for name in ("md5", "sha1", "sha256"):
            assert hashlib.new(name, plain).hexdigest()[:16] not in text


def test_nothing_may_be_tried_where_it_cannot_be_written_down() -> None:
    def refuse(record: LoginRecord) -> None:
        raise OSError

    attempts = Attempts(lambda: LoginRecord("00" * 16), refuse)
    with pytest.raises(OSError):
        attempts.claim(LOGIN, ["mac:a"])


DIGEST = 'Digest realm="a", nonce="b", qop="auth"'


@pytest.mark.parametrize(
    ("challenges", "algorithm"),
    [
        (['Digest realm="a", nonce="b"'], None),
        (['Digest realm="a", nonce="b", qop="auth-int"'], None),
        (['Digest realm="a", qop="auth"'], None),
        (['Digest realm="a", nonce="b", qop="auth", algorithm=MD5-sess'], None),
        (['Digest realm="a\\"b", nonce="b", qop="auth"'], None),
        (["Negotiate"], None),
        (["NTLM TlRMTVNTUAAB=="], None),
        ([DIGEST], "MD5"),
        ([DIGEST + ", algorithm=SHA-256"], "SHA-256"),
        ([DIGEST, DIGEST + ", algorithm=SHA-256"], "SHA-256"),
        ([DIGEST + ', Basic realm="other"'], "MD5"),
        (['Basic realm="other", ' + DIGEST], "MD5"),
    ],
)
def test_only_a_digest_with_qop_is_answered_and_the_better_one_of_two(challenges: list[str], algorithm: str | None) -> None:
    found = Digest.from_challenge(*challenges)
    assert (found.algorithm if found else None) == algorithm
    assert found is None or (found.realm, found.nonce) == ("a", "b")


def test_a_hostile_challenge_is_read_in_no_time() -> None:
    assert read_challenges(['a="' * 100_000, "=" * 100_000, "x " * 100_000])
    assert Digest.from_challenge('Digest realm="' + "\\" * 100_000) is None
    assert offers_basic(['Digest realm="x", Basic realm="y"'])
    assert not offers_basic(['Digest realm="Basic "'])


def test_a_digest_is_as_the_standard_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of RFC 7616, 3.9.1."""
    made = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    monkeypatch.setattr("secrets.token_hex", lambda _: made)
    nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
    for algorithm, expected in (
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ):
        scheme = Digest.from_challenge(
            f'Digest realm="http-auth@example.org", qop="auth", algorithm={algorithm}, nonce="{nonce}"'
        )
        assert scheme is not None
        header = scheme.header(Login("Mufasa", "Circle of Life"), "GET", "/dir/index.html")
        assert f'response="{expected}"' in header


def test_the_password_itself_is_sent_as_the_standard_writes_it() -> None:
    header = Basic().header(Login("Aladdin", "open sesame"), "GET", "/")
    assert header == "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"
