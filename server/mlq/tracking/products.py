"""What differs between the database products that MLflow's stores are kept in: a row each.

All are asked in one SQL, with names in double quotes and texts joined by `||`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

# The smallest key, then again and again the smallest one behind the last: one step of the index for each key.
_LOOSE_SCAN = """
    WITH RECURSIVE k({key}) AS (
        SELECT min({key}) FROM {table} WHERE {key} > {mark}
        UNION ALL
        SELECT (SELECT min({key}) FROM {table} WHERE {key} > k.{key}) FROM k WHERE k.{key} IS NOT NULL
    )
    SELECT {key} FROM k WHERE {key} IS NOT NULL
"""
# These products step along the index by themselves, and take seconds for each step of the statement above.
_DISTINCT = """
    SELECT {key} FROM (SELECT DISTINCT {key} FROM {table} WHERE {key} > {mark}) AS k WHERE {key} IS NOT NULL
"""
_LOWERED = "lower({column}) LIKE lower({value})"
_COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = "


@dataclass(frozen=True, slots=True)
class Product:
    """One database product. `mark` stands for a parameter, `length` counts the characters of a text.

    `catalogue` gives the table and the name of each column, `distinct` the keys of a table behind a given
    one, as `k`; a condition may follow, and then `order`, without which they are sorted already. `batch` is
    how many parameters a statement may have: few where statements must be short, many where each has to go a
    long way. `comparisons` tells what MLflow writes here for a comparator of texts that it does not hand on
    as it is: `{column}` stands for the column, `{value}` for the mark of the value, or for a list of marks.

    The rest is for servers: `session` makes it impossible to write, `limit` bounds the time of the statements
    that follow it, and `sign` is a word of the version that tells the product from its relatives.
    """

    name: str
    mark: str
    length: str
    catalogue: str
    distinct: str
    batch: int
    comparisons: Mapping[str, str]
    order: str = ""
    session: tuple[str, ...] = ()
    limit: str = ""
    sign: str = ""


SQLITE = Product(
    "SQLite",
    mark="?",
    length="length",
    catalogue="""
        SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
        WHERE m.type = 'table'
    """,
    distinct=_LOOSE_SCAN,
    # A writer waits for each statement, and some builds take no more than 999 parameters.
    batch=100,
    comparisons={"ILIKE": _LOWERED},
)

# Within a transaction, so that a pooler which shares the connection among clients gives none of it to others.
POSTGRESQL = Product(
    "PostgreSQL",
    mark="%s",
    length="char_length",
    catalogue=f"{_COLUMNS} ANY (current_schemas(false))",
    distinct=_LOOSE_SCAN,
    batch=500,
    comparisons={"RLIKE": "{column} ~ {value}"},
    session=("BEGIN TRANSACTION READ ONLY",),
    limit="SET LOCAL statement_timeout = {milliseconds}",
)
_LIKE_STANDARD_SQL = "SET SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'"
MYSQL = Product(
    "MySQL",
    mark="%s",
    length="char_length",
    catalogue=f"{_COLUMNS} database()",
    distinct=_DISTINCT,
    order="ORDER BY {key}",
    batch=500,
    # Without BINARY, case and accents do not count.
    comparisons={
        "=": "({column} = {value} AND BINARY {column} = {value})",
        "!=": "({column} != {value} OR BINARY {column} != {value})",
        "LIKE": "({column} LIKE {value} AND BINARY {column} LIKE {value})",
        "ILIKE": _LOWERED,
        "RLIKE": "(CAST({column} AS BINARY) REGEXP BINARY {value})",
        "IN": "(BINARY {column} IN {value})",
        "NOT IN": "(BINARY {column} NOT IN {value})",
    },
    session=(
        _LIKE_STANDARD_SQL,
        "SET SESSION lock_wait_timeout = 2",
        "SET SESSION TRANSACTION READ ONLY",
        "START TRANSACTION READ ONLY",
    ),
    limit="SET SESSION max_execution_time = {milliseconds}",
)
MARIADB = replace(MYSQL, name="MariaDB", limit="SET SESSION max_statement_time = {seconds}", sign="MariaDB")

SERVERS: Mapping[str, tuple[Product, ...]] = {"postgresql": (POSTGRESQL,), "mysql": (MARIADB, MYSQL)}
"""By the dialects of SQLAlchemy; the last one is it where no sign of another is seen."""
