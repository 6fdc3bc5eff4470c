"""The zip file around the parts: read whole within limits, written the same on every machine and in one step."""

from __future__ import annotations

import contextlib
import io
import lzma
import os
import secrets
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from addin.ooxml.relations import CONTENT_TYPES
from addin.readers.errors import InputRefused
from addin.readers.files import LARGEST
from addin.readers.parts import LARGEST_UNPACKED
from addin.readers.workbook import BROKEN, COMPOUND, ZIP

DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
ANY_WRITER = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def read_file(path: Path) -> bytes:
    """The content of a file; one that cannot be read is refused."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputRefused.of("readers.too_big", path)
        return path.read_bytes()
    except InputRefused:
        raise
    except (FileNotFoundError, NotADirectoryError):
        raise InputRefused.of("readers.missing", path) from None
    except (OSError, ValueError):
        raise InputRefused.of("readers.unreadable", path) from None


def unpacked(content: bytes, path: Path) -> dict[str, bytes]:
    """The parts of a file in their order; what is no package is refused, `path` only names it."""
    if content.startswith(COMPOUND) and "EncryptedPackage".encode("utf-16-le") in content:
        raise InputRefused.of("readers.protected", path)
    if not content.startswith(ZIP):
        raise InputRefused.of("ooxml.not_a_workbook", path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > LARGEST_UNPACKED:
                raise InputRefused.of("readers.too_big", path)
            if len({member.filename.casefold() for member in members}) < len(members):
                raise InputRefused.of("readers.damaged", path)
            return {member.filename: package.read(member) for member in members}
    except InputRefused:
        raise
    except (*BROKEN, lzma.LZMAError, struct.error):
        raise InputRefused.of("readers.damaged", path) from None


def in_order(parts: Mapping[str, bytes]) -> list[str]:
    """The names of parts as a file lists them: content types first."""
    return sorted(parts, key=lambda name: name != CONTENT_TYPES)


def packed(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The file of these parts: nothing in it tells the day or the machine."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name in in_order(parts):
            member = zipfile.ZipInfo(name, DAY_OF_ZIP)
            member.create_system = 0
            member.compress_type = compression
            package.writestr(member, parts[name])
    return target.getvalue()


def replace(path: Path, content: bytes) -> None:
    """Put the content in the file's place, whole or not at all; refused while another program has it open."""
    path = Path(os.path.realpath(path))
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise InputRefused.of("ooxml.open_elsewhere", path, lock=lock.name)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        if path.exists() and not (path.stat().st_mode & ANY_WRITER and os.access(path, os.W_OK)):
            # Some systems replace a file that its owner has protected.
            raise PermissionError
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            part.chmod(stat.S_IMODE(path.stat().st_mode))
        os.replace(part, path)
    except PermissionError:
        raise InputRefused.of("ooxml.held", path) from None
    except OSError as error:
        raise InputRefused.of("ooxml.not_written", path, reason=error.strerror or type(error).__name__) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
