"""Reading what people check: files and standard input, as text, within a limit."""

from __future__ import annotations

import codecs
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mlq.cli.checked import UncheckableError
from mlq.hosts import evidence, problem_of
from mlq.hosts.languages import LANGUAGES, SUFFIXES, of_script

if TYPE_CHECKING:
    from typing import IO

MEGABYTE = 1_000_000
_OURS = frozenset({"python", "notebook", "mlq"})
_ALWAYS_READ = frozenset({"notebook", "mlq"})  # the one may be broken, the other is about nothing else
_LIKE_ASCII = frozenset({"utf-8", "utf-8-sig", "iso-8859-1"})
_MEGABYTES = 10  # of a text of no language
_LONGEST_LINE = 200  # of the first line of a script
_FIRST_READ = 1 << 18  # bytes: nearly every file is shorter, and room for the longest takes time to make
_LONGEST_WORD = 100  # of those that are looked for: one that two reads cut is seen all the same
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Source:
    """A text to check. `path` is what people call it; offsets into `text` do not count a byte order mark.

    `encoding` is Python's name of the encoding that it was read in: with a byte order mark it is `utf-8-sig`.
    `is_bare` tells that nothing in it can be for us, unless the settings say so: `filter_keys` are the keys
    that they call filters, with their entities.
    """

    path: str
    text: str
    language: str
    encoding: str = "utf-8"
    filter_keys: tuple[tuple[str, str], ...] = ()
    is_bare: bool = False


def read_file(path: str) -> Source:
    """Read a file as the language its name says, or its first line; without these it is taken for Python."""
    language = _language(path)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (a Path for each file costs more than to open it)
            if language is None:
                language = _of_first_line(file.readline(_LONGEST_LINE))
                file.seek(0)
            return _source(path, _read(file, language), language)
    except (OSError, ValueError) as error:
        raise UncheckableError(reason_of(error)) from error


def source_of(path: str, data: bytes) -> Source:
    """Return what a file of this name is when it holds these bytes."""
    language = _language(path) or _of_first_line(data[:_LONGEST_LINE])
    return _source(path, _read(io.BytesIO(data), language), language)


def read_stdin(filename: str) -> Source:
    """Read standard input as if it were the file of this name; without a name it is Python."""
    known = _language(filename)
    data = _read_within(LANGUAGES[known or "python"].megabytes, open_stdin())
    language = known or _of_first_line(data[:_LONGEST_LINE])
    return _decoded(filename or "<stdin>", data, language)


def read_text_from_stdin() -> str:
    """Read standard input as text of no language, such as a log; refuse one that is empty."""
    data = _read_within(_MEGABYTES, open_stdin())
    if not data.strip():
        raise UncheckableError("standard input is empty")
    if data.startswith(UTF_16):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8-sig", errors="replace")


def open_stdin() -> IO[bytes]:
    """Return standard input; refuse a terminal, which would look like a program that hangs."""
    if sys.stdin is None:
        raise UncheckableError("standard input is closed")
    if sys.stdin.isatty():
        raise UncheckableError("standard input is a terminal; send a text into it with | or <")
    return sys.stdin.buffer


def _language(path: str) -> str | None:
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122 (likewise)
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    suffix = Path(path).suffix.lower()
    if suffix and suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise UncheckableError(f"filters are not looked for in {suffix} files, only in {known}")
    return SUFFIXES[suffix] if suffix else None


def _of_first_line(data: bytes) -> str:
    return of_script(data.partition(b"\n")[0].decode("latin-1")) or "python"


def is_script(path: str) -> bool:
    """Whether a file without a suffix is a script that may hold filters; False where it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return bool(of_script(file.readline(_LONGEST_LINE).decode("latin-1")))
    except OSError:
        return False


def _read_within(megabytes: int, file: IO[bytes]) -> bytes:
    data = file.read(megabytes * MEGABYTE + 1)
    if len(data) > megabytes * MEGABYTE:
        raise _too_long(megabytes)
    return data


def _too_long(megabytes: int) -> UncheckableError:
    return UncheckableError(f"longer than {megabytes} MB, the most that is read")


def _read(file: IO[bytes], language: str) -> bytes:
    """Read a file. One that is too long is refused, or passed over where no filter can be in it."""
    megabytes = LANGUAGES[language].megabytes
    data = file.read(_FIRST_READ)
    if len(data) == _FIRST_READ:
        data += file.read(megabytes * MEGABYTE + 1 - _FIRST_READ)
    if len(data) <= megabytes * MEGABYTE:
        return data
    may_hold = evidence.in_python if language == "python" else evidence.anywhere
    while data:
        if language == "mlq" or may_hold(data.decode("latin-1")):
            raise _too_long(megabytes)
        more = file.read(MEGABYTE)
        data = more and data[-_LONGEST_WORD:] + more
    return data


def _source(path: str, data: bytes, language: str) -> Source:
    try:
        return _decoded(path, data, language)
    except UncheckableError:
        if language in _OURS or evidence.anywhere(data.decode("latin-1")):
            raise
        # A folder's documents and scripts are no business of ours until a filter may be in one.
        return Source(path, "", language)


def encoded(source: Source) -> bytes:
    """Return a text as the bytes of its file; raise `UncheckableError` where its encoding cannot say it."""
    try:
        return source.text.encode(source.encoding)
    except UnicodeEncodeError as error:
        missing = source.text[error.start]
        raise UncheckableError(f"its encoding, {source.encoding}, has no {missing!r}") from error


def _decoded(path: str, data: bytes, language: str) -> Source:
    """Return the text as Python would read it: in the encoding of PEP 263, without a byte order mark."""
    if data.startswith(UTF_16):
        raise UncheckableError("is UTF-16; save it as UTF-8")
    if b"\0" in data:
        raise UncheckableError("is a binary file")
    try:
        encoding = _declared_encoding(data) if language == "python" else _marked(data)
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UncheckableError(
            f"line {line} is not {error.encoding.upper()}; save the file as UTF-8"
        ) from error
    except (LookupError, UnicodeError) as error:
        raise UncheckableError("declares an encoding that is none for text; save it as UTF-8") from error
    is_bare = language not in _ALWAYS_READ and encoding in _LIKE_ASCII and not evidence.in_bytes(data)
    problem = "" if is_bare else problem_of(text, language)
    if problem:
        raise UncheckableError(problem)
    return Source(path, text, language, encoding, is_bare=is_bare)


def _marked(data: bytes) -> str:
    return "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"


def _declared_encoding(data: bytes) -> str:
    """Return the encoding that a Python file declares in its first two lines, else UTF-8."""
    first = data.find(b"\n")
    if not data.startswith(codecs.BOM_UTF8) and data.find(b"coding", 0, data.find(b"\n", first + 1)) < 0:
        return "utf-8"
    import tokenize

    try:
        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError as error:
        data.decode("utf-8")  # What is not UTF-8 is also a SyntaxError there, and has a clearer one here.
        raise UncheckableError(f"{error}; save it as UTF-8") from error


def reason_of(error: OSError | ValueError) -> str:
    """Say in a few words why the system refused."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)
