"""The file that goes from house to house: a zip whose every byte is fixed by its manifest and one Ed25519 signature.

    manifest.json   who to whom, which number, the digest of the manifest before, size and SHA-256 of every member, public key
    signature       64 bytes over the manifest as it stands in the file
    content.json    what is told
    files/DIGEST    files that go along, under their SHA-256

Members are stored, not compressed, in the order of their names and with one date, so the same content always is the same file. What
comes in is put together once more and held against what came: a byte that no checksum of the zip would cover is seen too.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from luoshi.bureau.keys import keyring
from luoshi.bureau.keys.keyring import SIGNING
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

MANIFEST, SIGNATURE, CONTENT, FILES = "manifest.json", "signature", "content.json", "files/"
FORMAT = "luoshi-county/1"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST = 20_000
"""Members at most: more is no package of ours."""
_GROUPS = 32


@dataclass(frozen=True, slots=True)
class Label:
    """What a manifest says besides its members."""

    city: str
    """Key of the city."""
    county: str
    way: str
    kind: str
    number: int
    previous: str
    """Digest of the manifest before it, of the same way; empty for the first."""
    made: str
    """Moment, ISO 8601."""
    by: str
    key: str
    """Public key of the house that made it, hexadecimal."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A package that was opened, whole and signed by the key it names."""

    label: Label
    digest: str
    content: Mapping[str, Any]
    files: Mapping[str, bytes] = field(repr=False)
    """By SHA-256."""


def own_key() -> str:
    """The public key of this house, hexadecimal; made with its secret half when there is none."""
    return _private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def known_key() -> str:
    """The same where there is one; empty before anything was signed."""
    return own_key() if keyring().names(SIGNING) else ""


def fingerprint(key: str) -> str:
    """指纹 of a public key, to be read out by telephone: the first 128 bits of its SHA-256 in groups of four."""
    told = digest(bytes.fromhex(key))[:_GROUPS]
    return " ".join(told[at : at + 4] for at in range(0, _GROUPS, 4))


def packed(label: Label, content: Mapping[str, Any], files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """The file, and the digest of its manifest.

    Args:
        label: its key is this house's own.
        content: what is told; dates and decimals as text.
        files: by SHA-256.
    """
    members = {CONTENT: _json(content), **{FILES + name: held for name, held in files.items()}}
    listed = {name: {"sha256": digest(held), "size": len(held)} for name, held in members.items()}
    told = {name: getattr(label, name) for name in Label.__slots__}
    manifest = _json({"format": FORMAT, **told, "members": listed})
    return _zipped({MANIFEST: manifest, SIGNATURE: _private().sign(manifest), **members}), digest(manifest)


def is_package(content: bytes) -> bool:
    """Whether a file was meant to be a package: a zip whose first member has the manifest's name."""
    return content.startswith(b"PK\x03\x04") and content[30:].startswith(CONTENT.encode())


def opened(content: bytes, name: str) -> Parcel:
    """A package as it came, held against its digests and its own signature.

    Whose key it is signed by is for the caller to compare: anybody can sign by a key of their own.

    Args:
        content: the file.
        name: of the file, for what is said of it.

    Raises:
        RefusedError: it is none, or any byte of it is another than when it was made.
    """
    members = _members(content, name)
    manifest = members.get(MANIFEST, b"")
    try:
        told = json.loads(manifest)
        label = Label(**{slot: told[slot] for slot in Label.__slots__})
        listed = {one: (of["sha256"], of["size"]) for one, of in told["members"].items()}
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(label.key)).verify(members[SIGNATURE], manifest)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature) as error:
        raise _altered(name) from error
    found = {one: (digest(held), len(held)) for one, held in members.items() if one not in {MANIFEST, SIGNATURE}}
    if told.get("format") != FORMAT:
        rule = f"本版本读 {FORMAT}"
        raise RefusedError(Finding(name, f"包的格式是 {told.get('format')}", rule, "请两级用同一版本的程序"))
    if found != listed or _zipped(members) != content:
        raise _altered(name)
    files = {one.removeprefix(FILES): held for one, held in members.items() if one.startswith(FILES)}
    return Parcel(label, digest(manifest), json.loads(members[CONTENT]), files)


def _members(content: bytes, name: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            listed = held.infolist()
            stored = all(one.compress_type == zipfile.ZIP_STORED for one in listed)
            if not stored or len(listed) > _MOST or sum(one.file_size for one in listed) > len(content):
                raise _altered(name)
            return {one.filename: held.read(one) for one in listed}
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OverflowError,
    ) as error:
        what, rule = "不是交换包，或已经损坏", "下发包、上报包和回执包是由落实生成的 zip 文件"
        raise RefusedError(Finding(name, what, rule, "请重新拷贝原来的文件")) from error


def _zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for one in sorted(members):
            about = zipfile.ZipInfo(one, _EPOCH)
            about.create_system, about.external_attr = 3, 0o600 << 16
            made.writestr(about, members[one])
    return out.getvalue()


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keyring().signing().secret)


def _altered(name: str) -> RefusedError:
    what, rule = "内容与签名不符，有改动", "包里每个字节都由生成它的一方签名，改动一处即不收"
    return RefusedError(Finding(name, what, rule, "请重新拷贝原来的文件，或请对方再给一次"))
