"""Says of each [model, JSON text] whether the generated model takes it."""

import json
import sys

import py_json
import pydantic

answers = []
for name, sent, text in json.load(sys.stdin):
    try:
        getattr(py_json, name + ("Insert" if sent else "")).model_validate_json(text)
        answers.append("")
    except pydantic.ValidationError as error:
        answers.append(str(error))
json.dump(answers, sys.stdout)
