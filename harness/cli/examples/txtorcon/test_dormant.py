"""Tests of a program made with txtorcon: `python -m twisted.trial test_dormant`. No tor is installed."""

import json
import subprocess

import txtorcon
from twisted.internet import reactor
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.trial.unittest import TestCase

from dormant import sleep, sleep_after

# A tor that is too old for it.
OLD = """
[[on]]
command = "SIGNAL DORMANT"
reply = ['552 Unrecognized signal code "DORMANT"']
times = 1
"""


class DormantTest(TestCase):
    timeout = 20

    async def tor(self, *options):
        """A tor of the test's own: a process, which ends with the test."""
        command = ["tor-harness", "mock", "--with-parent", "--auth", "password=secret", *options]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        host, _, port = json.loads(process.stdout.readline())["control"].rpartition(":")
        tor = await txtorcon.connect(reactor, TCP4ClientEndpoint(reactor, host, int(port)), lambda: "secret")
        self.addCleanup(lambda: tor.protocol.when_disconnected().addErrback(lambda _: None))
        self.addCleanup(tor.protocol.transport.loseConnection)
        return tor

    async def test_tor_sleeps(self):
        await sleep(await self.tor())

    async def test_tor_will_sleep(self):
        self.assertEqual(await sleep_after(await self.tor(), "30 minutes"), 1800)

    async def test_what_tor_does_not_take_is_an_error(self):
        tor = await self.tor()
        with self.assertRaises(txtorcon.TorProtocolError) as raised:
            await sleep_after(tor, "soon")
        self.assertEqual(raised.exception.code, 513)

    async def test_an_old_tor_refuses(self):
        script = self.mktemp()
        with open(script, "w") as file:
            file.write(OLD)
        tor = await self.tor("--script", script)
        with self.assertRaises(txtorcon.TorProtocolError) as raised:
            await sleep(tor)
        self.assertEqual(raised.exception.code, 552)
