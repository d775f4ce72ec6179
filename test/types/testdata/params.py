"""Gives values to the insert models, and through psycopg to the server: what the model dumps, or where it refuses the
value, the value itself. It prints both errors, "" for none."""

import json
import os
import sys
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Interface
from uuid import UUID

import psycopg
import py_driver
import pydantic
from psycopg.types.json import Json, Jsonb
from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

NAMES = {
    **{c.__name__: c for c in (date, datetime, time, timedelta, Decimal, UUID, Json, Jsonb, Multirange, Range)},
    **{c.__name__: c for c in (IPv4Address, IPv4Interface, IPv4Network, IPv6Interface)},
    "UTC": UTC,
}

outcomes = []
with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
    for i, trial in enumerate(json.load(sys.stdin)):
        value = eval(trial["expression"], NAMES)
        outcome = {"Schema": "", "Server": ""}
        sent = {"id": i, "v": value}
        try:
            sent = getattr(py_driver, trial["type"] + "Insert").model_validate(sent).model_dump()
        except pydantic.ValidationError as error:
            outcome["Schema"] = str(error)
        try:
            connection.execute(f"INSERT INTO {trial['table']} (id, v) VALUES (%(id)s, %(v)s)", sent)
        except psycopg.Error as error:
            outcome["Server"] = str(error)
        outcomes.append(outcome)
json.dump(outcomes, sys.stdout)
