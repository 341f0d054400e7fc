"""The program under test: lets a tor sleep while nobody needs it."""

from twisted.internet.defer import Deferred


async def sleep(tor):
    """Sends tor to sleep, and waits until it says so."""
    asleep = Deferred()

    def listen(signal):
        if signal == "DORMANT" and not asleep.called:
            asleep.callback(None)

    await tor.protocol.add_event_listener("SIGNAL", listen)
    try:
        await tor.protocol.signal("DORMANT")
        await asleep
    finally:
        await tor.protocol.remove_event_listener("SIGNAL", listen)


async def sleep_after(tor, delay):
    """Lets tor sleep by itself after so long, as in "30 minutes"; returns what it made of that, in seconds."""
    await tor.protocol.set_conf("DormantClientTimeout", delay)
    return int(await tor.protocol.get_conf_single("DormantClientTimeout"))
