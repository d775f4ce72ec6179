"""The usual forms of values: they are read without a call into Python for each, and as the model's own validator reads them."""

import json
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from pydantic import Field, TypeAdapter, ValidationError, model_validator
from pydantic_core import SchemaValidator

from usage_tracking.llm_usage import LlmUsage, LlmUsageCreate

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
    "urn:uuid:" + ID, UUID(ID), UUID(ID).bytes, date(2025, 3, 1), datetime(2025, 3, 1, tzinfo=timezone(timedelta(hours=2))),
    datetime(2025, 3, 1, tzinfo=timezone(timedelta(hours=2, seconds=1))), datetime(2025, 3, 1, tzinfo=ZoneInfo("Europe/London")), ID.encode(), "a\x00b", "\ud800", "x" * 100, "x" * 101, "x" * 100 + " ", "é" * 100,
    "2025-03-01", "20250301", "1740823200", "2025-03-01T10:00:00Z", "2025-03-01 10:00:00+02", "2025-03-01T10:00:00+02:30",
    "2025-03-01T10:00:00", "2025-03-01T10:00:00.1234567Z", "2025-03-01T24:00:00Z", "2025-03-01T23:59:60Z", "2025-02-30T10:00:00Z",
    "0000-01-01T00:00:00Z", "2025-03-01T10:00:00+15:59", "2025-03-01T10:00:00+16:00", "2025-03-01T10:00Z", "infinity",
    "2025-03-01t10:00:00z", "2025-03-01_10:00:00Z", "2025-03-01T10:00:00-00:00", "1900-01-01T00:00:00+00:19:32",
    "2025-03-01T10:00:00Z\n", datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 3, 1), "anthropic", "google-gla", "none",
]  # fmt: skip


def outcome(read: Any, value: Any, inside: int = 0) -> Any:
    """What comes of a value; inside is the depth at which it stands in what is read, which errors begin with."""
    try:
        row = read(value)
    except ValidationError as error:
        return [(e["type"], e["loc"][inside:], e["msg"]) for e in error.errors()]
    # As text: NaN equals nothing, decimals have more zeros than one, and offsets are objects of Python's or of Pydantic's.
    return [(name, type(value), str(value)) for name, value in row], row.model_dump_json()


def without_usual_forms(schema: Any) -> Any:
    if "strict_schema" in schema:
        return schema["strict_schema"]
    if "schema" in schema:
        return {**schema, "schema": without_usual_forms(schema["schema"])}
    return schema


def own() -> SchemaValidator:
    """What the model would do without the usual forms."""
    return SchemaValidator(without_usual_forms(LlmUsage.__pydantic_core_schema__), _use_prebuilt=False)


@pytest.fixture(autouse=True)
def used() -> None:
    for _ in range(2):  # the second use makes the quick validator
        assert LlmUsage.model_validate(ROW).cost_usd == Decimal("0.25")


@pytest.mark.parametrize("field", ROW)
def test_usual_forms_change_nothing(field: str) -> None:
    validator, adapter = own(), TypeAdapter(list[LlmUsage])
    for value in VALUES:
        row = {**ROW, field: value}
        expected = outcome(validator.validate_python, row)
        assert outcome(LlmUsage.model_validate, row) == expected, value
        assert outcome(lambda row: LlmUsage(**row), row) == expected, value
        assert outcome(lambda row: adapter.validate_python([row])[0], row, 1) == expected, value
        try:
            text = " " + json.dumps(row)  # whose columns are as they are in a list
        except TypeError:
            continue
        expected = outcome(validator.validate_json, text)
        assert outcome(LlmUsage.model_validate_json, text) == expected, value
        assert outcome(lambda text: adapter.validate_json(f"[{text[1:]}]")[0], text, 1) == expected, value


