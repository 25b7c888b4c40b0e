"""Bytes to text: encodings found or judged, damage repaired and said aloud, never an exception."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from trucewatch.model.records import Issue

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"MZ")
CYRILLIC_CODECS = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
# the commonest letters of running text in Cyrillic: some three quarters of it
COMMON_CYRILLIC = frozenset("оеаинтсрвлкмдпуіяьыгзбчй")
HEAD = 65_536
# control characters that no text has
CONTROLS = bytes(byte for byte in range(128) if byte < 9 or 13 < byte < 27 or 27 < byte < 32 or byte == 127)
# Windows-1252 as browsers read it: the five bytes it leaves open stand for themselves
BYTES_OF = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(256)}
# every 8-bit character that begins a two-, three- or four-byte UTF-8 sequence when read as Windows-1252
MOJIBAKE = re.compile("[ÃÂâÐÑð][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]")


def is_binary(original: bytes) -> bool:
    """Whether bytes are no text in any encoding: a known file signature, or control characters that no text has."""
    head = original[:HEAD]
    if head.startswith(MAGIC):
        return True
    if any(head.startswith(bom) for bom, _ in BOMS) or _utf16_without_bom(head):
        return False
    controls = len(head) - len(head.translate(None, CONTROLS))
    return controls > len(head) * 0.01


def decode(original: bytes, declared: str | None = None) -> tuple[str, str, tuple[Issue, ...]]:
    """Text, the encoding that gave it, and what had to be repaired. `declared` is what a header or the page itself says.

    Order: byte order mark, UTF-16 by its pattern, strict UTF-8, the declared encoding, UTF-8 with a few broken bytes, and
    last a judgement over single-byte encodings. A wrong declaration never beats valid UTF-8: pages often declare wrongly.
    """
    for bom, encoding in BOMS:
        if original.startswith(bom):
            return _lenient(original, encoding)
    wide = _utf16_without_bom(original[:HEAD])
    if wide:
        return _lenient(original, wide)
    try:
        return _undouble(original.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    codec = _known(declared)
    if codec and codec not in ("utf-8", "ascii", "utf-16", "utf-32"):
        try:
            return original.decode(codec), codec, ()
        except UnicodeDecodeError:
            pass
    repaired, broken, evidence = _repair_utf8(original)
    if (evidence and broken <= max(1, evidence)) or (codec == "utf-8" and broken * 50 < len(original)):
        return repaired, "utf-8", (_issue("broken-utf-8", f"{broken} bytes are no UTF-8 and were repaired", str(broken)),)
    codec = _judge(original[:HEAD])
    text, encoding, issues = _lenient(original, codec)
    return text, encoding, (*issues, _issue("encoding-guessed", f"no encoding is declared; read as {codec}", codec, "info"))


def _issue(code: str, message: str, value: str, level: str = "warning") -> Issue:
    return Issue(stage="clean", code=code, level=level, message=message, value=value)


def _known(name: str | None) -> str | None:
    try:
        info = codecs.lookup((name or "").strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # codecs such as base64 or rot13 lead from bytes to bytes, or text to text
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _lenient(original: bytes, encoding: str) -> tuple[str, str, tuple[Issue, ...]]:
    try:
        return original.decode(encoding), encoding.removesuffix("-sig"), ()
    except UnicodeDecodeError:
        text = original.decode(encoding, "replace")
        message = f"some bytes are no {encoding} and stand as the replacement character"
        return text, encoding.removesuffix("-sig"), (_issue("broken-encoding", message, str(text.count("\ufffd"))),)


def _utf16_without_bom(head: bytes) -> str | None:
    """UTF-16 shows in its high bytes: nearly all take one or two values (0 for Latin, 4 for Cyrillic)."""
    head = head[: len(head) // 2 * 2]
    # spaces and line ends have a zero byte in UTF-16, text in any other encoding has none
    if len(head) < 8 or 0 not in head:
        return None
    for high, low, codec in ((1, 0, "utf-16-le"), (0, 1, "utf-16-be")):
        values = Counter(head[high::2])
        common = sum(count for value, count in values.items() if value in (0, 1, 2, 4, 5, 6, 0x20))
        if values[0] and common >= 0.97 * len(head) / 2 and head[low::2].count(0) <= 0.02 * len(head):
            try:
                text = head.decode(codec)
            except UnicodeDecodeError:
                continue
            if sum(char.isprintable() or char.isspace() for char in text) > 0.95 * len(text):
                return codec
    return None


def _repair_utf8(original: bytes) -> tuple[str, int, int]:
    """Text with stray bytes read as Windows-1252; how many were stray, and what speaks for UTF-8.

    A sequence of two valid bytes happens in other encodings too and counts one, one of three or four hardly ever: three.
    """
    text = original.decode("utf-8", "surrogateescape")
    broken = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal broken
        broken += 1
        return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")

    mended = re.sub(r"[\udc80-\udcff]", mend, text)
    evidence = sum(3 if char > "\u07ff" else 1 for char in text if char > "\x7f" and not 0xD800 <= ord(char) <= 0xDFFF)
    return mended, broken, evidence


def _undouble(text: str) -> tuple[str, str, tuple[Issue, ...]]:
    """UTF-8 read as Windows-1252 and written as UTF-8 again ("â€™" for an apostrophe), read back if all of it can be."""
    if not MOJIBAKE.search(text):
        return text, "utf-8", ()
    try:
        back = bytes(map(BYTES_OF.__getitem__, text)).decode("utf-8")
    except (KeyError, UnicodeError):
        return text, "utf-8", ()
    return back, "utf-8", (_issue("encoded-twice", "the text was encoded twice over and was read back", "utf-8"),)


def _judge(head: bytes) -> str:
    """A single-byte encoding: Cyrillic where most letters are high bytes, by how common its letters are; else by its library."""
    high = sum(byte > 127 for byte in head)
    letters = high + sum(chr(byte).isalpha() for byte in head if byte < 128)
    if letters and high / letters > 0.3:
        scores = {codec: _cyrillic_score(head.decode(codec, "replace")) for codec in CYRILLIC_CODECS}
        best = max(CYRILLIC_CODECS, key=lambda codec: scores[codec])
        if scores[best] > 0.6 * high:
            return best
    from charset_normalizer import from_bytes

    best_match = from_bytes(head, threshold=0.3).best()
    found = _known(best_match.encoding) if best_match else None
    # below that share its guesses among Latin encodings are chance, and the web's own default is right most often
    return found if found and letters and high / letters > 0.08 else "cp1252"


def _cyrillic_score(text: str) -> float:
    return sum(1.0 if char in COMMON_CYRILLIC else 0.4 if "а" <= char.lower() <= "ё" else -1.0 for char in text if char > "\x7f")
