"""What a camera wrote beside its picture is gone when the picture is kept: place, device, words; which way is up stays."""

import io

import pytest
from PIL import Image, PngImagePlugin

from luoshi.reading.evidence.places import without_place

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def photograph(up: int = 1, *, gps: bool = True) -> bytes:
    told, out = Image.Exif(), io.BytesIO()
    told[ORIENTATION], told[MAKE] = up, "演示相机"
    if gps:
        told.get_ifd(GPS).update({1: "N", 2: (34.0, 37.0, 0.0), 3: "E", 4: (112.0, 27.0, 0.0)})
    Image.linear_gradient("L").convert("RGB").save(out, "JPEG", exif=told, comment=b"demo")
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


@pytest.mark.parametrize("up", range(1, 9))
def test_a_photograph_keeps_its_points_and_which_way_is_up_and_nothing_else(up: int) -> None:
    before = photograph(up)
    assert opened(before).getexif().get_ifd(GPS)
    after = without_place(before)
    told = dict(opened(after).getexif())
    assert told == ({ORIENTATION: up} if up != 1 else {})
    assert opened(after).tobytes() == opened(before).tobytes()
    assert without_place(after) == after


def test_a_png_loses_its_words() -> None:
    told, out = PngImagePlugin.PngInfo(), io.BytesIO()
    told.add_text("place", "34.6, 112.4")
    Image.linear_gradient("L").save(out, "PNG", pnginfo=told)
    after = without_place(out.getvalue())
    assert b"112.4" not in after
    assert opened(after).tobytes() == opened(out.getvalue()).tobytes()


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff", b"\x89PNG\r\n\x1a\n\0", b"%PDF-1.4"])
def test_what_is_no_whole_picture_comes_back_as_it_is(content: bytes) -> None:
    assert without_place(content) == content


def test_a_photograph_cut_anywhere_breaks_nothing() -> None:
    whole = photograph(6)
    for length in range(0, 400, 7):
        without_place(whole[:length])
