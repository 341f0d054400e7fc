"""What relays and bridges say of themselves."""

from lines import commas, endpoint, micro_policy, pairs, protocols, unpadded, words


def server_descriptor(read, lines):
    relay(read, lines)
    lines.add("ntor-onion-key", unpadded(read.ntor_onion_key))
    lines.add("master-key-ed25519", read.ed25519_master_key)
    lines.add("router-sig-ed25519", read.ed25519_signature)
    lines.add("ntor-onion-key-crosscert", read.ntor_onion_key_crosscert_sign)
    lines.objects({
        "identity-ed25519": read.ed25519_certificate,
        "onion-key": read.onion_key,
        "onion-key-crosscert": read.onion_key_crosscert,
        "ntor-onion-key-crosscert": read.ntor_onion_key_crosscert,
        "signing-key": read.signing_key,
        "router-signature": read.signature,
    })


def bridge_server_descriptor(read, lines):
    relay(read, lines)
    sanitised(read, lines)


def sanitised(read, lines):
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
    sanitised(read, lines)


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
