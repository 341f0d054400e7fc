"""The fixture `tor`: a control port of its own for each test, with nothing installed but tor-harness.

Copy this file beside your tests. A mark says what is special: `@pytest.mark.tor(auth=["cookie"], script="...")`;
`tor-harness mock --help` lists what else a world and `Tor.steer` take.
"""

import json
import socket
import subprocess

import pytest


class Tor:
    """A world of the mock's, which is gone when the test is over."""

    def __init__(self, address, **options):
        self._connection = socket.create_connection(address, timeout=20)
        self._lines = self._connection.makefile("rw")
        self._world = {}
        world = self.steer("world", with_connection=True, **options)
        self._world = {"world": world["world"]}
        self.host, _, port = world["control"].rpartition(":")
        self.port = int(port)
        self.password = world.get("password")
        self.cookie_file = world.get("cookie_file")

    def steer(self, do, **fields):
        """Sends one request, and returns what is answered."""
        print(json.dumps({"do": do, **self._world, **fields}), file=self._lines, flush=True)
        answer = json.loads(self._lines.readline())
        if not answer["ok"]:
            raise ValueError(answer["error"])
        return answer

    def emit(self, event):
        """Tells all who listen: `tor.emit("BW 1 2")`."""
        self.steer("emit", event=event)

    def close(self):
        self.steer("close")
        self._lines.close()
        self._connection.close()


@pytest.fixture(scope="session")
def tor_harness():
    """One process for all tests of this worker; it ends when the worker does."""
    command = ["tor-harness", "mock", "--steer", "127.0.0.1:0", "--with-parent"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        host, _, port = json.loads(process.stdout.readline())["steer"].rpartition(":")
        yield host, int(port)
        process.terminate()


@pytest.fixture
def tor(tor_harness, request):
    mark = request.node.get_closest_marker("tor")
    tor = Tor(tor_harness, **(mark.kwargs if mark else {}))
    yield tor
    tor.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """A test fails if its script expected in vain."""
    result = yield
    if "tor" in item.funcargs:
        verdict = item.funcargs["tor"].steer("verify")
        if not verdict["met"]:
            pytest.fail(verdict["report"], pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test that fails shows what was said."""
    report = yield
    if call.when == "call" and report.failed and "tor" in item.funcargs:
        transcript = item.funcargs["tor"].steer("transcript")["transcript"]
        report.sections.append(("what tor heard and said", transcript))
    return report


def pytest_configure(config):
    config.addinivalue_line("markers", "tor(**options): the options of the test's tor")
