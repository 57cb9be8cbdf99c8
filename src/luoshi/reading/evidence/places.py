"""Photographs without what the camera wrote beside them: where it was taken, by whose device. The picture itself is not touched.

JPEG segments by ITU-T T.81 annex B, Exif by CIPA DC-008 (tag 0x0112 is the orientation), PNG chunks by its specification, part 5.
"""

import struct

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_EXIF = b"Exif\0\0"
_WRITTEN = {0xE1, 0xED}
"""Markers of segments that tell of place, owner and words: Exif and XMP, then IPTC."""
_SCAN, _FILL = 0xDA, 0xFF
_BESIDE = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_ORIENTATION, _UPRIGHT, _MOST = 0x0112, 1, 8


def without_place(content: bytes) -> bytes:
    """The same picture; of what stood beside it only which way is up. What is no whole JPEG or PNG comes back as it is."""
    try:
        if content.startswith(_JPEG):
            return _plain_jpeg(content)
        if content.startswith(_PNG):
            return _plain_png(content)
    except (struct.error, IndexError):
        pass
    return content


def _plain_jpeg(content: bytes) -> bytes:
    kept, up, at = [_JPEG], _UPRIGHT, 2
    while content[at] == _FILL and content[at + 1] != _SCAN:
        marker = content[at + 1]
        if marker == _FILL:  # a byte that only fills
            at += 1
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        piece = content[at : at + 2 + length]
        if marker not in _WRITTEN:
            kept.append(piece)
        elif piece[4:].startswith(_EXIF):
            up = _orientation(piece[4 + len(_EXIF) :])
        at += 2 + length
    if up != _UPRIGHT:
        kept.insert(1, _only(up))
    return b"".join(kept) + content[at:]


def _orientation(tiff: bytes) -> int:
    """Which way is up, of a block that begins with its byte order; 1 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return _UPRIGHT
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION:
                return value if _UPRIGHT <= value <= _MOST else _UPRIGHT
    except struct.error:
        pass
    return _UPRIGHT


def _only(up: int) -> bytes:
    """A segment that says which way is up and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, up, 0)
    told = _EXIF + b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told


def _plain_png(content: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        piece = content[at : at + 12 + length]
        if piece[4:8] not in _BESIDE:
            kept.append(piece)
        at += 12 + length
    return b"".join(kept)
