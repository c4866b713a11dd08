"""The address of a database, as SQLAlchemy has it, and its password, which is anywhere but in the workbook.

Nothing here ever shows an address whole: it may hold a password that does not belong there.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from ...sheets.faults import Report
from ...system.keyring_passwords import of_keyring

PASSWORD = "BDINDEX_DB_PASSWORD"
# What may stand behind the question mark: where the server is and how the connection is kept safe. All else could have
# a driver read files, run programs or send what it must not.
_OPTIONS = frozenset(
    (
        "host", "port", "unix_sock", "unix_socket", "service_name", "driver", "charset", "client_encoding",
        "connect_timeout", "timeout", "sslmode", "sslrootcert", "ssl_ca", "ssl_verify_cert", "encrypt",
        "trustservercertificate",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where a table is: its database, with the password in it, and its name.

    `shown` is how people know the database: without user, password and options.
    """

    url: URL
    table: str
    shown: str

    @property
    def origin(self) -> str:
        """What people call the table."""
        return f"{self.shown}#{self.table}"

    def without_password(self, text: str) -> str:
        """A driver's words, which may quote what it was given."""
        secret = str(self.url.password or "")
        return text.replace(secret, "***") if secret else text


def address(where: str, base: Path, report: Report, table: str) -> DatabaseAddress | None:
    """The address of a source; None where it is none, or holds what it must not, which is reported."""
    place, _, name = where.rpartition("#") if "#" in where else (where, "", "")
    try:
        url = make_url(place.strip())
    except (ArgumentError, ValueError):
        report.add("source address", table)
        return None
    if not name.strip():
        report.add("source table unnamed", table)
    elif url.password is not None or any(_is_secret(key) for key in url.query):
        report.add("source password", table, variable=f"{PASSWORD}_{_variable(table)}", general=PASSWORD)
    elif odd := [key for key in url.query if key.casefold() not in _OPTIONS]:
        report.add("source address option", table, found=", ".join(odd))
    elif url.get_backend_name() == "sqlite":
        return _sqlite(url, name.strip(), base, report, table)
    else:
        shown = f"{url.host or url.query.get('host', '')}/{url.database or ''}"
        return DatabaseAddress(url.set(password=_password(url, table)), name.strip(), shown)
    return None


def _is_secret(key: str) -> bool:
    return re.search("pass|pwd|secret|token|odbc_connect", key, re.IGNORECASE) is not None


def _variable(table: str) -> str:
    """The end of the variable with the password for one table.

    >>> _variable("企业 companies-2024")
    '企业_COMPANIES_2024'
    """
    return re.sub(r"\W", "_", table).upper()


def _password(url: URL, table: str) -> str | None:
    """The password: of this table, of all databases, or of the system's keyring under the address."""
    known = os.environ.get(f"{PASSWORD}_{_variable(table)}") or os.environ.get(PASSWORD)
    if known or not url.username:
        return known or None
    return of_keyring(url.set(query={}).render_as_string()) or None


def _sqlite(url: URL, name: str, base: Path, report: Report, table: str) -> DatabaseAddress | None:
    """A database in a file, from the workbook's folder on, opened so that it cannot be written to."""
    path = base / (url.database or "")
    if not url.database or url.query or not path.is_file():
        report.add("source missing", table, where=url.database or "", meant="")
        return None
    file = f"{path.resolve().as_uri()}"
    return DatabaseAddress(
        url.set(database=file, query={"mode": "ro", "uri": "true"}), name, Path(url.database).as_posix()
    )
