"""Whether a packed file is a spreadsheet (XLSX, ODS), before a reader is given it in a process that is bounded (`apart`)."""

from __future__ import annotations

import io
import zipfile

from camcensus.model.errors import IntakeError

MEMBERS_LIMIT = 2_000
UNPACKED_LIMIT_BYTES = 128 << 20
"""All parts of a file together: 200,000 rows of ten columns have some 60 MB."""
WIDTH_LIMIT_COLUMNS = 16_384
"""As many as Excel and LibreOffice have."""
_XLSX = {"[content_types].xml", "xl/workbook.xml"}


def damaged(name: str) -> IntakeError:
    """The one sentence for a spreadsheet that cannot be opened."""
    return IntakeError(f"“{name}” is a damaged or protected spreadsheet; open it and save it again as XLSX or CSV.")


def check_packed(data: bytes, name: str) -> None:
    """Raises IntakeError for what is no XLSX or ODS, or says itself that it is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
            names = {member.filename.lower().replace("\\", "/") for member in members}
            # The reader tries one format after the other, so a file of two is none.
            if "xl/workbook.bin" in names or (names >= _XLSX) is ("content.xml" in names):
                raise IntakeError(f"“{name}” is no XLSX or ODS spreadsheet; save it as XLSX or CSV.")
            if len(members) > MEMBERS_LIMIT or len(names) != len(members):
                raise IntakeError(
                    f"“{name}” is no spreadsheet that a program writes; open it and save it again as XLSX or CSV."
                )
            if sum(member.file_size for member in members) > UNPACKED_LIMIT_BYTES:
                raise IntakeError(
                    f"“{name}” holds more than {UNPACKED_LIMIT_BYTES >> 20} MiB unpacked; save the list alone as CSV."
                )
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, LookupError) as error:
        raise damaged(name) from error


def too_many_columns(name: str) -> IntakeError:
    """The sentence for a row that no spreadsheet program could hold."""
    return IntakeError(
        f"“{name}” has a row with more than {WIDTH_LIMIT_COLUMNS:,} columns, more than a spreadsheet can have; save the list "
        "alone, with one device in each row."
    )
