"""What the errors of database servers and their drivers mean to people, a row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mlq.tracking.protocol import StoreError, one_line

_MAX_TEXT = 120


@dataclass(frozen=True, slots=True)
class _Row:
    """Errors known by their codes, or by what is said where the driver gives no code."""

    kind: str
    explanation: str
    codes: frozenset[str]
    said: tuple[str, ...] = ()


def explained(error: Mapping[str, Any], source: str, secrets: Sequence[str]) -> StoreError:
    """Return why a database gives no answer; `secrets` are not repeated, whoever says them."""
    code, text = str(error.get("code", "")), str(error.get("text", ""))
    for row in _ROWS:
        if code in row.codes or any(said in text for said in row.said):
            return StoreError(row.kind, f"{source} {row.explanation}")
    for secret in secrets:
        text = text.replace(secret, "***")
    # The first line says what is wrong, the others are advice for administrators.
    said = one_line(text.partition("\n")[0], _MAX_TEXT) or str(error.get("type", "unknown error"))
    return StoreError("unreadable", f"{source} cannot be read: {said}")


def _codes(*codes: str | int) -> frozenset[str]:
    return frozenset(map(str, codes))


# Codes with five places are those of SQL and PostgreSQL, the numbers those of MySQL and MariaDB.
_ROWS = (
    _Row(
        "timeout",
        "takes too long to read",
        _codes("57014", 1969, 3024, 1317),
        ("canceling statement due to", "max_statement_time exceeded"),
    ),
    _Row("busy", "is locked by a writer", _codes("55P03", 1205, 1213)),
    _Row(
        "needs-login",
        "refuses the user and password that it was given",
        _codes("28P01", "28000", 1045, 1698, 1251, 2059),
        (
            "password authentication failed",
            "no password supplied",
            "no pg_hba.conf entry",
            "authentication failed",
        ),
    ),
    _Row("needs-login", "does not let this user read it", _codes("42501", 1044, 1142, 1143, 1370)),
    _Row("missing", "does not exist on its server", _codes("3D000", 1049), ('" does not exist',)),
    _Row(
        "busy",
        "takes no more connections now",
        _codes("53300", "57P03", 1040, 1203),
        ("too many clients", "too many connections", "is starting up"),
    ),
    _Row(
        "unreachable",
        "cannot be reached: no machine of this name is known",
        _codes(2005),
        (
            "could not translate host name",
            "Name or service not known",
            "nodename nor servname",
            "Temporary failure in name resolution",
            "getaddrinfo failed",
            "No address associated",
            "failed to resolve host",
        ),
    ),
    _Row(
        "unreachable",
        "refuses connections: is the server running?",
        _codes(),
        ("Connection refused", "No such file or directory", "Can't connect to local"),
    ),
    _Row(
        "timeout", "does not answer in time", _codes(), ("timeout expired", "timed out", "connection timeout")
    ),
    _Row(
        "unreachable",
        "closes the connection",
        _codes("08006", "57P01", 2006, 2013),
        ("server closed the connection", "connection already closed", "Lost connection"),
    ),
)
