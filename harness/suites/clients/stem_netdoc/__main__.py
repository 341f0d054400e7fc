"""Prints what stem reads in good network documents, as one JSON object:

    {PATH: {KEYWORD: [what follows the keyword, made again from the values, for each such line]}}

The documents come as another, {PATH: [KIND, BASE64]}. `KEYWORD object` is the base64 of the objects behind
these lines. A line that stem says is not there is an empty list; what stem does not read is left out.
`documents` is how many it found.
"""

import base64
import io
import json
import sys

import stem.descriptor
import stem.descriptor.hidden_service as hidden_service
import stem.descriptor.router_status_entry

import lists
import onions
import relays
import statuses
from lines import Lines


def annotated(name, **options):
    """Documents that CollecTor annotates with a type of this name, if no other is there."""

    def found(content):
        handler = stem.descriptor.DocumentHandler.DOCUMENT
        missing = None if content.startswith(b"@type ") else name
        return stem.descriptor.parse_file(io.BytesIO(content), missing, document_handler=handler, **options)

    return found


def alone(read):
    """A document of which there is one."""
    return lambda content: [read(content)]


# Not the parameters that a consensus does not name.
AS_WRITTEN = {"default_params": False}

# How the documents of a kind are found, and what is read in one.
KINDS = {
    "consensus": (annotated("network-status-consensus-3 1.0", **AS_WRITTEN), statuses.status),
    "consensus-microdesc": (annotated("network-status-microdesc-consensus-3 1.0", **AS_WRITTEN), statuses.status),
    "vote": (annotated("network-status-vote-3 1.0", **AS_WRITTEN), statuses.status),
    "router-status": (alone(stem.descriptor.router_status_entry.RouterStatusEntryV3), statuses.entry),
    "bridge-network-status": (annotated("bridge-network-status 1.0"), statuses.bridge_status),
    "network-status-2": (annotated("network-status-2 1.0"), statuses.old_status),
    "detached-signatures": (annotated("detached-signature-3 1.0"), statuses.detached_signatures),
    "key-certificate": (annotated("dir-key-certificate-3 1.0"), statuses.key_certificate),
    "server-descriptor": (annotated("server-descriptor 1.0"), relays.server_descriptor),
    "extra-info": (annotated("extra-info 1.0"), relays.extra_info),
    "microdescriptor": (annotated("microdescriptor 1.0"), relays.microdescriptor),
    "bridge-server-descriptor": (annotated("bridge-server-descriptor 1.2"), relays.bridge_server_descriptor),
    "bridge-extra-info": (annotated("bridge-extra-info 1.3"), relays.bridge_extra_info),
    "onion-descriptor": (alone(hidden_service.HiddenServiceDescriptorV3), onions.outer),
    "onion-descriptor-middle": (alone(hidden_service.OuterLayer), onions.middle),
    "onion-descriptor-inner": (alone(hidden_service.InnerLayer), onions.inner),
    "onion-descriptor-2": (annotated("hidden-service-descriptor 1.0"), onions.version_2),
    "onion-descriptor-2-point": (
        hidden_service.HiddenServiceDescriptorV2._parse_introduction_points,
        onions.version_2_point,
    ),
    "bandwidth-file": (annotated("bandwidth-file 1.0"), lists.bandwidth_file),
    "exit-list": (annotated("tordnsel 1.0"), lists.exit_node),
}

# What stem reads in parts, one by one.
PARTS = {"exit-list"}


def main():
    values = {}
    for path, (kind, content) in json.load(sys.stdin).items():
        find, read = KINDS[kind]
        documents = list(find(base64.b64decode(content)))
        lines = values[path] = Lines()
        if kind not in PARTS:
            lines.add("documents", len(documents))
            documents = documents[:1]
        for document in documents:
            read(document, lines)
    json.dump(values, sys.stdout)


main()
