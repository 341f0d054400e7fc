"""The lines of documents, and how values are written in them."""

import base64
import ipaddress


class Lines(dict):
    """Lines by their keyword."""

    def add(self, keyword, *values):
        """A line of these values; none if the first is None."""
        lines = self.setdefault(keyword, [])
        if values[:1] != (None,):
            lines.append(" ".join(map(text, values)))

    def object(self, keyword, block):
        """The object behind a line."""
        objects = self.setdefault(keyword + " object", [])
        if block is not None:
            objects.append("".join(line for line in block.splitlines() if not line.startswith("-----")))

    def objects(self, blocks):
        """The objects behind lines, by the keyword."""
        for keyword, block in blocks.items():
            self.object(keyword, block)

    def flag(self, keyword, is_there):
        """A line without arguments."""
        self[keyword] = [""] if is_there else []


def text(value):
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def words(values):
    return None if values is None else " ".join(map(text, values))


def commas(values):
    return ",".join(map(text, values))


def pairs(values, between=" "):
    return None if values is None else between.join(f"{key}={text(value)}" for key, value in values.items())


def endpoint(address, port, is_ipv6):
    return f"[{ipaddress.IPv6Address(address)}]:{port}" if is_ipv6 else f"{address}:{port}"


def unpadded(digits):
    return None if digits is None else digits.rstrip("=")


def as_base64(hexadecimal):
    return None if hexadecimal is None else unpadded(base64.b64encode(bytes.fromhex(hexadecimal)).decode())


def ranges(numbers):
    """1,2,3,5 as 1-3,5."""
    runs = []
    for number in numbers:
        if runs and runs[-1][1] + 1 == number:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def protocols(versions):
    return None if not versions else pairs({name: ranges(numbers) for name, numbers in versions.items()})


def micro_policy(policy):
    return None if policy is None else str(policy).replace(", ", ",")
