"""Two hundred tests, each with a tor of its own; no tor is installed."""

import random

import pytest
from stem.connection import IncorrectPassword

from watch import Watch

VERSION = """
[[on]]
command = "GETINFO version"
reply = ["250-version={}", "250 OK"]
"""

RENEWS = """
[[on]]
command = "SIGNAL NEWNYM"
reply = ["250 OK"]
times = {}
"""


def watch(tor, **options):
    return Watch(tor.host, tor.port, tor.password, **options)


@pytest.mark.parametrize("seed", range(120))
def test_traffic_is_counted(tor, seed):
    seconds = [(random.Random(seed + i).randrange(10**6), i) for i in range(10)]
    with watch(tor) as watched:
        for read, written in seconds:
            tor.emit(f"BW {read} {written}")
        assert watched.wait_for(sum(read for read, _ in seconds), sum(written for _, written in seconds))


def versions():
    for minor in range(38):
        script = VERSION.format(f"0.4.{minor}.1")
        yield pytest.param(minor >= 8, marks=pytest.mark.tor(script=script), id=f"0.4.{minor}")


@pytest.mark.parametrize("recent", list(versions()))
def test_old_versions_are_told_apart(tor, recent):
    with watch(tor) as watched:
        assert watched.is_recent() == recent


def limits():
    for limit in range(0, 200, 5):
        script = RENEWS.format(1 if limit <= 100 else 0)
        yield pytest.param(limit, marks=pytest.mark.tor(script=script))


@pytest.mark.parametrize("limit", list(limits()))
def test_the_identity_is_renewed_once(tor, limit):
    with watch(tor, limit=limit) as watched:
        for _ in range(10):
            tor.emit("BW 10 0")
        assert watched.wait_for(100, 0)
        # Answered behind whatever the events made it send.
        watched.controller.get_info("traffic/read")


@pytest.mark.tor(auth=["password=correct horse"])
def test_a_password_lets_in(tor):
    with watch(tor) as watched:
        assert watched.is_recent()


@pytest.mark.tor(auth=["password=correct horse"])
def test_another_does_not(tor):
    with pytest.raises(IncorrectPassword):
        Watch(tor.host, tor.port, "battery staple")
