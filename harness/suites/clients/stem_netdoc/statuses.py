"""What authorities say."""

from lines import as_base64, commas, endpoint, micro_policy, pairs, protocols, words


def key_certificate(read, lines):
    lines.add("dir-key-certificate-version", read.version)
    lines.add("dir-address", f"{read.address}:{read.dir_port}" if read.address else None)
    lines.add("fingerprint", read.fingerprint)
    lines.add("dir-key-published", read.published)
    lines.add("dir-key-expires", read.expires)
    lines.objects({
        "dir-identity-key": read.identity_key,
        "dir-signing-key": read.signing_key,
        "dir-key-crosscert": read.crosscert,
        "dir-key-certification": read.certification,
    })


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


def bridge_status(read, lines):
    lines.add("published", read.published)
    for router in read.routers.values():
        old_entry(router, lines)


def old_status(read, lines):
    lines.add("network-status-version", read.version)
    lines.add("dir-source", read.hostname, read.address, read.dir_port)
    lines.add("fingerprint", read.fingerprint)
    lines.add("contact", read.contact)
    lines.add("published", read.published)
    lines.add("dir-options", words(read.options))
    lines.add("client-versions", commas(read.client_versions))
    lines.add("server-versions", commas(read.server_versions))
    lines.object("dir-signing-key", read.signing_key)
    for router in read.routers.values():
        old_entry(router, lines)
    lines.add("directory-signature", read.signing_authority)
    lines.object("directory-signature", read.signature)


def old_entry(router, lines):
    lines.add(
        "r",
        router.nickname,
        as_base64(router.fingerprint),
        as_base64(router.digest),
        router.published,
        router.address,
        router.or_port,
        router.dir_port or 0,
    )
    lines.add("s", words(router.flags))
    lines.add("v", router.version_line)


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
