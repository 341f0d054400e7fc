"""A controller made with stem: authenticates, asks for the version, waits for a BW event."""

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


socket = connect()
authenticate(socket, sys.argv[1])
with stem.control.Controller(socket, is_authenticated=True) as controller:
    print("version", controller.get_version())
    print("option", controller.get_conf("DisableNetwork"))
    events = queue.Queue()
    controller.add_event_listener(events.put, stem.control.EventType.BW)
    event = events.get(timeout=10)
    print("event", event.type, event.read, event.written)
