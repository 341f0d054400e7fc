"""Times stem on messages from stdin: WHAT MESSAGES; prints the median of nanoseconds."""

import io
import statistics
import sys
import time

import stem
import stem.response
import stem.socket

ROUNDS = 5

assert stem.__version__ == "1.8.2", f"expected stem 1.8.2, got {stem.__version__}"
what, messages = sys.argv[1], int(sys.argv[2])
wire = sys.stdin.buffer.read()


def read():
    source = io.BytesIO(wire)
    start = time.perf_counter_ns()
    for _ in range(messages):
        message = stem.socket.recv_message(source)
        if what == "typed":
            stem.response.convert("EVENT", message)
    end = time.perf_counter_ns()
    assert source.read() == b"", "bytes are left"
    return end - start


read()  # warms up
print(int(statistics.median(read() for _ in range(ROUNDS))))
