"""What the engine may send: unknown, secret, missing, null, fractional, empty, huge. Nothing breaks, nothing leaks."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acg.rules.views.tokens import VIEWS
from acg.testing import UNKNOWN, Resource, Secret, Unknown, load_pack, start_pack
from tests.policies.conftest import POLICIES, definition, gallery, version

PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.text(max_size=20)
SPECIAL = st.sampled_from(list(Unknown)) | st.builds(Secret, PLAIN)
KEYS = [
    "galleryName", "galleryImageName", "galleryImageVersionName", "resourceGroupName", "location", "identifier",
    "publisher", "publishingProfile", "targetRegions", "name", "regionalReplicaCount", "storageProfile", "source", "id",
    "osDiskImage", "dataDiskImages", "lun", "features", "value", "endOfLifeDate", "encryption", "dataDisks",
    "sharingProfile", "communityGalleryInfo", "diskSizeGB", "tags", "plan", "purchasePlan", "recommended", "min", "max",
]  # fmt: skip
VALUES = st.recursive(
    PLAIN | SPECIAL,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=20,
)
BAGS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8)

EVERY_GUARD = {"all": "mandatory"}


@pytest.fixture(scope="module")
def strict():
    """The pack with every guard on."""
    with load_pack(POLICIES, config=EVERY_GUARD) as pack:
        yield pack


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(token=st.sampled_from(sorted(VIEWS)), inputs=BAGS, outputs=BAGS)
def test_no_rule_breaks_on_any_property_bag(strict, token, inputs, outputs):
    report = strict.run(Resource(token, inputs, outputs=outputs))
    assert not [str(found) for found in report if "ended with an error" in found.message]


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _paths(item, (*path, key))


def _changed(value: Any, path: tuple[Any, ...], change: Any) -> Any:
    """A copy with one value changed, or taken out."""
    value = copy.copy(value)
    key, *rest = path
    if rest:
        value[key] = _changed(value[key], tuple(rest), change)
    elif change is _GONE:
        del value[key]
    else:
        value[key] = change(value[key])
    return value


_GONE = object()
CHANGES = {
    "unknown": lambda _: UNKNOWN,
    "secret": Secret,
    "missing": _GONE,
    "null": lambda _: None,
    "fraction": lambda _: 0.5,
    "empty": lambda _: "",
    "list": lambda _: [],
    "mapping": lambda _: {},
}

RICH = {
    "publishingProfile": {
        "targetRegions": [{"name": "westeurope", "regionalReplicaCount": 1, "storageAccountType": "Standard_LRS"}],
        "storageAccountType": "Standard_LRS",
        "replicaCount": 1,
        "endOfLifeDate": "2099-01-01",
    },
    "tags": {"owner": "images"},
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "path", list(_paths(version(with_inputs=RICH).inputs)), ids=lambda path: ".".join(map(str, path))
)
def test_one_odd_value_hides_no_other_fault(pack, path, change):
    """A version with an impossible number is refused for it, whatever else is not known about it."""
    broken = version("1.0", with_inputs=RICH)
    odd = Resource(broken.type, _changed(broken.inputs, path, CHANGES[change]), name=broken.name)
    said = pack.run(odd).of("version-number")
    if path != ("galleryImageVersionName",):
        assert [found.level for found in said] == ["mandatory"]
    elif change == "unknown":
        assert [found.level for found in said] == ["advisory"]
        assert "galleryImageVersionName is known only after deployment" in said[0].message
    elif change == "secret":
        assert [found.level for found in said] == ["mandatory"]
        assert "a secret, which is not shown" in said[0].message
    elif change in ("empty",):
        assert [found.level for found in said] == ["mandatory"]
    elif change in ("missing", "null"):
        assert said == ()
    else:
        assert [found.level for found in said] == ["advisory"]


CODE_WORD = "Zq9xW7vbN3k"


@pytest.mark.parametrize("make", [gallery, definition, version], ids=["gallery", "definition", "version"])
def test_no_secret_is_told(make, strict):
    """Each text of a resource in turn becomes a secret that no rule likes."""
    resource = make()
    for path in _paths(resource.inputs):
        odd = _changed(resource.inputs, path, lambda _: Secret(CODE_WORD))
        report = strict.run(Resource(resource.type, odd, name=resource.name, outputs=odd))
        assert CODE_WORD.lower() not in str(report).lower(), path


def test_a_secret_mapping_hides_its_keys_too(strict):
    odd = {
        **gallery().inputs,
        "tags": Secret({CODE_WORD: CODE_WORD}),
        "sharingProfile": Secret({CODE_WORD: [CODE_WORD]}),
    }
    assert CODE_WORD.lower() not in str(strict.run(Resource(gallery().type, odd, name="corp"))).lower()


def test_a_secret_that_breaks_a_rule_still_stops_the_deployment(pack):
    secret = version(with_inputs={"location": Secret("northeurope")})
    found = pack.analyze(secret).assert_violation("version-home-region", "a secret, which is not shown")
    assert "northeurope" not in found.message


def test_the_same_bags_over_grpc():
    """Null, fractions, infinities, nested secrets and every kind of unknown, in one process."""
    odd: dict[str, Any] = {
        "location": None,
        "tags": {"a": Secret({"b": [Secret("c")]}), "": ""},
        "publishingProfile": {"replicaCount": 1.5, "targetRegions": [{"name": Unknown.OBJECT}, None, float("inf")]},
        "storageProfile": Unknown.OBJECT,
        "galleryImageVersionName": "1.0",
    }
    with start_pack(POLICIES, config=EVERY_GUARD) as pack:
        report = pack.run(Resource(version().type, odd), *(Resource(token, odd, name=token) for token in VIEWS))
        report.assert_violation("version-number", "has 2 parts", urn=Resource(version().type, odd))
        assert not [str(found) for found in report if "ended with an error" in found.message]


def test_ten_megabytes_of_properties_are_judged():
    ten = 10 * 2**20
    regions = [{"name": f"region-{index}", "regionalReplicaCount": 1} for index in range(100)]
    large = version("1.0", with_inputs={"tags": {"note": "x" * ten}, "publishingProfile": {"targetRegions": regions}})
    other = Resource("azure-native:storage:Blob", {"content": "x" * ten}, name="blob")
    with start_pack(POLICIES) as pack:
        report = pack.run(other, large)
    report.assert_violation("version-number", "has 2 parts", urn=large)
    assert max(len(found.message) for found in report) < 10_000
