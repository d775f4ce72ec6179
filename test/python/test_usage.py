"""The Python client of the reference schema: what it offers, what it takes and what it refuses."""

import enum
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import usage_tracking
from pydantic import BaseModel, ValidationError
from usage_tracking import (
    DailyCost,
    DealCostSummary,
    FeatureCost,
    FeatureName,
    FeatureStatus,
    FeatureUsage,
    FeatureUsageCreate,
    LLMFeature,
    LLMProvider,
    LlmUsage,
    LlmUsageCreate,
    ProviderCost,
)

ID = "5f0c9f3e-3a0c-4f2c-9c55-0d4d0d7d7f10"

LLM_USAGE: dict[str, Any] = {"provider": "anthropic", "model": "claude-sonnet", "feature": "chat"}
FEATURE_USAGE: dict[str, Any] = {"feature_name": "search", "status": "success"}

# Rows as row_to_json sends them.
LLM_USAGE_ROW = f"""{{
    "id": "{ID}", "deal_id": null, "user_id": "{ID}", "organization_id": null, "provider": "google-gla",
    "model": "gemini", "feature": "document_analysis", "input_tokens": 1200, "output_tokens": 0, "cost_usd": 0.012345,
    "latency_ms": null, "created_at": "2025-03-01T10:00:00.123456+00:00"
}}"""
FEATURE_USAGE_ROW = f"""{{
    "id": "{ID}", "deal_id": "{ID}", "user_id": null, "organization_id": null, "feature_name": "upload_document",
    "status": "timeout", "duration_ms": 30000, "error_message": "too slow", "metadata": {{"pages": [1, 2]}},
    "created_at": "2025-03-01T10:00:00+02:00"
}}"""


def models() -> Iterator[type[BaseModel]]:
    for name in usage_tracking.__all__:
        exported = getattr(usage_tracking, name)
        if issubclass(exported, BaseModel):
            yield exported


# Enums


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (LLMProvider, ["google-gla", "anthropic", "voyage", "openai"]),
        (
            LLMFeature,
            [
                "chat",
                "document_analysis",
                "extraction",
                "embeddings",
                "reranking",
                "contradiction_detection",
                "qa_ingestion",
            ],
        ),
        (
            FeatureName,
            [
                "upload_document",
                "chat",
                "search",
                "qa_response",
                "cim_generation",
                "irl_generation",
                "document_processing",
                "knowledge_retrieval",
            ],
        ),
        (FeatureStatus, ["success", "error", "timeout"]),
    ],
)
def test_enums_have_exactly_the_values_of_the_schema(values: type[enum.StrEnum], expected: list[str]) -> None:
    assert [member.value for member in values] == expected
    assert [member.name for member in values] == [value.upper().replace("-", "_") for value in expected]


def test_an_enum_member_is_its_value() -> None:
    assert LLMProvider("google-gla") is LLMProvider.GOOGLE_GLA
    assert f"{LLMProvider.GOOGLE_GLA}" == "google-gla"
    assert LlmUsageCreate.model_validate(LLM_USAGE).provider is LLMProvider.ANTHROPIC


# What is created


def test_optional_fields_may_be_left_out() -> None:
    usage = LlmUsageCreate(provider=LLMProvider.OPENAI, model="gpt", feature=LLMFeature.EXTRACTION)
    assert usage.model_dump() == {
        "deal_id": None,
        "user_id": None,
        "organization_id": None,
        "provider": "openai",
        "model": "gpt",
        "feature": "extraction",
        "input_tokens": 0,
        "output_tokens": 0,
        "cost_usd": Decimal(0),
        "latency_ms": None,
    }
    assert isinstance(usage.cost_usd, Decimal)
    feature = FeatureUsageCreate(feature_name=FeatureName.CHAT, status=FeatureStatus.ERROR)
    assert feature.model_dump(exclude_none=True) == {"feature_name": "chat", "status": "error"}


