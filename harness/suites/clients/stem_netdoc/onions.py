"""What onion services say."""

import base64

from lines import commas, words


def outer(read, lines):
    lines.add("hs-descriptor", read.version)
    lines.add("descriptor-lifetime", read.lifetime)
    lines.add("revision-counter", read.revision_counter)
    lines.object("descriptor-signing-key-cert", read.signing_cert.to_base64(pem=True))
    lines.object("superencrypted", read.superencrypted)
    lines.add("signature", read.signature)


def middle(read, lines):
    lines.add("desc-auth-type", read.auth_type)
    lines.add("desc-auth-ephemeral-key", read.ephemeral_key)
    for client in read.clients.values():
        lines.add("auth-client", client.id, client.iv, client.cookie)
    lines.object("encrypted", read.encrypted)


def inner(read, lines):
    lines.add("create2-formats", words(read.formats))
    lines.add("intro-auth-required", words(read.intro_auth or None))
    lines.flag("single-onion-service", read.is_single_service)
    for point in read.introduction_points:
        specifiers = [specifier.pack() for specifier in point.link_specifiers]
        block = bytes([len(specifiers)]) + b"".join(specifiers)
        lines.add("introduction-point", base64.b64encode(block))
        lines.add("onion-key", "ntor", point.onion_key_raw)
        lines.add("enc-key", "ntor", point.enc_key_raw)
        lines.object("auth-key", point.auth_key_cert.to_base64(pem=True))
        lines.object("enc-key-cert", point.enc_key_cert.to_base64(pem=True))
        lines.object("legacy-key", point.legacy_key_raw)
        lines.object("legacy-key-cert", point.legacy_key_cert)


def version_2(read, lines):
    lines.add("rendezvous-service-descriptor", read.descriptor_id)
    lines.add("version", read.version)
    lines.add("secret-id-part", read.secret_id_part)
    lines.add("publication-time", read.published)
    lines.add("protocol-versions", commas(read.protocol_versions))
    lines.objects({
        "permanent-key": read.permanent_key,
        "introduction-points": read.introduction_points_encoded,
        "signature": read.signature,
    })


def version_2_point(read, lines):
    lines.add("introduction-point", read.identifier)
    lines.add("ip-address", read.address)
    lines.add("onion-port", read.port)
    for authentication in read.intro_authentication:
        lines.add("intro-authentication", *authentication)
    lines.objects({"onion-key": read.onion_key, "service-key": read.service_key})
