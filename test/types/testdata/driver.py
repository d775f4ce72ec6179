"""Reads every table through psycopg, makes models of its rows, and stores again what the insert models dump, under the
id + 1000. It prints what went wrong, as JSON lines."""

import json
import os
import sys

import psycopg
import py_driver
import pydantic
from psycopg.rows import dict_row


def report(table: str, row_id: int, step: str, error: Exception) -> None:
    print(json.dumps({"table": table, "id": row_id, "step": step, "error": str(error)}))


with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, row_factory=dict_row) as connection:
    for want in json.load(sys.stdin):
        table, cannot = want["table"], want["cannot"]
        for (row_id,) in connection.cursor(row_factory=psycopg.rows.tuple_row).execute(f"SELECT id FROM {table} ORDER BY id").fetchall():
            try:
                row = connection.execute(f"SELECT * FROM {table} WHERE id = %s", [row_id]).fetchone()
            except psycopg.DataError as error:
                if row_id not in cannot:
                    report(table, row_id, "fetch", error)
                continue
            if row_id in cannot:
                report(table, row_id, "fetch", ValueError("psycopg can read it"))
            try:
                read = getattr(py_driver, want["type"]).model_validate(row)
            except pydantic.ValidationError as error:
                report(table, row_id, "read", error)
                continue
            if row_id in want["changed"]:
                continue
            try:
                values = {"id": row_id + 1000, "v": read.v, "n": read.n}
                sent = getattr(py_driver, want["type"] + "Insert").model_validate(values).model_dump()
            except pydantic.ValidationError as error:
                report(table, row_id, "insert", error)
                continue
            try:
                connection.execute(f"INSERT INTO {table} (id, v, n) VALUES (%(id)s, %(v)s, %(n)s)", sent)
            except psycopg.Error as error:
                report(table, row_id, "store", error)