@pytest.mark.parametrize(
    ("model", "required"),
    [
        (LlmUsageCreate, {"provider", "model", "feature"}),
        (FeatureUsageCreate, {"feature_name", "status"}),
    ],
)
def test_what_is_created_has_no_id_and_no_time(model: type[BaseModel], required: set[str]) -> None:
    assert not {"id", "created_at"} & set(model.model_fields)
    assert {name for name, field in model.model_fields.items() if field.is_required()} == required
    for name in required:
        with pytest.raises(ValidationError, match=name):
            model.model_validate((LLM_USAGE | FEATURE_USAGE) | {name: None})


def test_all_fields_are_taken() -> None:
    usage = LlmUsageCreate.model_validate(
        LLM_USAGE
        | {
            "deal_id": ID,
            "user_id": UUID(ID),
            "organization_id": ID.upper(),
            "model": "é" * 100,
            "input_tokens": 2147483647,
            "cost_usd": "9999.999999",
            "latency_ms": 0,
        }
    )
    assert {usage.deal_id, usage.user_id, usage.organization_id} == {UUID(ID)}
    assert usage.cost_usd == Decimal("9999.999999")
    feature = FeatureUsageCreate.model_validate(
        FEATURE_USAGE | {"duration_ms": 0, "metadata": {"a": {"b": [None, 1.5]}}}
    )
    assert feature.metadata == {"a": {"b": [None, 1.5]}}


def test_a_cost_is_rounded_as_the_database_rounds_it() -> None:
    for cost, stored in [(0.0000005, "0.000001"), ("0.1234565", "0.123457"), (-0.0000004, "0"), ("1", "1")]:
        assert LlmUsageCreate.model_validate(LLM_USAGE | {"cost_usd": cost}).cost_usd == Decimal(stored)


@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("provider", "mistral", "llm_usage_provider_check"),
        ("provider", "Anthropic", "llm_usage_provider_check"),
        ("provider", "x" * 51, "llm_usage_provider_check"),
        ("feature", "search", "llm_usage_feature_check"),
        ("model", "", "llm_usage_model_check"),
        ("input_tokens", -1, "llm_usage_input_tokens_check"),
        ("output_tokens", -1, "llm_usage_output_tokens_check"),
        ("cost_usd", -0.000001, "llm_usage_cost_usd_check"),
        ("latency_ms", -1, "llm_usage_latency_ms_check"),
    ],
)
def test_a_refused_call_names_the_constraint(field: str, value: object, constraint: str) -> None:
    with pytest.raises(ValidationError) as caught:
        LlmUsageCreate.model_validate(LLM_USAGE | {field: value})
    assert [error["loc"] for error in caught.value.errors()] == [(field,)]
    assert f'violates check constraint "{constraint}"' in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("feature_name", "extraction", "feature_usage_feature_name_check"),
        ("status", "failed", "feature_usage_status_check"),
        ("duration_ms", -1, "feature_usage_duration_ms_check"),
        ("metadata", [], "feature_usage_metadata_check"),
        ("metadata", "{}", "feature_usage_metadata_check"),
        ("metadata", 1, "feature_usage_metadata_check"),
    ],
)
def test_a_refused_use_names_the_constraint(field: str, value: object, constraint: str) -> None:
    with pytest.raises(ValidationError) as caught:
        FeatureUsageCreate.model_validate(FEATURE_USAGE | {field: value})
    assert [error["loc"] for error in caught.value.errors()] == [(field,)]
    assert f'violates check constraint "{constraint}"' in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("deal_id", "not-a-uuid"),
        ("user_id", 5),
        ("model", "x" * 101),
        ("model", None),
        ("model", "a\x00b"),
        ("provider", None),
        ("input_tokens", None),
        ("input_tokens", 2147483648),
        ("input_tokens", 1.5),
        ("input_tokens", True),
        ("cost_usd", "10000"),
        ("cost_usd", "Infinity"),
        ("cost_usd", "free"),
        ("latency_ms", "soon"),
        ("costUsd", 1),
    ],
)
def test_what_no_column_can_hold_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        LlmUsageCreate.model_validate(LLM_USAGE | {field: value})
    assert [error["loc"] for error in caught.value.errors()] == [(field,)]


