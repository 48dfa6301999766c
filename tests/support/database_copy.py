"""Copy stores of SQLite to other databases: `python tests/support/database_copy.py FILE URI [FILE URI …]`.

The tables and their contents are the same, so that what is read of both must be the same too.
"""

from __future__ import annotations

import sys

from sqlalchemy import Double, Float, MetaData, create_engine, insert, select
from sqlalchemy.schema import CreateTable


def copy_database(file: str, uri: str) -> None:
    """Copy all rows of all tables into an empty database."""
    source, target = create_engine(f"sqlite:///{file}"), create_engine(uri)
    tables = MetaData()
    tables.reflect(source)
    with source.connect() as reader, target.begin() as writer:
        for table in tables.tables.values():
            for column in table.columns:
                # SQLite has one kind of number with a point, and writes defaults as only it reads them.
                column.type = Double() if isinstance(column.type, Float) else column.type.as_generic()
                column.server_default = column.computed
            table.constraints = {table.primary_key}
            writer.execute(CreateTable(table))
            kept = [column for column in table.columns if column.computed is None]
            rows = [dict(row._mapping) for row in reader.execute(select(*kept))]
            if rows:
                writer.execute(insert(table), rows)


if __name__ == "__main__":
    for place in range(1, len(sys.argv), 2):
        copy_database(sys.argv[place], sys.argv[place + 1])
