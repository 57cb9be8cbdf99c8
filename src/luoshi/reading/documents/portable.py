"""pdf → paragraphs from its text layer. pypdf works under limits of ours, and on a budget of steps instead of a clock."""

import io
import logging
import math
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration, mult
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from luoshi.reading.documents.document import Piece, Reading
from luoshi.reading.documents.lines import Glyphs, paragraphs
from luoshi.reading.documents.refusals import broken, encrypted, guarded, overgrown, refuse, scanned, tell

MOST_PAGES = 500
MOST_STEPS = 3_000_000
"""Drawing steps of the whole file; a dense page of text has about two thousand."""
MOST_DRAWN = 60 * 1024 * 1024
"""Bytes of drawing instructions and of character maps, unpacked."""
_FORM_COST = 1_000
LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": 12_000_000,
    "lzw_maximum_output_length": 12_000_000,
    "run_length_maximum_output_length": 12_000_000,
    "array_based_stream_maximum_output_length": 12_000_000,
    "stream_decoding_work_maximum_length": 40_000_000,
    "stream_parsing_work_maximum_count": 400_000,
    "page_tree_maximum_entries": 5_000,
    "xform_maximum_invocations_per_extraction": 200,
    "jbig2dec_binary": None,
    "disable_legacy_handling": True,
}

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # Its remarks on a foreign file help nobody who reads ours.


class _Page:
    """Collects what pypdf finds on one page; what is turned or upside down is a stamp, not text."""

    def __init__(self, budget: "_Budget") -> None:
        self.glyphs: list[Glyphs] = []
        self.stamps: list[str] = []
        self._budget = budget

    def step(self, operator: bytes, operands: Any, _cm: Any, _tm: Any) -> None:
        cost = 1 + (len(operands[0]) if operator == b"TJ" and operands and isinstance(operands[0], list) else 0)
        self._budget.spend(_FORM_COST if operator == b"Do" else cost)

    def text(self, text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        words = text.replace("\n", "")
        if not words.strip():
            return
        placed = mult(tm, cm)
        letters = abs(size) * math.hypot(placed[2], placed[3])
        turned = abs(placed[1]) > 0.05 * abs(placed[0]) or placed[0] <= 0
        if turned or not (letters > 0 and math.isfinite(placed[4]) and math.isfinite(placed[5])):
            self.stamps.append(words)
        else:
            self.glyphs.append(Glyphs(words, placed[4], -placed[5], letters))


class _Budget:
    """Steps and bytes that one file may cost."""

    def __init__(self) -> None:
        self._steps, self._bytes = MOST_STEPS, MOST_DRAWN

    def spend(self, steps: int) -> None:
        self._steps -= steps
        if self._steps < 0:
            raise _overgrown()

    def draw(self, page: PageObject) -> None:
        """Count a page's instructions and character maps before they are parsed."""
        contents = page.get_contents()
        self._bytes -= len(contents.get_data()) if contents is not None else 0
        resources = page.get("/Resources")
        fonts = resources.get_object().get("/Font") if resources is not None else None
        for font in fonts.get_object().values() if fonts is not None else ():
            mapped = font.get_object().get("/ToUnicode")
            if mapped is not None and hasattr(mapped.get_object(), "get_data"):
                self._bytes -= len(mapped.get_object().get_data())
        if self._bytes < 0:
            raise _overgrown()


def _overgrown() -> Exception:
    return overgrown("PDF", f"最多 {MOST_PAGES} 页、{MOST_DRAWN >> 20} MB 绘图指令")


def read_pdf(content: bytes) -> Reading:
    """The text layer of a pdf; running heads and turned stamps only among the margins."""
    locked = False
    with guarded("PDF"), apply_configuration(**LIMITS):
        try:
            reader = PdfReader(io.BytesIO(content))
            locked = reader.is_encrypted
            if locked and not reader.decrypt(""):
                raise encrypted("PDF")
            pages = _pages(reader)
        except (FileNotDecryptedError, DependencyError) as error:
            raise encrypted("PDF") from error
        except LimitReachedError as error:
            raise _overgrown() from error
    if not pages:
        raise broken("PDF")
    if not any(page.glyphs for page in pages):
        raise scanned("PDF", len(pages))
    read, margins = paragraphs([page.glyphs for page in pages])
    stamps = tuple(stamp for page in pages for stamp in ("".join(page.stamps), *page.stamps) if stamp)
    return Reading(
        tuple(Piece(one) for one in read), "pdf", margins=margins + stamps, notices=_notices(pages, locked=locked)
    )


def _pages(reader: PdfReader) -> list[_Page]:
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise refuse(f"PDF 有 {count} 页", f"最多 {MOST_PAGES} 页", "请只留工作要点的页面，另存后再上传")
    budget = _Budget()
    read = []
    for page in reader.pages:
        found = _Page(budget)
        budget.draw(page)
        page.extract_text(visitor_operand_before=found.step, visitor_text=found.text)
        budget.spend(0)
        read.append(found)
    return read


def _notices(pages: list[_Page], *, locked: bool) -> tuple[Any, ...]:
    told = []
    blank = [str(number) for number, page in enumerate(pages, 1) if not page.glyphs]
    if blank:
        listed = "、".join(blank[:10]) + ("等" if len(blank) > 10 else "")  # noqa: PLR2004
        told.append(
            tell(f"第 {listed} 页没有文字层", "空白页或扫描页读不出文字", "请核对这些页；有文字的，请取得原稿补上")
        )
    if locked:
        told.append(tell("PDF 设有权限限制，但不需密码即可打开", "按打开后可见的文字读取", "无需处理"))
    return tuple(told)
