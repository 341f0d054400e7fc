"""A controller made with stem: authenticates by METHOD and does the WORK that its arguments name."""

import os
import queue
import sys

import stem.connection
import stem.control
import stem.socket

COOKIE = "TOR_CONTROL_COOKIE_AUTH_FILE"
PASSWORD = "TOR_CONTROL_PASSWD"


def connect():
    path = os.environ.get("TOR_CONTROL_IPC_PATH")
    if path:
        return stem.socket.ControlSocketFile(path)
    return stem.socket.ControlPort(os.environ["TOR_CONTROL_HOST"], int(os.environ["TOR_CONTROL_PORT"]))


def authenticate(socket, method):
    if method == "null":
        stem.connection.authenticate_none(socket)
    elif method == "password":
        stem.connection.authenticate_password(socket, os.environ[PASSWORD])
    elif method == "cookie":
        stem.connection.authenticate_cookie(socket, os.environ[COOKIE])
    elif method == "safecookie":
        # stem asks for PROTOCOLINFO first wherever it authenticates by itself.
        stem.connection.get_protocolinfo(socket)
        stem.connection.authenticate_safecookie(socket, os.environ[COOKIE])
    elif method == "any":
        stem.connection.authenticate(socket, os.environ.get(PASSWORD))
    else:
        sys.exit("unknown method %s" % method)


def look(controller):
    print("version", controller.get_version())
    print("option", controller.get_conf("DisableNetwork"))
    # What a monitor shows.
    controller.get_info(["traffic/read", "traffic/written", "process/user", "config-file"])
    controller.get_conf_map(["ControlPort", "SocksPort", "ExitPolicy", "Log"])
    print("circuits", controller.get_circuits())
    events = queue.Queue()
    controller.add_event_listener(events.put, stem.control.EventType.BW)
    event = events.get(timeout=10)
    print("event", event.type, event.read, event.written)


def change(controller):
    changes = queue.Queue()
    controller.add_event_listener(changes.put, stem.control.EventType.CONF_CHANGED)
    controller.set_conf("MaxCircuitDirtiness", "700")
    print("changed", changes.get(timeout=10).changed["MaxCircuitDirtiness"][0])
    controller.reset_conf("MaxCircuitDirtiness")
    print("default", controller.get_conf("MaxCircuitDirtiness"))
    controller.signal(stem.Signal.NEWNYM)
    mapped = controller.map_address({"0.0.0.0": "torproject.org"})
    print("mapped", *mapped.values())


def serve(controller):
    service = controller.create_ephemeral_hidden_service({80: 8080}, key_content="ED25519-V3")
    print("address", len(service.service_id), "key", service.private_key_type)
    print("listed", int(controller.list_ephemeral_hidden_services() == [service.service_id]))
    controller.remove_ephemeral_hidden_service(service.service_id)
    print("left", controller.list_ephemeral_hidden_services())
    again = controller.create_ephemeral_hidden_service(
        {80: 8080, 443: 8443}, key_type=service.private_key_type, key_content=service.private_key, detached=True
    )
    print("again", int(again.service_id == service.service_id))


def list_relays(controller):
    for relay in controller.get_network_statuses():
        print(relay.fingerprint, relay.nickname, relay.or_port)


WORK = {"look": look, "change": change, "serve": serve, "list": list_relays}

method, work = sys.argv[1:]
socket = connect()
authenticate(socket, method)
with stem.control.Controller(socket, is_authenticated=True) as controller:
    WORK[work](controller)
