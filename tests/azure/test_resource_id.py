"""Resource ids: read in any case, printed in one, knowing what they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg.azure.kinds import Kind
from acg.azure.resource_id import ResourceId, ResourceIdError

SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-images"
COMPUTE = f"{GROUP}/providers/Microsoft.Compute"
STORAGE = f"{GROUP}/providers/Microsoft.Storage"

KINDS = [
    (f"/subscriptions/{SUBSCRIPTION}", Kind.SUBSCRIPTION, SUBSCRIPTION),
    (GROUP, Kind.RESOURCE_GROUP, "rg-images"),
    (f"{COMPUTE}/galleries/corp", Kind.GALLERY, "corp"),
    (f"{COMPUTE}/galleries/corp/images/Ubuntu", Kind.IMAGE, "Ubuntu"),
    (f"{COMPUTE}/galleries/corp/images/ubuntu/versions/1.0.0", Kind.VERSION, "1.0.0"),
    (f"{COMPUTE}/galleries/corp/images/ubuntu/versions/latest", Kind.LATEST, "latest"),
    (f"{COMPUTE}/images/ubuntu-1", Kind.MANAGED_IMAGE, "ubuntu-1"),
    (f"{COMPUTE}/virtualMachines/build", Kind.VIRTUAL_MACHINE, "build"),
    (f"{COMPUTE}/disks/os", Kind.DISK, "os"),
    (f"{COMPUTE}/snapshots/os", Kind.SNAPSHOT, "os"),
    (f"{COMPUTE}/diskEncryptionSets/keys", Kind.DISK_ENCRYPTION_SET, "keys"),
    (f"{STORAGE}/storageAccounts/vhds", Kind.STORAGE_ACCOUNT, "vhds"),
    ("/CommunityGalleries/contoso-1a2b", Kind.COMMUNITY_GALLERY, "contoso-1a2b"),
    ("/CommunityGalleries/contoso-1a2b/Images/u", Kind.COMMUNITY_IMAGE, "u"),
    ("/CommunityGalleries/contoso-1a2b/Images/u/Versions/1.0.0", Kind.COMMUNITY_VERSION, "1.0.0"),
    ("/SharedGalleries/1a2b-CORP", Kind.SHARED_GALLERY, "1a2b-CORP"),
    ("/SharedGalleries/1a2b-CORP/Images/u", Kind.SHARED_IMAGE, "u"),
    ("/SharedGalleries/1a2b-CORP/Images/u/Versions/1.0.0", Kind.SHARED_VERSION, "1.0.0"),
    (f"{COMPUTE}/galleries/corp/applications/agent", Kind.OTHER, "agent"),
    (f"{GROUP}/providers/Microsoft.KeyVault/vaults/keys", Kind.OTHER, "keys"),
    (f"{COMPUTE}/galleries/corp/providers/Microsoft.Authorization/roleAssignments/r", Kind.ROLE_ASSIGNMENT, "r"),
    (f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/locks/keep", Kind.LOCK, "keep"),
    (f"{COMPUTE}/galleries/corp/providers/Microsoft.Compute/disks/os", Kind.OTHER, "os"),
    (f"{COMPUTE}/virtualMachineScaleSets/web", Kind.SCALE_SET, "web"),
    (f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Compute/disks/os", Kind.OTHER, "os"),
    ("/providers/Microsoft.Management/managementGroups/all", Kind.OTHER, "all"),
]


@pytest.mark.parametrize(("text", "kind", "name"), KINDS)
def test_an_id_tells_what_it_is_the_id_of(text, kind, name):
    parsed = ResourceId.parse(text)

    assert (parsed.kind, parsed.name, str(parsed)) == (kind, name, text)


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title], ids=["upper", "lower", "title"])
@pytest.mark.parametrize(("text", "kind"), [(text, kind) for text, kind, _ in KINDS])
def test_the_case_of_an_id_does_not_matter(text, kind, change):
    parsed, original = ResourceId.parse(change(text)), ResourceId.parse(text)

    assert parsed.kind is kind
    assert parsed == original
    assert hash(parsed) == hash(original)


def test_canonical_spelling_keeps_names_as_they_were_written():
    text = f"/SUBSCRIPTIONS/{SUBSCRIPTION}/resourcegroups/RG/providers/microsoft.compute/GALLERIES/Corp/IMAGES/Ubuntu"

    assert str(ResourceId.parse(text)) == (
        f"/subscriptions/{SUBSCRIPTION}/resourceGroups/RG/providers/Microsoft.Compute/galleries/Corp/images/Ubuntu"
    )


def test_the_parts_of_a_version():
    version = ResourceId.parse(f"{COMPUTE}/galleries/corp/images/ubuntu/versions/1.0.0")

    assert (version.subscription, version.resource_group) == (SUBSCRIPTION, "rg-images")
    assert (version.gallery, version.image, version.version) == ("corp", "ubuntu", "1.0.0")


def test_a_shared_gallery_has_no_subscription():
    version = ResourceId.parse("/SharedGalleries/corp/Images/u/Versions/1.0.0")

    assert (version.subscription, version.resource_group) == (None, None)
    assert (version.gallery, version.image, version.version) == ("corp", "u", "1.0.0")


def test_what_is_in_no_gallery_has_none():
    image = ResourceId.parse(f"{COMPUTE}/images/ubuntu")

    assert (image.gallery, image.image, image.version) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "is empty"),
        (5, "is a int, not text"),
        ("corp/ubuntu/1.0.0", "does not begin with a slash"),
        (f"{GROUP}/", "ends with a slash"),
        ("/", "ends with a slash"),
        (f"//subscriptions/{SUBSCRIPTION}", "has an empty part between two slashes"),
        (f"{COMPUTE}/galleries//images/u", "has an empty part between two slashes"),
        (f"{GROUP} ", "has ' ' in 'rg-images ', which no part of an id can have"),
        (f"{COMPUTE}/disks/os?api-version=1", "has '?' in 'os?api-version=1', which no part of an id can have"),
        ("/galleries/corp", "begins with neither /subscriptions/ nor /providers/"),
        ("/subscriptions", "ends where the subscription should stand"),
        ("/subscriptions/mine/resourceGroups/rg", "has the subscription 'mine', which is not a GUID"),
        ("/subscriptions/MY_ID/resourceGroups/rg", "has the subscription 'MY_ID', which is not a GUID"),
        (f"/subscriptions/{SUBSCRIPTION}/resourceGroups", "ends where the resource group should stand"),
        (f"{GROUP}/Microsoft.Compute/disks/os", "has 'Microsoft.Compute' where providers should stand"),
        (f"{GROUP}/providers", "ends where the resource provider should stand"),
        (COMPUTE, "ends after the resource provider 'Microsoft.Compute', with no type and name"),
        (f"{COMPUTE}/galleries", "has no name after 'galleries'"),
        (f"{COMPUTE}/galleries/corp/images", "has no name after 'images'"),
        ("/CommunityGalleries/corp/Images", "has no name after 'Images'"),
        ("/CommunityGalleries/corp/Disks/x", "has not the form /CommunityGalleries/NAME/Images/NAME/Versions/NUMBER"),
    ],
)
def test_what_is_no_id_is_told_why(text, cause):
    with pytest.raises(ResourceIdError) as caught:
        ResourceId.parse(text)

    assert caught.value.cause.startswith(cause)


SEGMENT = st.text("abcXYZ019._-()", min_size=1, max_size=8)


@given(st.uuids(), SEGMENT, st.lists(st.tuples(SEGMENT, SEGMENT), min_size=1, max_size=4), SEGMENT)
def test_any_resource_is_printed_as_it_was_read(subscription, group, pairs, namespace):
    tail = "".join(f"/{kind}/{name}" for kind, name in pairs)
    text = f"/subscriptions/{subscription}/resourceGroups/{group}/providers/{namespace}{tail}"

    parsed = ResourceId.parse(text)

    assert str(parsed) == text
    assert parsed.names == tuple(name for _, name in pairs)


@given(st.text() | st.lists(st.sampled_from(["", "subscriptions", SUBSCRIPTION, "providers", "a"])).map("/".join))
def test_any_text_is_an_id_or_refused(text):
    try:
        parsed = ResourceId.parse(text)
    except ResourceIdError:
        return
    assert ResourceId.parse(str(parsed)) == parsed


def test_the_letters_of_a_subscription_have_no_case():
    written = "/subscriptions/ABCDEF00-1111-2222-3333-444444444444/resourceGroups/rg"

    assert ResourceId.parse(written).subscription == "abcdef00-1111-2222-3333-444444444444"
