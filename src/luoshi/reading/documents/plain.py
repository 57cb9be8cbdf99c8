r"""txt → its text, in whatever encoding Chinese offices save it. Not a character is lost but byte order marks and \\r."""

import re
from functools import cache

from charset_normalizer import from_bytes

from luoshi.reading.documents.document import Piece, Reading
from luoshi.reading.documents.refusals import refuse, tell
from luoshi.words.findings import Finding

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LOST = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_USUAL = re.compile(r"[\t\n\r\x20-\x7e\u00a0-\u00ff\u2000-\u206f\u2100-\u27bf\u3000-\u303f\u30fb\uff00-\uffef★☆]")
_STRAY = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){12}")
"""A dozen Chinese characters of UTF-8 on end: in bytes that are not UTF-8, two files were joined into one."""
_SAMPLE, _HALF = 60_000, 0.5
_SURE, _LIKELY = 0.9, 0.6
_DETECTED = 100_000
_LABELS = {"gb18030": "GB18030（GBK）", "big5hkscs": "Big5（繁体）", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


def decode(content: bytes) -> tuple[str, str]:
    """The text of bytes and the encoding that gave it: byte order mark, UTF-8, GB18030, Big5, UTF-16, a detector.

    Raises:
        RefusedError: when no encoding gives text that a person could have written.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            text = strictly(content[len(mark) :], encoding)
            return (text, encoding) if text is not None and _typed(text) else _hopeless(content)
    text = strictly(content, "utf-8")
    if text is not None and _typed(text):
        return text, "utf-8"
    if _STRAY.search(content):
        return _hopeless(content)
    guesses = ("utf-16-le", "utf-16-be") if b"\x00" in content[:_DETECTED] else ("gb18030", "big5hkscs")
    tried = {encoding: text for encoding in guesses if (text := strictly(content, encoding)) is not None}
    scores = {encoding: likelihood(text) for encoding, text in tried.items()}
    if scores.get("gb18030", 0) >= _SURE:
        return tried["gb18030"], "gb18030"
    if not scores or max(scores.values()) < _SURE:
        _detect(content, tried, scores)
    best = max(scores, key=lambda encoding: scores[encoding], default="")
    return (tried[best], best) if best and scores[best] >= _LIKELY else _hopeless(content)


def _detect(content: bytes, tried: dict[str, str], scores: dict[str, float]) -> None:
    """What charset-normalizer thinks of it, judged like the rest: it is sure of much that is no Chinese."""
    best = from_bytes(content[:_DETECTED]).best()
    text = strictly(content, best.encoding) if best is not None else None
    if best is not None and text is not None and _HAN.search(text):
        tried[best.encoding], scores[best.encoding] = text, likelihood(text)


def strictly(content: bytes, encoding: str) -> str | None:
    """The text, or None where a single byte does not fit."""
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _typed(text: str) -> bool:
    """Hardly any control characters: a person typed this."""
    return "\x00" not in text and len(_CONTROLS.findall(text)) <= len(text) // 100


@cache
def _common() -> frozenset[str]:
    """The characters Chinese is mostly written with: the first level of GB 2312 and, for Taiwan and Hong Kong, of Big5."""
    simple = bytes(byte for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for byte in (high, low))
    lows = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    full = bytes(byte for high in range(0xA4, 0xC7) for low in lows for byte in (high, low))
    return frozenset(simple.decode("gb2312", "ignore") + full.decode("big5", "ignore"))


def likelihood(text: str) -> float:
    """How much of the text is what Chinese documents are written with, 0 to 1: mojibake decodes without an error too."""
    half = _SAMPLE // 2
    sample = text if len(text) <= _SAMPLE else text[:half] + text[-half:]
    if not _typed(sample):
        return 0.0
    rest = _USUAL.sub("", sample)
    if not rest:
        return _HALF
    return sum(character in _common() for character in rest) / len(rest)


def _hopeless(content: bytes) -> tuple[str, str]:
    """Refuse, and say from which line on a UTF-8 file is damaged when that is what it is."""
    try:
        content.decode("utf-8")
        line = 0
    except UnicodeDecodeError as error:
        whole = content[: error.start].decode("utf-8")
        line = whole.count("\n") + 1 if _HAN.search(whole[-200:]) and _typed(whole) else 0
    raise refuse(
        f"文字编码有误，第 {line} 行起有无法辨认的字节" if line else "文字编码无法辨认，读出来是乱码，或者不是文字文件",
        "文本须为 UTF-8、GB18030（GBK）、Big5 或 UTF-16，且内容完整",
        "请用记事本或 WPS 打开，确认文字正常后另存为 UTF-8 文本或 docx，再重新上传；打开也是乱码的，请向发件人重新索取",
    )


def read_plain(text: str, encoding: str) -> Reading:
    """A text file; only line ends are made alike."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Reading((Piece(text),), "txt", notices=tuple(remarks(text, encoding)))


def remarks(text: str, encoding: str) -> list[Finding]:
    """What the person should look at when the bytes left a doubt.

    Raises:
        RefusedError: when a tenth of it was already lost before it came here.
    """
    told = []
    lost = len(_LOST.findall(text))
    if lost * 10 > len(text.strip()):
        _hopeless(b"")
    if encoding in _LABELS:
        told.append(
            tell(f"文字按 {_LABELS[encoding]} 编码读出", "编码由内容推断", "如发现个别字不对，请另存为 UTF-8 再上传")
        )
    if lost:
        told.append(tell(f"文中有 {lost} 处乱码（如“\ufffd”）", "这些字在原文件中已经丢失", "请对照原稿补正后再上传"))
    if not _HAN.search(text):
        told.append(tell("文中没有汉字", "工作要点应为中文", "请核对是否选错了文件"))
    return told
