"""The inputs of test/conformance/cases.json, which PostgreSQL and the other clients answer too."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from usage_tracking import FeatureUsageCreate, LlmUsageCreate

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "conformance" / "cases.json").read_text(encoding="utf-8")
)["cases"]

MODELS: dict[str, type[BaseModel]] = {"llm_usage": LlmUsageCreate, "feature_usage": FeatureUsageCreate}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['table']}: {case['name']}")
def test_verdict(case: dict[str, Any]) -> None:
    problem: str | None = None
    try:
        MODELS[case["table"]].model_validate_json(json.dumps(case["input"]))
    except ValidationError as error:
        problem = str(error)
    if reason := case.get("except", {}).get("python"):
        assert case["accepted"] != (problem is None), f"is not an exception ({reason})"
        return
    assert case["accepted"] == (problem is None), problem
    if problem is not None:
        assert case.get("constraint", "") in problem
