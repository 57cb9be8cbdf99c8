"""Scans that open: a small PDF and a small picture, each another one for another word. 演示数据（虚构）."""

import io

from PIL import Image


def scan(form: str = "PDF", shade: int = 200) -> bytes:
    """One grey page."""
    made = io.BytesIO()
    Image.new("L", (40, 56), shade).save(made, form)
    return made.getvalue()


PDF, PNG, JPEG = scan(), scan("PNG"), scan("JPEG")
