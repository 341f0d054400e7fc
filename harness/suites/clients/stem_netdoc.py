"""Prints what stem reads in the good network documents under folders, as one JSON object:

    {PATH: {KEYWORD: [what follows the keyword, made again from the values, for each such line]}}

`KEYWORD object` is the base64 of the objects behind these lines. A line that stem says is not there is
an empty list; what stem does not read is left out. `documents` is how many it found.
"""

import base64
import io
import ipaddress
import json
import pathlib
import sys

import stem.descriptor
import stem.descriptor.hidden_service
import stem.descriptor.router_status_entry

TYPES = {
    "consensus": "network-status-consensus-3 1.0",
    "consensus-microdesc": "network-status-microdesc-consensus-3 1.0",
    "vote": "network-status-vote-3 1.0",
    "detached-signatures": "detached-signature-3 1.0",
    "server-descriptor": "server-descriptor 1.0",
    "extra-info": "extra-info 1.0",
    "microdescriptor": "microdescriptor 1.0",
    "key-certificate": "dir-key-certificate-3 1.0",
    "bridge-extra-info": "bridge-extra-info 1.3",
    "bridge-server-descriptor": "bridge-server-descriptor 1.2",
}


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


def server_descriptor(read, lines):
    relay(read, lines)
    lines.add("ntor-onion-key", unpadded(read.ntor_onion_key))
    lines.add("master-key-ed25519", read.ed25519_master_key)
    lines.add("router-sig-ed25519", read.ed25519_signature)
    lines.add("ntor-onion-key-crosscert", read.ntor_onion_key_crosscert_sign)
    for keyword, block in (
        ("identity-ed25519", read.ed25519_certificate),
        ("onion-key", read.onion_key),
        ("onion-key-crosscert", read.onion_key_crosscert),
        ("ntor-onion-key-crosscert", read.ntor_onion_key_crosscert),
        ("signing-key", read.signing_key),
        ("router-signature", read.signature),
    ):
        lines.object(keyword, block)


def bridge_server_descriptor(read, lines):
    relay(read, lines)
    lines.add("router-digest", read.digest())
    lines.add("router-digest-sha256", read.router_digest_sha256)
    lines.add("master-key-ed25519", read.ed25519_certificate_hash)


def relay(read, lines):
    lines.add("router", read.nickname, read.address, read.or_port, read.socks_port or 0, read.dir_port or 0)
    lines.add("bandwidth", read.average_bandwidth, read.burst_bandwidth, read.observed_bandwidth)
    lines.add("platform", read.platform)
    lines.add("published", read.published)
    digits = read.fingerprint
    lines.add("fingerprint", " ".join(digits[start:start + 4] for start in range(0, 40, 4)))
    lines.add("uptime", read.uptime)
    lines.add("contact", read.contact)
    lines.add("proto", protocols(read.protocols))
    sha256 = () if read.extra_info_sha256_digest is None else (read.extra_info_sha256_digest,)
    lines.add("extra-info-digest", read.extra_info_digest, *sha256)
    lines.add("family", words(sorted(read.family)) if read.family else None)
    for address in read.or_addresses:
        lines.add("or-address", endpoint(*address))
    for rule in read.exit_policy:
        keyword, pattern = str(rule).split(" ", 1)
        lines.add(keyword, pattern)
    lines.flag("caches-extra-info", read.extra_info_cache)
    lines.flag("allow-single-hop-exits", read.allow_single_hop_exits)
    lines.flag("tunnelled-dir-server", read.allow_tunneled_dir_requests)


def extra_info(read, lines):
    statistics(read, lines)
    lines.add("router-sig-ed25519", read.ed25519_signature)
    lines.object("identity-ed25519", read.ed25519_certificate)
    lines.object("router-signature", read.signature)


def bridge_extra_info(read, lines):
    statistics(read, lines)
    lines.add("router-digest", read.digest())
    lines.add("router-digest-sha256", read.router_digest_sha256)
    lines.add("master-key-ed25519", read.ed25519_certificate_hash)


