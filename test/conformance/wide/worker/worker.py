import json
import sys

import client
import pydantic
import pydantic_core


def answer(q):
    name = q["Table"].upper()
    model = getattr(client, name + "Insert" if q["Kind"] == "insert" else name)
    try:
        row = model.model_validate_json(q["Text"])
    except pydantic.ValidationError as e:
        names = [error["ctx"]["constraint"] for error in e.errors() if "constraint" in error.get("ctx", {})]
        return {"OK": False, "Names": names, "Error": str(e)}
    try:
        return {"OK": True, "Out": row.model_dump_json()}
    except pydantic_core.PydanticSerializationError as e:
        return {"OK": True, "Unwritable": True, "Error": str(e)}


def main():
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")


main()
