"""Times stem on documents from stdin: KIND DEPTH DOCUMENTS; prints the median of nanoseconds.

The documents are all of the same length. DEPTH is `lazy` or `fields`; `memory` prints how many
bytes the process grows by while it reads them to their fields.
"""

import io
import operator
import statistics
import sys
import time

import stem
import stem.descriptor

ROUNDS = 5

TYPES = {
    "consensus": "network-status-consensus-3 1.0",
    "consensus-microdesc": "network-status-microdesc-consensus-3 1.0",
    "server-descriptor": "server-descriptor 1.0",
    "extra-info": "extra-info 1.0",
    "microdescriptor": "microdescriptor 1.0",
    "key-certificate": "dir-key-certificate-3 1.0",
    "onion-descriptor": "hidden-service-descriptor-3 1.0",
    "vote": "network-status-vote-3 1.0",
    "bandwidth-file": "bandwidth-file 1.0",
}

assert stem.__version__ == "1.8.2", f"expected stem 1.8.2, got {stem.__version__}"
kind, depth, documents = sys.argv[1], sys.argv[2], int(sys.argv[3])
text = sys.stdin.buffer.read()
length = len(text) // documents
pieces = [text[start:start + length] for start in range(0, len(text), length)]


def take(read):
    """Decodes every field."""
    for name in getattr(read, "ATTRIBUTES", ()):
        operator.attrgetter(name)(read)
    if kind == "microdescriptor":
        read.digest()
    for router in getattr(read, "routers", {}).values():
        take(router)


def read():
    start = time.perf_counter_ns()
    for piece in pieces:
        source = io.BytesIO(piece)
        handler = stem.descriptor.DocumentHandler.DOCUMENT
        found = list(stem.descriptor.parse_file(source, TYPES[kind], document_handler=handler))
        assert found, "nothing was found"
        if depth != "lazy":
            for one in found:
                take(one)
    return time.perf_counter_ns() - start


def peak():
    with open("/proc/self/status") as status:
        return 1024 * int(next(line for line in status if line.startswith("VmHWM:")).split()[1])


if depth == "memory":
    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")  # the most so far is what there is now
    before = peak()
    read()
    print(peak() - before)
else:
    read()  # warms up
    print(int(statistics.median(read() for _ in range(ROUNDS))))
