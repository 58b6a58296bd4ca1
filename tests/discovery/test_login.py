"""HTTP digest as a device asks for it; a password is in no text that a login is shown as."""

from __future__ import annotations

import pytest

from camcensus.discovery.login import Digest, Login, offers_basic, read_challenges

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


def test_a_login_is_shown_without_its_password() -> None:
    assert "s3cret" not in repr(Login("admin", "s3cret-Pa55"))
