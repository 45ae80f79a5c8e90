"""One catalog deployed by a stack for each gallery, and keys that are renamed."""

from typing import Any

import pytest

from tests.embedded import Embedded
from tests.program.stack import FIRST, Stack, catalog, counts, definition, done, version

pytestmark = pytest.mark.engine

BASE = f"/subscriptions/{FIRST}/resourceGroups"
IMAGE = "providers/Microsoft.Compute/galleries/{0}/images/{1}/versions/1.0.0"


def two_galleries() -> dict[str, Any]:
    """A gallery, and one whose version is made from the first one's, each in a group of its own."""
    built = {"targetRegions": ["westeurope"], "source": {"version": "base/ubuntu/1.0.0"}}
    return {
        "defaults": {"location": "westeurope", "protect": False},
        "resourceGroups": {"rg-base": {"location": "westeurope"}, "rg-apps": {"location": "westeurope"}},
        "galleries": {
            "base": {"resourceGroup": "rg-base", "images": {"ubuntu": definition({"1.0.0": version()})}},
            "apps": {
                "resourceGroup": "rg-apps",
                "lock": "CanNotDelete",
                "images": {"web": definition({"1.0.0": built})},
            },
        },
    }


def exists(azure: Embedded, gallery: str, image: str) -> bool:
    return azure.arm("GET", f"{BASE}/rg-{gallery}/{IMAGE.format(gallery, image)}").status_code == 200


@pytest.mark.parametrize("first", ["base", "apps"])
def test_two_stacks_deploy_one_catalog_and_go_in_either_order(azure: Embedded, first: str) -> None:
    stack = Stack(azure)
    stack.declare(two_galleries())
    stack.set("acg:galleries", "base")
    output = stack.up()
    assert sorted(done(output, "created")) == ["base", "base/ubuntu", "base/ubuntu/1.0.0", "resource-group@rg-base"]
    other = stack.sibling("apps")
    other.set("acg:galleries", '["apps"]')
    output = other.up()
    assert not any("base" in name for name in done(output, "created"))
    assert set(counts(stack.up())) == set(counts(other.up())) == {"unchanged"}
    assert exists(azure, "base", "ubuntu")
    assert exists(azure, "apps", "web")

    by_name = {"base": stack, "apps": other}
    by_name.pop(first).destroy()
    ((last, remaining),) = by_name.items()
    assert not exists(azure, first, "ubuntu" if first == "base" else "web")
    assert exists(azure, last, "web" if last == "apps" else "ubuntu")
    assert set(counts(remaining.up())) == {"unchanged"}
    remaining.destroy()
    assert azure.arm("GET", f"{BASE}/rg-{last}", api_version="2024-03-01").status_code == 404


def test_a_stack_says_which_galleries_it_cannot_have(azure: Embedded) -> None:
    stack = Stack(azure)
    document = two_galleries()
    document["galleries"]["apps"]["resourceGroup"] = "rg-base"
    stack.declare(document)
    stack.set("acg:galleries", "base, aps")
    output = stack.preview(fails=True)
    assert "acg:galleries names 'aps'; this catalog has no such gallery" in output
    assert "Did you mean apps?" in output
    assert "resource group rg-base is created for what several stacks deploy" in output
    assert "resource group rg-apps is the group of no gallery" in output
    assert "Traceback" not in output


def test_a_renamed_key_changes_nothing_though_all_is_protected(azure: Embedded) -> None:
    stack = Stack(azure)
    before = catalog(
        {"ubuntu": definition({"1.0.0": version()})},
        lock="CanNotDelete",
        readers=["7d3c1c5e-0d5f-4c39-9f0e-2a1b6a3f9c10"],
    )
    stack.declare(before)
    stack.up()

    after = {
        "resourceGroups": {"group": {"name": "rg", "formerly": "rg", **before["resourceGroups"]["rg"]}},
        "galleries": {
            "company": {**before["galleries"]["corp"], "name": "corp", "formerly": "corp", "resourceGroup": "group"}
        },
    }
    stack.declare(after)
    assert set(counts(stack.up())) == {"unchanged"}
    for renamed in (after["resourceGroups"]["group"], after["galleries"]["company"]):
        del renamed["formerly"]
    stack.declare(after)
    assert set(counts(stack.up())) == {"unchanged"}, "the former key is needed once"


def test_a_renamed_key_alone_deletes_neither_group_nor_gallery(azure: Embedded) -> None:
    stack = Stack(azure)
    before = catalog({})
    stack.declare(before)
    stack.up()
    stack.declare(
        {"resourceGroups": {"other": {"location": "westeurope"}}, "galleries": {"corp": before["galleries"]["corp"]}}
    )
    output = stack.preview(fails=True)
    assert "resource-group@rg" in output
    assert "protect" in output
