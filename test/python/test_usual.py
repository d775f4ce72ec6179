"""The usual forms of values: they are read without a call into Python, and as the model's own validator reads them."""

import json
import sys
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel, ValidationError

from usage_tracking.llm_usage import LlmUsage

ID = "5f0c9f3e-3a0c-4f2c-9c55-0d4d0d7d7f10"
ROW: dict[str, Any] = {
    "id": ID,
    "deal_id": None,
    "user_id": ID.upper(),
    "organization_id": None,
    "provider": "anthropic",
    "model": "a model",
    "feature": "embeddings",
    "input_tokens": 12,
    "output_tokens": 0,
    "cost_usd": 0.25,
    "latency_ms": None,
    "created_at": "2025-03-01T10:00:00.123456+00:00",
}


class Word(str, Enum):
    ONE = "1"


class OtherDecimal(Decimal):
    pass


# What Pydantic's own types read otherwise than PostgreSQL, or is at the edge of a usual form.
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 2**31 - 1, 2**31, 2**63, 1.0, 1.5, -0.0, 1e-5, 1e-7, 1e16, 1e22, float("inf"), float("nan"),
    "", " ", "1", " 1 ", "1.0", "1.50", "-0", "-0.00", "-1", "0.1234567", "1.500000", "9999.9999995", "10000", "1_0", "1e2", "NaN",
    "sNaN", "Infinity", b"1", bytearray(b"1"), (0, (1,), 1), [0, [1], 1], {}, {"a": 1}, Word.ONE, Decimal("1.50"),
    Decimal("1.5000000"), Decimal("1E+2"), Decimal("NaN"), OtherDecimal("2"), ID, ID.replace("-", ""), "{" + ID + "}",
    "urn:uuid:" + ID, UUID(ID), UUID(ID).bytes, "a\x00b", "\ud800", "x" * 100, "x" * 101, "x" * 100 + " ", "é" * 100,
    "2025-03-01", "20250301", "1740823200", "2025-03-01T10:00:00Z", "2025-03-01 10:00:00+02", "2025-03-01T10:00:00+02:30",
    "2025-03-01T10:00:00", "2025-03-01T10:00:00.1234567Z", "2025-03-01T24:00:00Z", "2025-03-01T23:59:60Z", "2025-02-30T10:00:00Z",
    "0000-01-01T00:00:00Z", "2025-03-01T10:00:00+15:59", "2025-03-01T10:00:00+16:00", "2025-03-01T10:00Z", "infinity",
    "2025-03-01t10:00:00z", "2025-03-01_10:00:00Z", "2025-03-01T10:00:00-00:00", "1900-01-01T00:00:00+00:19:32",
    "2025-03-01T10:00:00Z\n", datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 3, 1), "anthropic", "google-gla", "none",
]  # fmt: skip


def outcome(read: Any, *args: Any) -> Any:
    try:
        row = read(*args)
    except ValidationError as error:
        return [(e["type"], e["loc"], e["msg"]) for e in error.errors()]
    # As text: NaN equals nothing, decimals have more zeros than one, and offsets are objects of Python's or of Pydantic's.
    return [(name, type(value), str(value)) for name, value in row], row.model_dump_json()


# What the model would do without the usual forms.
own: Any = BaseModel.model_validate.__func__  # type: ignore[attr-defined]
own_json: Any = BaseModel.model_validate_json.__func__  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def used() -> None:
    for _ in range(2):  # the second use makes the quick validator
        assert LlmUsage.model_validate(ROW).cost_usd == Decimal("0.25")


@pytest.mark.parametrize("field", ROW)
def test_usual_forms_change_nothing(field: str) -> None:
    for value in VALUES:
        row = {**ROW, field: value}
        assert outcome(LlmUsage.model_validate, row) == outcome(own, LlmUsage, row), value
        try:
            text = json.dumps(row)
        except TypeError:
            continue
        assert outcome(LlmUsage.model_validate_json, text) == outcome(own_json, LlmUsage, text), value


def test_usual_forms_call_no_python() -> None:
    text = json.dumps(ROW)
    called: list[str] = []

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call":
            called.append(frame.f_code.co_filename.rpartition("/")[2] + ":" + frame.f_code.co_name)

    sys.setprofile(note)
    try:
        LlmUsage.model_validate(ROW)
        LlmUsage.model_validate_json(text)
    finally:
        sys.setprofile(None)
    ours = [name for name in called if name.startswith(("_types.py", "_base.py"))]
    assert ours == ["_base.py:model_validate", "_base.py:model_validate_json", "_base.py:_may_be_long"]