def calls(run: Any) -> list[str]:
    """The functions of the runtime that are called."""
    called: list[str] = []

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call":
            called.append(frame.f_code.co_filename.rpartition("/")[2] + ":" + frame.f_code.co_name)

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return [name for name in called if name.startswith(("_types.py", "_base.py"))]


def test_usual_forms_call_no_python() -> None:
    text, adapter = json.dumps(ROW), TypeAdapter(list[LlmUsage])
    adapter.validate_python([ROW])
    assert calls(lambda: LlmUsage(**ROW)) == ["_base.py:__init__"]
    assert calls(lambda: LlmUsage.model_validate(ROW)) == ["_base.py:model_validate"]
    assert calls(lambda: LlmUsage.model_validate_json(text)) == [
        "_base.py:model_validate_json",
        "_base.py:_may_be_long",
        "_base.py:_may_have_zero",
    ]
    # One for each row.
    assert calls(lambda: adapter.validate_python([ROW, ROW])) == ["_base.py:run"] * 2
    assert calls(lambda: adapter.validate_json(f"[{text}]")) == ["_base.py:run"]


def test_what_a_call_asks_for_holds() -> None:
    adapter = TypeAdapter(list[LlmUsage])
    more = {**ROW, "region": "eu"}
    assert adapter.validate_python([more])[0] == LlmUsage.model_validate(more) == LlmUsage(**more)
    for read in (
        lambda: adapter.validate_python([ROW], strict=True),  # there is text for a UUID
        lambda: LlmUsage.model_validate(ROW, strict=True),
        lambda: adapter.validate_python([more], extra="forbid"),
        lambda: LlmUsage.model_validate(more, extra="forbid"),
    ):
        with pytest.raises(ValidationError):
            read()


def test_a_class_of_the_users_own_does_what_it_says() -> None:
    class Checked(LlmUsage):
        @model_validator(mode="before")
        @classmethod
        def renamed(cls, value: Any) -> Any:
            return {**value, "model": value["name"]}

        @model_validator(mode="after")
        def short(self) -> "Checked":
            assert len(self.model) < 5
            return self

    class Assigned(LlmUsage, validate_assignment=True):
        pass

    for _ in range(3):
        for read in (Checked.model_validate, lambda row: Checked(**row), TypeAdapter(Checked).validate_python):
            assert read({**ROW, "name": "new"}).model == "new"
            with pytest.raises(ValidationError, match="Assertion failed"):
                read({**ROW, "name": "newer"})
        row = Assigned(**ROW)
        row.cost_usd = "0.5"  # type: ignore[assignment]
        assert row.cost_usd == Decimal("0.5")
        with pytest.raises(ValidationError):
            row.cost_usd = "much"  # type: ignore[assignment]


def test_models_may_be_told_apart_by_a_field() -> None:
    class One(LlmUsage):
        kind: Literal["one"]

    class Two(LlmUsage):
        kind: Literal["two"]

    either: TypeAdapter[One | Two] = TypeAdapter(Annotated[One | Two, Field(discriminator="kind")])
    assert type(either.validate_python({**ROW, "kind": "two"})) is Two


def test_a_model_that_holds_another_is_read_and_written_whole() -> None:
    class Holder(LlmUsageCreate):
        first: LlmUsage
        others: list[LlmUsage]

    data: dict[str, Any] = {"provider": "openai", "model": "m", "feature": "chat", "first": ROW, "others": [ROW, ROW]}
    for _ in range(3):
        holder = Holder(**data)
        assert holder.others == [holder.first, LlmUsage(**ROW)]
        assert Holder.model_validate_json(holder.model_dump_json()) == holder
    with pytest.raises(ValidationError) as caught:
        Holder(**{**data, "others": [ROW, {**ROW, "cost_usd": "much"}]})
    assert [error["loc"] for error in caught.value.errors()] == [("others", 1, "cost_usd")]
    schema = Holder.model_json_schema()
    assert schema["$defs"]["LlmUsage"]["properties"] == LlmUsage.model_json_schema()["properties"]