# What is read


def test_a_call_is_read_as_the_database_sends_it() -> None:
    row = LlmUsage.model_validate_json(LLM_USAGE_ROW)
    assert row.id == UUID(ID)
    assert row.provider is LLMProvider.GOOGLE_GLA
    assert row.cost_usd == Decimal("0.012345")
    assert row.latency_ms is None
    assert row.created_at == datetime(2025, 3, 1, 10, 0, 0, 123456, tzinfo=UTC)


def test_a_use_is_read_as_the_database_sends_it() -> None:
    row = FeatureUsage.model_validate_json(FEATURE_USAGE_ROW)
    assert row.status is FeatureStatus.TIMEOUT
    assert row.metadata == {"pages": [1, 2]}
    assert row.created_at.utcoffset() == timedelta(hours=2)


def test_a_row_may_have_columns_that_are_not_known_yet_but_must_have_its_own() -> None:
    known = LlmUsage.model_validate_json(LLM_USAGE_ROW).model_dump()
    assert LlmUsage.model_validate(known | {"region": "eu"}).model_dump() == known
    del known["latency_ms"]
    with pytest.raises(ValidationError, match="latency_ms"):
        LlmUsage.model_validate(known)


def test_a_time_needs_its_zone() -> None:
    with pytest.raises(ValidationError, match="created_at"):
        LlmUsage.model_validate_json(LLM_USAGE_ROW.replace("+00:00", ""))


def test_query_rows() -> None:
    day = DailyCost.model_validate_json('{"date": "2025-03-01", "cost_usd": 12.5, "tokens": 9223372036854775807}')
    assert (day.date, day.cost_usd, day.tokens) == (date(2025, 3, 1), Decimal("12.5"), 2**63 - 1)
    provider = ProviderCost.model_validate({"name": "voyage", "cost_usd": "0.000001", "call_count": 3})
    assert provider.name == LLMProvider.VOYAGE
    feature = FeatureCost.model_validate({"name": "reranking", "cost_usd": 1, "call_count": 3})
    assert feature.name == LLMFeature.RERANKING
    deal = DealCostSummary(
        deal_id=UUID(ID), deal_name="Acme", total_cost_usd=Decimal("3.2"), conversation_count=2, document_count=1
    )
    assert set(deal.model_dump()) == {
        "deal_id",
        "deal_name",
        "total_cost_usd",
        "conversation_count",
        "document_count",
    }


@pytest.mark.parametrize(("model", "text"), [(LlmUsage, LLM_USAGE_ROW), (FeatureUsage, FEATURE_USAGE_ROW)])
def test_a_row_survives_json(model: type[BaseModel], text: str) -> None:
    row = model.model_validate_json(text)
    assert model.model_validate_json(row.model_dump_json()) == row
    assert model.model_validate(row.model_dump()) == row


# The package


def test_everything_is_exported() -> None:
    assert usage_tracking.__all__ == sorted(usage_tracking.__all__)
    for module in Path(str(usage_tracking.__file__)).parent.glob("[!_]*.py"):
        namespace = getattr(usage_tracking, module.stem)
        own = {
            name for name, value in vars(namespace).items() if getattr(value, "__module__", "") == namespace.__name__
        }
        assert own and own <= set(usage_tracking.__all__)


def test_every_model_has_a_json_schema() -> None:
    for model in models():
        for mode in ("validation", "serialization"):
            schema = model.model_json_schema(mode=mode)
            assert set(schema["properties"]) == set(model.model_fields)
    create = LlmUsageCreate.model_json_schema()
    assert create["required"] == ["provider", "model", "feature"]
    assert create["additionalProperties"] is False
    properties = create["properties"]
    assert properties["model"]["maxLength"] == 100
    assert properties["model"]["minLength"] == 1
    assert properties["input_tokens"]["minimum"] == 0
    assert properties["input_tokens"]["maximum"] == 2147483647
    assert properties["cost_usd"]["description"]


def test_the_package_is_typed() -> None:
    assert (Path(str(usage_tracking.__file__)).parent / "py.typed").exists()
