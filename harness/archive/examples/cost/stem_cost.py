"""Reads server descriptors of a compressed file with stem, for ten seconds at most.

Usage: stem_cost.py gz|xz|bz2 FILE

Prints how many it read, of how many bytes of text, and in how many seconds.
"""

import bz2
import gzip
import lzma
import sys
import time

import stem.descriptor

OPEN = {"gz": gzip.open, "xz": lzma.open, "bz2": bz2.open}


def main(packing, path):
    with OPEN[packing](path, "rb") as text:
        start = time.monotonic()
        count = 0
        for _ in stem.descriptor.parse_file(text, "server-descriptor 1.0"):
            count += 1
            if time.monotonic() - start > 10:
                break
        print(count, text.tell(), time.monotonic() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
