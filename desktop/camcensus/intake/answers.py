"""A spreadsheet of answers, or the counts that an organisation published: its rows, and the SHA-256 of the file itself."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
import zlib
from pathlib import Path

from camcensus.intake.apart import OverLimitError, apart
from camcensus.intake.packed import MEMBERS_LIMIT, damaged
from camcensus.intake.registers import FILE_LIMIT_BYTES, read_register_bytes
from camcensus.model import frozen
from camcensus.model.errors import IntakeError, disk_error, open_file, shown
from camcensus.model.letters import letter_words
from camcensus.model.registers import RegisterFile
from camcensus.registers.columns import Headings

PUBLIC_TABLE, PUBLIC_PAGE = "foi_public.csv", "read-me-first.txt"
"""Members of the ZIP that Camcensus makes for the public."""
SIMULATED = b"This is a simulation"
EXCHANGE_LIMIT_BYTES = 4 << 30
"""Of all exchange files in a ZIP."""
_MEMBER_LIMIT_BYTES = 16 << 20


@frozen
class AnswerFile:
    """What is in a file of answers. `simulated` where the ZIP says that its cameras are not real."""

    table: RegisterFile
    sha256: str
    simulated: bool = False


def read_answer_file(path: Path, headings: Headings, sheet: str | None = None, encoding: str | None = None) -> AnswerFile:
    """The sheet of answers in a CSV, XLSX, XLS, ODS, or in the ZIP that Camcensus makes for the public. Raises IntakeError."""
    data = _read(path, FILE_LIMIT_BYTES, "give the answers alone")
    digest, simulated, name = hashlib.sha256(data).hexdigest(), False, shown(path)
    if letter := letter_words(data[:100], name):
        raise IntakeError(letter)
    if data.startswith(b"PK\x03\x04"):
        if packed_members(path):
            raise IntakeError(f"“{name}” holds files of organisations; give it as files, not as answers.")
        try:
            published = apart(published_table, data, name)
        except OverLimitError as error:
            raise damaged(name) from error
        if published is not None:
            data, simulated = published
    return AnswerFile(read_register_bytes(data, name, headings, sheet, encoding), digest, simulated)


def published_table(data: bytes, name: str) -> tuple[bytes, bool] | None:
    """The table in the ZIP for the public, and whether its page says that it is a simulation; None for any other file.

    Runs in a process of its own. Raises IntakeError for a damaged one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            if names.count(PUBLIC_TABLE) != 1 or len(names) > MEMBERS_LIMIT:
                return None
            members = [PUBLIC_TABLE, *([PUBLIC_PAGE] if PUBLIC_PAGE in names else [])]
            table, *page = [_member(packed, member, name) for member in members]
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, LookupError,
    ) as error:  # fmt: skip
        raise damaged(name) from error
    return table, any(SIMULATED in one for one in page)


def packed_members(path: Path) -> tuple[str, ...]:
    """The exchange files in a ZIP by their names in it; none for any other file."""
    try:
        with open_file(path) as stream:
            if stream.read(4) != b"PK\x03\x04":
                return ()
            members = zipfile.ZipFile(stream).infolist()[:MEMBERS_LIMIT]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, LookupError):
        return ()
    files = [one for one in members if one.filename.lower().endswith(".camcensus")]
    return tuple(one.filename for one in files) if sum(one.file_size for one in files) <= EXCHANGE_LIMIT_BYTES else ()


def unpack_member(path: Path, name: str, target: Path) -> bool:
    """Write an exchange file out of a ZIP, never more than it says it holds; False where it cannot be unpacked."""
    try:
        with open_file(path) as stream, zipfile.ZipFile(stream) as packed, packed.open(name) as part, target.open("xb") as out:
            shutil.copyfileobj(part, out)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, LookupError):
        return False
    return True


def _member(packed: zipfile.ZipFile, member: str, name: str) -> bytes:
    with packed.open(member) as part:
        data = part.read(_MEMBER_LIMIT_BYTES + 1)
    if len(data) > _MEMBER_LIMIT_BYTES:
        raise IntakeError(f"“{name}” unpacks to more than such a table holds; ask for it again.")
    return data


def _read(path: Path, most_bytes: int, instead: str) -> bytes:
    try:
        with open_file(path) as stream:
            data = stream.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        problem = error if isinstance(error, OSError) else OSError(str(error))
        raise IntakeError(str(disk_error(path, problem))) from error
    if len(data) > most_bytes:
        raise IntakeError(f"“{shown(path)}” is longer than {most_bytes >> 20} MiB; {instead}.")
    return data
