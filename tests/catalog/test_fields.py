"""What the models know about a place in a catalog."""

import pytest

from acg.catalog._fields import keys, place
from acg.catalog.models import Catalog, Defaults, Gallery, ImageVersion, TargetRegion

VERSION = ("galleries", "corp", "images", "ubuntu", "versions", "1.0.0")


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ((), Catalog),
        (("defaults",), Defaults),
        (("galleries",), None),
        (("galleries", "corp"), Gallery),
        (("galleries", "corp", "defaults"), Defaults),
        (VERSION, ImageVersion),
        ((*VERSION, "targetRegions"), None),
        ((*VERSION, "targetRegions", 0), TargetRegion),
        ((*VERSION, "tags"), None),
        ((*VERSION, "tags", "team"), None),
        ((*VERSION, "nothing"), None),
        ((*VERSION, "nothing", "of", "the", "kind"), None),
        ((*VERSION, "location", "deeper", 3), None),
    ],
)
def test_the_model_of_a_place(path, model):
    found = place(path)

    assert found.model is model
    assert found.keys == (tuple(keys(model)) if model else ())


@pytest.mark.parametrize(
    ("path", "may_be_text"),
    [((*VERSION, "targetRegions", 0), True), ((*VERSION, "source"), False), ((*VERSION, "tags"), False)],
)
def test_where_text_may_stand_for_a_mapping(path, may_be_text):
    assert place(path).may_be_text is may_be_text


def test_a_property_has_its_description():
    field = place((*VERSION, "replicaCount")).field

    assert field
    assert field.description
    assert place(VERSION).field is None
