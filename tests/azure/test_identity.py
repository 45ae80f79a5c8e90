"""Which resources are the same, as far as what is known of them goes."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg.azure import kinds
from acg.azure.identity import ByIdentity, Identity
from acg.azure.resource_id import ResourceId

SUBSCRIPTION = "11111111-1111-1111-1111-aaaaaaaaaaaa"
VERSION = Identity(kinds.VERSION, SUBSCRIPTION, "rg", ("corp", "ubuntu", "1.0.0"))


@pytest.mark.parametrize("change", [str, str.upper])
def test_an_id_tells_the_identity_in_any_case(change):
    group = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/RG"
    version = f"{group}/providers/Microsoft.Compute/galleries/Corp/images/Ubuntu/versions/1.0.0"

    assert Identity.of_id(ResourceId.parse(change(version))) == VERSION
    assert Identity.of_id(ResourceId.parse(change(group))) == Identity(
        kinds.RESOURCE_GROUP, SUBSCRIPTION, "rg", ("rg",)
    )


def test_the_parts_have_names():
    assert (VERSION.gallery, VERSION.definition, VERSION.version) == ("corp", "ubuntu", "1.0.0")
    gallery = Identity(kinds.GALLERY, None, None, ("corp",))
    assert (gallery.gallery, gallery.definition, gallery.version) == ("corp", None, None)


@pytest.mark.parametrize(
    "id_",
    ["/providers/Microsoft.Management/managementGroups/all", f"/subscriptions/{SUBSCRIPTION}", "/SharedGalleries/x"],
)
def test_ids_of_other_kinds_tell_none(id_):
    assert Identity.of_id(ResourceId.parse(id_)) is None


@pytest.mark.parametrize(
    "other",
    [
        VERSION._replace(subscription=None),
        VERSION._replace(resource_group=None),
        VERSION._replace(names=(None, "ubuntu", "1.0.0")),
        VERSION._replace(subscription=None, resource_group=None, names=(None, None, None)),
    ],
)
def test_what_is_not_known_keeps_nothing_apart(other):
    assert VERSION.may_be(other)
    assert other.may_be(VERSION)
    assert ByIdentity([(VERSION, "v")]).find(other) == ["v"]
    assert ByIdentity([(other, "v")]).find(VERSION) == ["v"]


@pytest.mark.parametrize(
    "other",
    [
        VERSION._replace(token=kinds.IMAGE),
        VERSION._replace(subscription="22222222-2222-2222-2222-222222222222"),
        VERSION._replace(resource_group="other"),
        VERSION._replace(names=("corp", "ubuntu", "1.0.1")),
        VERSION._replace(names=("corp", "ubuntu")),
    ],
)
def test_what_both_know_keeps_them_apart(other):
    assert not VERSION.may_be(other)
    assert ByIdentity([(VERSION, "v")]).find(other) == []


def test_the_very_same_is_preferred_to_what_may_be_it():
    vague = VERSION._replace(subscription=None)
    found = ByIdentity([(vague, "vague"), (VERSION, "exact")])

    assert found.find(VERSION) == ["exact"]
    assert found.find(vague) == ["vague"]
    assert found.find(VERSION._replace(resource_group=None)) == ["vague", "exact"]


PART = st.sampled_from([None, "a", "b"])
IDENTITIES = st.builds(
    Identity,
    st.sampled_from([kinds.IMAGE, kinds.GALLERY]),
    PART,
    PART,
    st.lists(PART, min_size=1, max_size=2).map(tuple),
)


@given(st.lists(IDENTITIES, max_size=6), IDENTITIES)
def test_the_index_finds_what_a_comparison_with_each_finds(known, wanted):
    same = [identity for identity in known if identity == wanted]
    found = ByIdentity(zip(known, known, strict=True)).find(wanted)

    assert sorted(found, key=str) == sorted(same or [one for one in known if one.may_be(wanted)], key=str)


def test_may_be_is_symmetric():
    every = [Identity(kinds.GALLERY, s, g, (n,)) for s, g, n in product((None, "a", "b"), repeat=3)]

    assert all(one.may_be(other) == other.may_be(one) for one, other in product(every, repeat=2))
