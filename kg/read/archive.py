"""ZIP archives, bounded: their members become inputs, their names never become paths."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from kg.config import Reading
from kg.errors import ReadError
from kg.read.inputs import Input, amount, of_bytes

_ENCRYPTED = 0x1
_UTF8 = 0x800
_SMALL = 1 << 20
_DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


class Budget:
    """What the members of an archive, nested ones included, may still unpack to."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.left = reading.max_unpacked

    def spend(self, count: int, shown: str) -> None:
        """Take a number of unpacked bytes.

        Raises:
            ReadError: the archive unpacks to more than it may.
        """
        self.left -= count
        if self.left < 0:
            raise ReadError(
                shown,
                f"the archive unpacks to more than {amount(self.reading.max_unpacked)}",
                remedy="unpack it yourself, or raise max_unpacked under [reading] in kg.toml",
            )


def members(source: Input, budget: Budget) -> Iterator[Input | ReadError]:
    """Yield the files of an archive in the order of their names, or why one cannot be read.

    Hidden files are passed over. Nothing is written to the disk.

    Raises:
        ReadError: no archive, or a truncated one, or one with too many members.
    """
    with source.open() as stream, _opened(stream, source.shown) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        limit = budget.reading.max_members
        if len(infos) > limit:
            raise ReadError(
                source.shown,
                f"{len(infos)} members, more than {limit}",
                remedy="split it, or raise max_members under [reading] in kg.toml",
            )
        for name, info in sorted(((_shown(info), info) for info in infos), key=lambda pair: pair[0]):
            if any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
                continue
            inner = f"{source.shown}/{name}"
            try:
                unpacked = _unpacked(archive, info, inner, budget)
            except ReadError as error:
                yield error
                if budget.left < 0:
                    return
            else:
                yield of_bytes(unpacked, f"{source.name}/{name}", inner)


def check(data: bytes, shown: str, budget: Budget) -> None:
    """Refuse a document that is an archive inside and unpacks to too much.

    Raises:
        ReadError: it is damaged, or too much.
    """
    with _opened(io.BytesIO(data), shown) as archive:
        infos = archive.infolist()
    for info in infos:
        _refuse(info, shown, budget.reading)
        budget.spend(info.file_size, shown)


def _opened(stream: BinaryIO, shown: str) -> ZipFile:
    try:
        return ZipFile(stream)
    except _DAMAGE as error:
        raise ReadError(
            shown, "no such archive, or a truncated or damaged one", remedy="pack or download it again"
        ) from error


def _refuse(info: ZipInfo, shown: str, reading: Reading) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise ReadError(shown, "encrypted", remedy="pack it without a password")
    if info.file_size > reading.max_bytes:
        raise ReadError(
            shown,
            f"unpacks to more than {amount(reading.max_bytes)}",
            remedy="unpack it yourself, or raise max_bytes under [reading] in kg.toml",
        )
    if info.file_size > max(_SMALL, info.compress_size * reading.max_ratio):
        raise ReadError(
            shown,
            f"unpacks to more than {reading.max_ratio} times its packed size, as a bomb does",
            remedy="unpack it yourself, or raise max_ratio under [reading] in kg.toml",
        )


def _unpacked(archive: ZipFile, info: ZipInfo, shown: str, budget: Budget) -> bytes:
    """Return a member's bytes: what its header says is not trusted."""
    _refuse(info, shown, budget.reading)
    limit = min(budget.reading.max_bytes, info.file_size)
    try:
        with archive.open(info) as stream:
            unpacked = stream.read(limit + 1)
    except _DAMAGE as error:
        raise ReadError(
            shown, "damaged, or packed in a way unknown here", remedy="pack it again as plain ZIP"
        ) from error
    budget.spend(len(unpacked), shown)
    if len(unpacked) > limit:
        raise ReadError(shown, "unpacks to more than it says", remedy="pack it again")
    return unpacked


def _shown(info: ZipInfo) -> str:
    """Return a member's name to show: old archives of Chinese systems keep it as GBK without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = info.filename
    name = "".join(char if char.isprintable() else "�" for char in name.replace("\\", "/"))
    return "/".join(part for part in name.split("/") if part not in {"", ".", ".."}) or "member"
