"""How a catalog names what versions are made from, and the definition whose versions a line copies."""

from __future__ import annotations

from typing import Any

import pytest

from acg.catalog.models import Catalog
from acg.desired.lower import lower
from acg.refresh.azure import Where
from acg.refresh.declared import Declared
from acg.refresh.references import definition_of, source_keys
from tests.refresh.world import GROUP, SUBSCRIPTION, UBUNTU, catalog

OTHER = "00000000-0000-0000-0000-000000000002"
BUILT = f"{GROUP}/builds/providers/Microsoft.Compute/images/Built"
ELSEWHERE = f"/subscriptions/{OTHER}/resourceGroups/Golden/providers/Microsoft.Compute/galleries/Base"


def declared(**from_: Any) -> Declared:
    document = catalog(refresh_={"policy": "p", "from": from_}) if from_ else catalog()
    document["galleries"]["key"] = {"resourceGroup": "rg-named", "name": "Named", "location": "northeurope"}
    document["galleries"]["theirs"] = {"existing": True, "resourceGroup": "rg-theirs", "subscription": OTHER}
    lowered = lower(Catalog.model_validate(document))
    assert lowered.problems == ()
    return Declared(lowered)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"{UBUNTU}/versions/1.0.0", "corp/ubuntu/1.0.0"),
        (f"{UBUNTU}/versions/1.0.0".replace("corp", "CORP"), "corp/ubuntu/1.0.0"),
        ("corp/ubuntu/1.0.0", "corp/ubuntu/1.0.0"),
        ("key/ubuntu/1.0.0", "named/ubuntu/1.0.0"),
        ("Elsewhere/ubuntu/1.0.0", "elsewhere/ubuntu/1.0.0"),
        (
            f"{GROUP}/builds/providers/Microsoft.Compute/images/B",
            f"{GROUP}/builds/providers/microsoft.compute/images/b",
        ),
        ("/subscriptions/only/The/Beginning", "/subscriptions/only/the/beginning"),
    ],
)
def test_one_source_has_one_key_however_it_is_written(text: str, key: str) -> None:
    assert source_keys(text, declared()) == {key.lower()}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"{ELSEWHERE}/images/ubuntu", Where(OTHER, "Golden", "Base", "ubuntu")),
        ("corp/ubuntu", Where(None, "rg", "corp", "ubuntu")),
        ("key/debian", Where(None, "rg-named", "Named", "debian")),
        ("theirs/debian", Where(OTHER, "rg-theirs", "theirs", "debian")),
        ("unknown/debian", Where(None, None, "unknown", "debian")),
        (ELSEWHERE, None),
        (f"/subscriptions/{SUBSCRIPTION}", None),
        ("ubuntu", None),
        ("corp/", None),
        ("corp/ubuntu/1.0.0", None),
    ],
)
def test_the_definition_whose_versions_are_copied(text: str, where: Where | None) -> None:
    made = declared(definition=text)
    (line,) = made.lines

    assert definition_of(line, made) == where
