"""Names, numbers, identifiers, tags and quotas that Azure refuses."""

from __future__ import annotations

from hypothesis import strategies as st

from acg_sandbox.arm import PLATFORM, SECOND
from tests.agreement.mutations import mutation, unforeseeable
from tests.agreement.mutations.sharing import community
from tests.agreement.scene import Scene
from tests.agreement.sources import GROUP

Draw = st.DrawFn


@mutation
def gallery_name(draw: Draw, scene: Scene) -> None:
    names = ["corp-images", "corp.", "_corp", "corp_", "größe", "a" * 81, "corp images", "k\u0661"]
    scene.gallery["name"] = draw(st.sampled_from(names))


@mutation
def definition_name(draw: Draw, scene: Scene) -> None:
    names = ["ubuntu-", "-ubuntu", ".ubuntu", "ubuntu_", "ubuntu.", "ubuntu lts", "größe", "u" * 81]
    scene.rename_image(draw(st.sampled_from(names)))


@mutation
def version_number(draw: Draw, scene: Scene) -> None:
    numbers = ["1.0", "1.0.0.0", "v1.0.0", "1.0.2147483648", "1.0.-1", "1.0.0-rc1", "latest", "1.0.\u0661", "1..0"]
    scene.rename_version(draw(st.sampled_from(numbers)))


@mutation
def version_with_leading_zeros(draw: Draw, scene: Scene) -> None:
    """Azure is not known to mind, and the rule warns."""
    scene.rename_version(draw(st.sampled_from(["01.0.0", "1.000000000000.0"])))


@mutation
def version_spelt_twice(draw: Draw, scene: Scene) -> None:
    scene.rename_version("1.0.0")
    scene.image["versions"]["1.00.0"] = {"source": {"version": scene.version_name}}


@mutation
def identifier(draw: Draw, scene: Scene) -> None:
    part = draw(st.sampled_from(["publisher", "offer", "sku"]))
    longest = 128 if part == "publisher" else 64
    texts = ["con toso", "contoso.", "contoso/linux", "größe", "x" * (longest + 1)]
    scene.image["identifier"][part] = draw(st.sampled_from(texts))


@mutation
def identifier_twice(draw: Draw, scene: Scene) -> None:
    scene.gallery["images"]["other"] = {**_traits(), "identifier": dict(scene.image["identifier"])}


@mutation
def identifier_twice_but_for_case(draw: Draw, scene: Scene) -> None:
    scene.image["identifier"] = {"publisher": "Contoso", "offer": "servers", "sku": "main"}
    other = {"publisher": "contoso", "offer": "Servers", "sku": "main"}
    scene.gallery["images"]["other"] = {**_traits(), "identifier": other}


@mutation
def identifier_twice_in_two_galleries(draw: Draw, scene: Scene) -> None:
    """Legitimate: only the gallery's own definitions count."""
    other = {**_traits(), "identifier": dict(scene.image["identifier"])}
    scene.catalog["galleries"]["third"] = {**_beside(scene), "images": {"other": other}}


@mutation
def gallery_twice(draw: Draw, scene: Scene) -> None:
    name = draw(st.sampled_from(["Corp", "corp"]))
    scene.gallery["name"] = "corp"
    scene.catalog["galleries"]["third"] = {**_beside(scene), "name": name, "resourceGroup": "rg-sources"}


@mutation
def gallery_in_two_subscriptions(draw: Draw, scene: Scene) -> None:
    """Legitimate: the name is taken once in each."""
    scene.name_subscription()
    scene.gallery["name"] = "corp"
    other = {"name": "corp", "resourceGroup": "rg-payments", "subscription": SECOND}
    scene.catalog["galleries"]["third"] = other


@unforeseeable("gallery-not-unique")
def gallery_that_exists(draw: Draw, scene: Scene) -> None:
    scene.name_subscription()
    other = {"name": "payments", "resourceGroup": GROUP, "subscription": SECOND}
    scene.catalog["galleries"]["third"] = other


@unforeseeable("rg-not-found")
def group_that_does_not_exist(draw: Draw, scene: Scene) -> None:
    scene.gallery["resourceGroup"] = "rg-nowhere"


@mutation
def community_prefix(draw: Draw, scene: Scene) -> None:
    community(scene)["publicNamePrefix"] = draw(st.sampled_from(["corp", "corp-images", "c" * 17, "größe"]))


@mutation
def tags(draw: Draw, scene: Scene) -> None:
    one = draw(st.sampled_from([scene.gallery, scene.image, scene.version]))
    one["tags"] = {f"tag{n}": "x" for n in range(51)}


@mutation
def tags_of_the_group(draw: Draw, scene: Scene) -> None:
    tags = {f"tag{n}": "x" for n in range(51)}
    scene.catalog["resourceGroups"] = {"rg-images": {"location": scene.home, "tags": tags}}
    scene.gallery["resourceGroup"] = "rg-images"
    if "subscription" in scene.gallery:
        scene.name_subscription()


@mutation
def galleries_above_the_quota(draw: Draw, scene: Scene) -> None:
    scene.catalog["galleries"] = {scene.gallery_key: scene.gallery}
    for n in range(100):
        scene.catalog["galleries"][f"many{n}"] = _beside(scene)


def _beside(scene: Scene) -> dict[str, object]:
    """A gallery like the scene's."""
    found: dict[str, object] = {"resourceGroup": GROUP}
    return found | ({"subscription": PLATFORM} if "subscription" in scene.gallery else {})


def _traits() -> dict[str, object]:
    return {"osType": "Linux", "osState": "Generalized"}
