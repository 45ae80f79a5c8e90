"""The JSON Schema of a plan, made from the types of the plan and what their docstrings say.

``python -m tests.report.plan.schema`` writes docs/plan.schema.json.
"""

import ast
import inspect
import json
import types
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from acg.plan.model import Plan
from acg.preview.model import EngineRun
from acg.report.plan.json_text import FIELDS, INTERNAL, VERSION, camel
from acg.report.plan.story import Status
from acg.rules.rule import Rule

FILE = Path(__file__).resolve().parents[3] / "docs" / "plan.schema.json"
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
RULE = {
    "type": "object",
    "properties": {
        "code": {"type": "string"},
        "name": {"type": "string"},
        "kind": {"type": "string"},
        "why": {"type": "string"},
        "source": {"type": ["string", "null"]},
    },
    "required": ["code", "name", "kind", "why", "source"],
    "additionalProperties": False,
}


def schema() -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    plan = _tuple(Plan, definitions)
    own = {
        "version": {"const": VERSION, "description": "Counts up when a key changes its meaning or goes."},
        "verdict": {
            "type": "object",
            "description": "The outcome in one word and one sentence.",
            "properties": {"status": {"enum": list(Status)}, "sentence": {"type": "string"}},
            "required": ["status", "sentence"],
            "additionalProperties": False,
        },
        "exitCode": {"enum": [0, 1], "description": "1 if a change is refused or a rule finds a new error."},
    }
    engine = {"anyOf": [_named(EngineRun, definitions), {"type": "null"}], "description": "Null without an engine."}
    plan["properties"] = own | plan["properties"] | {"engine": engine}
    plan["required"] = [*own, *plan["required"], "engine"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Plan of a catalog of Azure Compute Galleries",
        **plan,
        "$defs": dict(sorted(definitions.items())),
    }


def _tuple(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints, texts = get_type_hints(kind), _docstrings(kind)
    properties = {
        camel(name): {**_type(hints[name], definitions), **({"description": texts[name]} if name in texts else {})}
        for name in FIELDS.get(kind, kind._fields)
        if name not in INTERNAL
    }
    return {
        "type": "object",
        "description": inspect.getdoc(kind),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return {}
    if hint in PLAIN:
        return {"type": PLAIN[hint]}
    if hint is date:
        return {"type": "string", "format": "date"}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        options = [_type(one, definitions) for one in arguments]
        plain = all(set(option) == {"type"} for option in options)
        return {"type": [option["type"] for option in options]} if plain else {"anyOf": options}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _type(arguments[1], definitions)}
    if origin is tuple:
        return {"type": "array", "items": _type(arguments[0], definitions)}
    return _named(hint, definitions)


def _named(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        definitions[kind.__name__] = (
            RULE
            if kind is Rule
            else {"enum": [one.value for one in kind], "description": inspect.getdoc(kind)}
            if issubclass(kind, StrEnum)
            else _tuple(kind, definitions)
        )
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _docstrings(kind: Any) -> dict[str, str]:
    """What stands below each field."""
    body = ast.parse(inspect.getsource(kind)).body[0].body  # type: ignore[attr-defined]
    return {
        ast.unparse(field.target): inspect.cleandoc(text.value.value)
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text())
