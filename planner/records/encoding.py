"""One pass over the bytes of a text file: is it text, in which encoding, and is any line too long?"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from planner.records.records import Limits, refuse

CHUNK = 1 << 22
START = 1 << 12
CONTROL = [i for i in range(32) if i not in (9, 10, 12, 13, 26)]
CONTROL_SHARE = 0.02  # of random bytes 10 % are control characters, of text hardly any
UNDEFINED_IN_1252 = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
SPOKEN = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "latin-1": "Latin-1"}


@dataclass(frozen=True)
class Encoded:
    """The encoding a text is read with, how many quotation marks it holds, and what to tell the person."""

    encoding: str
    quotes: int
    notices: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """The encoding's name as people write it."""
        return SPOKEN.get(self.encoding, "UTF-16")


@dataclass(frozen=True)
class Pass:
    """What one pass saw: how often each byte value occurs, whether all is UTF-8, the first long line."""

    counts: np.ndarray
    utf8: bool
    long_line: int | None


def examine(path: Path, limits: Limits) -> Encoded:
    """The encoding of a text file; InputError when it is no text or a line is longer than the limit."""
    with path.open("rb") as file:
        start = file.read(START)
    seen = _pass(path, _line_end(start), limits.line_bytes)
    if seen.long_line is not None:
        note = (
            f"the line is longer than {limits.line_bytes / 1e6:,.0f} MB; no record is that long, export again"
        )
        raise refuse("line_too_long", note, path.name, seen.long_line)
    quotes, wide = int(seen.counts[ord('"')]), _wide(start)
    if wide:
        return Encoded(wide, quotes)
    if seen.counts[0] or seen.counts[CONTROL].sum() > CONTROL_SHARE * seen.counts.sum():
        raise refuse("not_text", "is neither text nor Excel nor Parquet; export it as CSV", path.name)
    if seen.utf8:
        return Encoded("utf-8", quotes)
    single = "latin-1" if seen.counts[UNDEFINED_IN_1252].any() else "cp1252"
    notice = f"it is not UTF-8 and was read as {SPOKEN[single]}; check names with accents"
    return Encoded(single, quotes, (notice,))


def _line_end(start: bytes) -> int:
    return ord("\r") if b"\r" in start and b"\n" not in start else ord("\n")


def _wide(start: bytes) -> str | None:
    """UTF-16 by its mark, or by every other byte being zero as in plain letters."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zero = np.frombuffer(start[: len(start) // 2 * 2], np.uint8) == 0
    if not zero.any():
        return None
    first, second = zero[::2].mean(), zero[1::2].mean()
    if second > 0.7 and first < 0.05:
        return "utf-16-le"
    return "utf-16-be" if first > 0.7 and second < 0.05 else None


def _pass(path: Path, line_end: int, line_bytes: int) -> Pass:
    """Reads in pieces, so that a file of one huge line asks for no more memory than any other."""
    counts = np.zeros(256, np.int64)
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, lines, since = True, 0, 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            utf8 = utf8 and _decodes(decoder, chunk)
            values = np.frombuffer(chunk, np.uint8)
            counts += np.bincount(values, minlength=256)
            ends = np.flatnonzero(values == line_end)
            lengths = np.diff(ends, prepend=-1 - since, append=len(values))
            if (long := np.flatnonzero(lengths > line_bytes)).size:
                return Pass(counts, utf8, lines + int(long[0]) + 1)
            lines, since = lines + len(ends), int(lengths[-1])
    return Pass(counts, utf8 and _decodes(decoder, b"", final=True), None)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