def statistics(read, lines):
    lines.add("extra-info", read.nickname, read.fingerprint)
    lines.add("published", read.published)
    lines.add("geoip-db-digest", read.geoip_db_digest)
    lines.add("geoip6-db-digest", read.geoip6_db_digest)
    if read.padding_counts:
        interval = f"({read.padding_counts_interval} s)"
        lines.add("padding-counts", read.padding_counts_end, interval, pairs(read.padding_counts))
    for keyword, end, interval, values in (
        ("read-history", read.read_history_end, read.read_history_interval, read.read_history_values),
        ("write-history", read.write_history_end, read.write_history_interval, read.write_history_values),
        (
            "dirreq-read-history",
            read.dir_read_history_end,
            read.dir_read_history_interval,
            read.dir_read_history_values,
        ),
        (
            "dirreq-write-history",
            read.dir_write_history_end,
            read.dir_write_history_interval,
            read.dir_write_history_values,
        ),
    ):
        lines.add(keyword, end, f"({interval} s)", *([commas(values)] if values else []))
    for keyword, end, interval in (
        ("dirreq-stats-end", read.dir_stats_end, read.dir_stats_interval),
        ("entry-stats-end", read.entry_stats_end, read.entry_stats_interval),
        ("cell-stats-end", read.cell_stats_end, read.cell_stats_interval),
        ("exit-stats-end", read.exit_stats_end, read.exit_stats_interval),
        ("bridge-stats-end", read.bridge_stats_end, read.bridge_stats_interval),
    ):
        lines.add(keyword, end, f"({interval} s)")
    for keyword, counts in (
        ("dirreq-v3-ips", read.dir_v3_ips),
        ("dirreq-v3-reqs", read.dir_v3_requests),
        ("entry-ips", read.entry_ips),
        ("bridge-ips", read.bridge_ips),
    ):
        lines.add(keyword, pairs(counts, ","))


def microdescriptor(read, lines):
    lines.add("ntor-onion-key", unpadded(read.ntor_onion_key))
    lines.add("family", words(read.family) if read.family else None)
    lines.add("p", micro_policy(read.exit_policy))
    lines.add("p6", micro_policy(read.exit_policy_v6))
    for name, identity in read.identifiers.items():
        lines.add("id", name, identity)
    for address in read.or_addresses:
        lines.add("a", endpoint(*address))
    lines.object("onion-key", read.onion_key)


def micro_policy(policy):
    return None if policy is None else str(policy).replace(", ", ",")


def key_certificate(read, lines):
    lines.add("dir-key-certificate-version", read.version)
    lines.add("dir-address", f"{read.address}:{read.dir_port}" if read.address else None)
    lines.add("fingerprint", read.fingerprint)
    lines.add("dir-key-published", read.published)
    lines.add("dir-key-expires", read.expires)
    for keyword, block in (
        ("dir-identity-key", read.identity_key),
        ("dir-signing-key", read.signing_key),
        ("dir-key-crosscert", read.crosscert),
        ("dir-key-certification", read.certification),
    ):
        lines.object(keyword, block)


def status(read, lines):
    flavor = (read.version_flavor,) if read.is_microdescriptor else ()
    lines.add("network-status-version", read.version, *flavor)
    lines.add("vote-status", "consensus" if read.is_consensus else "vote")
    if read.is_consensus:
        lines.add("consensus-method", read.consensus_method)
    else:
        lines.add("consensus-methods", words(read.consensus_methods))
        lines.add("published", read.published)
        lines.add("flag-thresholds", pairs(read.flag_thresholds))
        lines.add("bandwidth-file-headers", pairs(read.bandwidth_file_headers or None))
        lines.add("bandwidth-file-digest", pairs(read.bandwidth_file_digest or None))
    lines.add("valid-after", read.valid_after)
    lines.add("fresh-until", read.fresh_until)
    lines.add("valid-until", read.valid_until)
    lines.add("voting-delay", read.vote_delay, read.dist_delay)
    lines.add("known-flags", words(read.known_flags))
    lines.add("params", pairs(read.params or None))
    lines.add("bandwidth-weights", pairs(read.bandwidth_weights or None))
    lines.add("recommended-client-protocols", protocols(read.recommended_client_protocols))
    lines.add("recommended-relay-protocols", protocols(read.recommended_relay_protocols))
    lines.add("required-client-protocols", protocols(read.required_client_protocols))
    lines.add("required-relay-protocols", protocols(read.required_relay_protocols))
    for authority in read.directory_authorities:
        lines.add(
            "dir-source",
            authority.nickname,
            authority.v3ident,
            authority.hostname,
            authority.address,
            authority.dir_port or 0,
            authority.or_port,
        )
        lines.add("contact", authority.contact)
        lines.add("vote-digest", authority.vote_digest)
        lines.flag("shared-rand-participate", authority.is_shared_randomness_participate)
        for commit in authority.shared_randomness_commitments:
            reveal = () if commit.reveal is None else (commit.reveal,)
            lines.add(
                "shared-rand-commit", commit.version, commit.algorithm, commit.identity, commit.commit, *reveal
            )
        if authority.key_certificate is not None:
            key_certificate(authority.key_certificate, lines)
    for router in read.routers.values():
        entry(router, lines)
    signatures(read, lines)


