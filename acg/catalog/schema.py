"""The JSON Schema of a catalog, made from the models, with which editors complete and check the YAML."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from acg.catalog._hints import HINTS, Keywords
from acg.catalog.models import Catalog
from acg.catalog.models.base import NOT_SENT


def json_schema() -> dict[str, Any]:
    """The schema of one file of a catalog, in draft 2020-12; properties that are not sent to Azure say so."""
    schema = Catalog.model_json_schema(by_alias=True)
    schema["title"] = "Catalog of Azure compute galleries"
    schema["properties"]["$schema"] = {"type": "string", "description": "Where editors find this schema."}
    schema["patternProperties"] = {"^x-": {"description": "For anchors alone; no part of the catalog."}}
    for model, hints in HINTS.items():
        _hint(schema["$defs"][model], hints)
    for part in (schema, *schema["$defs"].values()):
        for key, value in _properties(part):
            value["title"] = key
            if value.get(NOT_SENT):
                value["description"] += " (Not sent to Azure.)"
            if isinstance(value.get("default", {}), dict | None):
                value.pop("default", None)  # null says the same as leaving the key out
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def schema_text() -> str:
    """The schema as it is printed and committed."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _hint(part: dict[str, Any], hints: Mapping[str, Keywords]) -> None:
    """Add what is known of values. Plain text that stands for a mapping is the value of its first key."""
    given = dict(_properties(part))
    for key, keywords in hints.items():
        _first_option(given[key]).update(keywords)
        if "anyOf" in part and key == next(iter(given)):
            _first_option(part).update(keywords)


def _first_option(value: dict[str, Any]) -> dict[str, Any]:
    """What a value can be beside null, or beside a mapping."""
    return value["anyOf"][0] if "anyOf" in value else value


def _properties(part: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for variant in (part, *part.get("anyOf", ())):
        yield from variant.get("properties", {}).items()
