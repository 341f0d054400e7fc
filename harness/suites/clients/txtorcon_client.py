"""A controller made with txtorcon: does the WORK that its second argument names.

It authenticates by what the port offers: the METHOD in its first argument is for others.
"""

import os
import sys

import txtorcon
from twisted.internet.defer import Deferred, ensureDeferred
from twisted.internet.endpoints import TCP4ClientEndpoint, UNIXClientEndpoint
from twisted.internet.task import react


def endpoint(reactor):
    path = os.environ.get("TOR_CONTROL_IPC_PATH")
    if path:
        return UNIXClientEndpoint(reactor, path)
    return TCP4ClientEndpoint(reactor, os.environ["TOR_CONTROL_HOST"], int(os.environ["TOR_CONTROL_PORT"]))


async def event(tor, name):
    """The next event of this name."""
    came = Deferred()

    def listen(text):
        if not came.called:
            came.callback(text)

    await tor.protocol.add_event_listener(name, listen)
    return came


async def look(tor):
    print("version", tor.version)
    # Asks for every option, one by one, and for what a monitor shows.
    config = await tor.get_config()
    print("option", int(config.DisableNetwork))
    state = await tor.create_state()
    print("circuits", list(state.circuits))
    print("event BW", await (await event(tor, "BW")))


async def change(tor):
    changed = await event(tor, "CONF_CHANGED")
    config = await tor.get_config()
    config.MaxCircuitDirtiness = 700
    await config.save()
    print("changed", (await changed).partition("MaxCircuitDirtiness=")[2].split()[0])
    await tor.protocol.queue_command("RESETCONF MaxCircuitDirtiness")
    print("default", await tor.protocol.get_conf_single("MaxCircuitDirtiness"))
    await tor.protocol.signal("NEWNYM")
    mapped = await tor.protocol.queue_command("MAPADDRESS 0.0.0.0=torproject.org")
    print("mapped", mapped.partition("=")[2])


async def serve(tor):
    # Not create_onion_service, which waits for an upload: there is no network.
    words = txtorcon.torcontrolprotocol.parse_keywords(
        await tor.protocol.queue_command("ADD_ONION NEW:ED25519-V3 Port=80,127.0.0.1:8080")
    )
    service, key = words["ServiceID"], words["PrivateKey"]
    print("address", len(service), "key", key.partition(":")[0])
    print("listed", int(await tor.protocol.get_info_single("onions/current") == service))
    await tor.protocol.queue_command("DEL_ONION " + service)
    print("left", (await tor.protocol.get_info_single("onions/current")).split())
    again = await tor.protocol.queue_command("ADD_ONION %s Flags=Detach Port=80 Port=443,127.0.0.1:8443" % key)
    print("again", int(again.partition("=")[2] == service))


WORK = {"look": look, "change": change, "serve": serve}


async def main(reactor, work):
    tor = await txtorcon.connect(reactor, endpoint(reactor), lambda: os.environ.get("TOR_CONTROL_PASSWD"))
    await WORK[work](tor)
    tor.protocol.transport.loseConnection()


react(lambda reactor, work: ensureDeferred(main(reactor, work)), sys.argv[2:])