def signatures(read, lines):
    for signature in read.signatures:
        algorithm = () if signature.method == "sha1" else (signature.method,)
        lines.add("directory-signature", *algorithm, signature.identity, signature.key_digest)
        lines.object("directory-signature", signature.signature)


def entry(router, lines):
    digest = getattr(router, "digest", None)
    is_short = hasattr(router, "microdescriptor_digest")
    lines.add(
        "r",
        router.nickname,
        as_base64(router.fingerprint),
        *(() if is_short else (as_base64(digest),)),
        router.published,
        router.address,
        router.or_port,
        router.dir_port or 0,
    )
    for address in getattr(router, "or_addresses", ()):
        lines.add("a", endpoint(*address))
    lines.add("s", words(router.flags))
    lines.add("v", router.version_line)
    lines.add("pr", protocols(router.protocols))
    if router.bandwidth is not None:
        measured = () if router.measured is None else (f"Measured={router.measured}",)
        unmeasured = ("Unmeasured=1",) if router.is_unmeasured else ()
        rest = router.unrecognized_bandwidth_entries
        lines.add("w", f"Bandwidth={router.bandwidth}", *measured, *unmeasured, *rest)
    if is_short:
        lines.add("m", router.microdescriptor_digest)
    else:
        lines.add("p", micro_policy(router.exit_policy))
    if getattr(router, "identifier_type", None):
        lines.add("id", router.identifier_type, router.identifier)


def detached_signatures(read, lines):
    lines.add("consensus-digest", read.consensus_digest)
    lines.add("valid-after", read.valid_after)
    lines.add("fresh-until", read.fresh_until)
    lines.add("valid-until", read.valid_until)
    for digest in read.additional_digests:
        lines.add("additional-digest", digest.flavor, digest.algorithm, digest.digest.upper())
    for signature in read.additional_signatures:
        lines.add(
            "additional-signature", signature.flavor, signature.method, signature.identity, signature.key_digest
        )
        lines.object("additional-signature", signature.signature)
    signatures(read, lines)


def onion_descriptor(read, lines):
    lines.add("hs-descriptor", read.version)
    lines.add("descriptor-lifetime", read.lifetime)
    lines.add("revision-counter", read.revision_counter)
    lines.object("descriptor-signing-key-cert", read.signing_cert.to_base64(pem=True))
    lines.object("superencrypted", read.superencrypted)
    lines.add("signature", read.signature)


READERS = {
    "consensus": status,
    "consensus-microdesc": status,
    "vote": status,
    "router-status": entry,
    "detached-signatures": detached_signatures,
    "server-descriptor": server_descriptor,
    "extra-info": extra_info,
    "microdescriptor": microdescriptor,
    "key-certificate": key_certificate,
    "bridge-extra-info": bridge_extra_info,
    "bridge-server-descriptor": bridge_server_descriptor,
    "onion-descriptor": onion_descriptor,
}


def found(kind, content):
    if kind == "router-status":
        return [stem.descriptor.router_status_entry.RouterStatusEntryV3(content)]
    if kind == "onion-descriptor":
        return [stem.descriptor.hidden_service.HiddenServiceDescriptorV3(content)]
    handler = stem.descriptor.DocumentHandler.DOCUMENT
    # Not the parameters that a consensus does not name.
    written = {"default_params": False} if READERS[kind] is status else {}
    return stem.descriptor.parse_file(io.BytesIO(content), TYPES[kind], document_handler=handler, **written)


def main():
    values = {}
    for root in map(pathlib.Path, sys.argv[1:]):
        for kind, read in READERS.items():
            # Neither the folder of bad ones nor what is in it.
            for file in filter(pathlib.Path.is_file, (root / "netdoc" / kind).glob("*")):
                lines = values.setdefault(str(file.relative_to(root)), Lines())
                documents = list(found(kind, file.read_bytes()))
                lines.add("documents", len(documents))
                read(documents[0], lines)
    json.dump(values, sys.stdout)


main()
