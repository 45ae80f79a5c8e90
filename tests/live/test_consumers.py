"""Who uses the images: asked of Resource Graph in three subscriptions, and never taken for nobody."""

from __future__ import annotations

from typing import Any

import pytest

from acg.live.consumers.scope import may
from acg.state.observed import Consumer, ConsumerKind, Part, Question, Snapshot
from tests.live.estate import COMPUTE, CORP, GALLERY, HOME, OTHER, THIRD, WEB, Estate, Json, gallery, versions

ASKED = CORP._replace(consumers=True, subscriptions=(HOME, OTHER, THIRD))
NAMED = ASKED._replace(names=True)
TENANT = "99999999-9999-9999-9999-999999999999"


def machine(id_: str, reference: Json, **properties: object) -> Json:
    profile = {"storageProfile": {"imageReference": reference}}
    return {"id": id_, "location": "northeurope", "properties": {**profile, **properties}}


def vm(name: str, reference: Json, subscription: str = OTHER, **properties: object) -> Json:
    group = f"/subscriptions/{subscription}/resourceGroups/rg-apps"
    return machine(f"{group}/providers/Microsoft.Compute/virtualMachines/{name}", reference, **properties)


def scale_set(name: str, reference: Json | None, instances: list[Json] | None = None, **properties: object) -> Json:
    id_ = f"/subscriptions/{THIRD}/resourceGroups/rg-apps/providers/Microsoft.Compute/virtualMachineScaleSets/{name}"
    profile = {"virtualMachineProfile": {"storageProfile": {"imageReference": reference}}} if reference else {}
    planted = {} if instances is None else {"instances": instances}
    return {"id": id_, "location": "West Europe", "properties": {**profile, **planted, **properties}}


AUTOMATIC = {"upgradePolicy": {"automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True}}}
THEIRS = f"/subscriptions/{OTHER}/resourceGroups/rg/providers/Microsoft.Compute/galleries/o/images/i"
FLEXIBLE = scale_set("flexible", {"id": WEB}, orchestrationMode="Flexible")
BARE = scale_set("bare", None, orchestrationMode="Flexible")


def read(estate: Estate, resources: list[Json], question: Question = NAMED) -> Snapshot:
    estate.add(resources, OTHER, THIRD)
    return estate.observe(question).snapshot()


def rows_of(snapshot: Snapshot) -> list[tuple[object, ...]]:
    return [
        ((one.id or "").rpartition("/")[2], one.kind, one.region, one.image, one.follows, one.runs, one.upgrades_itself)
        for one in snapshot.consumers or ()
    ]


M, S, D, V = ConsumerKind.MACHINE, ConsumerKind.SCALE_SET, ConsumerKind.DEV_BOX, ConsumerKind.VERSION


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([vm("vm", {"id": WEB, "exactVersion": "1.1.0"})], [("vm", M, "northeurope", WEB, None, ("1.1.0",), False)]),
        ([vm("vm", {"id": f"{WEB}/versions/latest"})], [("vm", M, "northeurope", WEB, None, (), False)]),
        ([vm("vm", {"id": f"{WEB}/versions/1.0.0".upper()})],
         [("vm", M, "northeurope", f"{GALLERY}/images/WEB", "1.0.0", ("1.0.0",), False)]),
        ([vm("vm", {"sharedGalleryImageId": "/SharedGalleries/x/Images/web/Versions/1.0.0"})],
         [("vm", M, "northeurope", WEB, "1.0.0", ("1.0.0",), False)]),
        ([vm("vm", {"communityGalleryImageId": "/CommunityGalleries/pub-1/Images/web"})],
         [("vm", M, "northeurope", WEB, None, (), False)]),
        ([vm("vm", {"publisher": "Canonical", "offer": "u", "sku": "s", "version": "latest"})], []),
        ([vm("vm", {"id": f"{COMPUTE}/galleries/corporate/images/web"})], []),
        ([vm("vm", {"sharedGalleryImageId": "/SharedGalleries/y/Images/web"})], []),
        ([scale_set("s", {"id": WEB}, [{"exactVersion": "1.0.0"}, {"exactVersion": "1.1.0"}], **AUTOMATIC)],
         [("s", S, "westeurope", WEB, None, ("1.0.0", "1.1.0"), True)]),
        ([scale_set("s", {"id": WEB}, [{"exactVersion": "1.0.0"}, {}])],
         [("s", S, "westeurope", WEB, None, (), False)]),
        ([scale_set("s", {"id": f"{WEB}/versions/1.1.0"}, [{"id": f"{GALLERY}/images/old/versions/3.0.0"}])],
         [("s", S, "westeurope", f"{GALLERY}/images/old", "3.0.0", ("3.0.0",), False),
          ("s", S, "westeurope", WEB, "1.1.0", (), False)]),
        ([scale_set("s", {"publisher": "Canonical"}, [{"id": WEB, "exactVersion": "1.0.0"}])],
         [("s", S, "westeurope", WEB, "1.0.0", ("1.0.0",), False)]),
        ([FLEXIBLE, vm("a", {"id": WEB, "exactVersion": "1.0.0"}, virtualMachineScaleSet={"id": FLEXIBLE["id"]})],
         [("flexible", S, "westeurope", WEB, None, ("1.0.0",), False)]),
        ([BARE, vm("a", {"id": WEB, "exactVersion": "1.0.0"}, virtualMachineScaleSet={"id": BARE["id"]})],
         [("a", M, "northeurope", WEB, None, ("1.0.0",), False)]),
        (versions(THEIRS, ["7.0.0"], storageProfile={"source": {"id": f"{WEB}/versions/1.0.0"}}),
         [("7.0.0", V, "westeurope", WEB, "1.0.0", ("1.0.0",), False)]),
    ],
)  # fmt: skip
def test_each_form_of_a_reference(estate: Estate, resources: list[Json], expected: list[tuple[object, ...]]) -> None:
    estate.change(GALLERY, properties={"sharingProfile": {"communityGalleryInfo": {"publicNames": ["pub-1"]}}})
    snapshot = read(estate, resources)
    found = [(name.lower() if isinstance(name, str) else name, *rest) for name, *rest in rows_of(snapshot)]
    assert found == expected
    assert (snapshot.coverage.subscriptions_read, snapshot.coverage.subscriptions_total) == (3, 3)
    unclear = any(not one.runs for one in snapshot.consumers or ())
    assert (snapshot.coverage.gaps == ()) is not unclear


@pytest.mark.parametrize(
    ("capacity", "instances", "seen", "why"),
    [
        (0, [], 0, ()),
        (2, [], None, ("1 of its definition's consumers do not say which version they run.",)),
        (2, [{"exactVersion": "1.1.0"}] * 2, 2, ()),
        (
            2,
            [{"exactVersion": "1.1.0"}, {}],
            2,
            ("1 of its definition's consumers do not say which version they run.",),
        ),
    ],
)
def test_a_scale_set_runs_nothing_only_where_it_is_meant_to_have_no_machine(
    estate: Estate, capacity: int, instances: list[Json], seen: int | None, why: tuple[str, ...]
) -> None:
    found = {**scale_set("s", {"id": WEB}, instances), "sku": {"capacity": capacity}}
    snapshot = read(estate, [found], ASKED)
    assert [one.instances for one in snapshot.consumers or ()] == [seen]
    assert snapshot.why_use_is_unknown(f"{WEB}/versions/1.0.0") == why


def test_dev_box_definitions_name_images_by_the_attached_gallery(estate: Estate) -> None:
    center = f"/subscriptions/{OTHER}/resourceGroups/rg-dev/providers/Microsoft.DevCenter/devcenters/dc"
    reference = {"id": f"{center}/galleries/attached/images/web/versions/1.1.0", "exactVersion": "1.1.0"}
    definition = {"id": f"{center}/devboxdefinitions/box", "location": "westeurope"}
    attached = {"id": f"{center}/galleries/attached", "properties": {"galleryResourceId": GALLERY.upper()}}
    resources = [attached, {**definition, "properties": {"imageReference": reference}}]
    assert rows_of(read(estate, resources)) == [("box", D, "westeurope", WEB, "1.1.0", ("1.1.0",), False)]

    estate.fault("error", status=403, code="AuthorizationFailed", path="/galleries/attached")
    snapshot = estate.observe(NAMED).snapshot()
    assert snapshot.consumers == []
    assert "403 AuthorizationFailed" in " ".join(snapshot.why_use_is_unknown(WEB))


def test_consumers_are_counted_and_named_on_request_only(estate: Estate) -> None:
    machines = [vm(f"secret-{n}", {"id": WEB, "exactVersion": "1.1.0"}) for n in range(3)]
    counted = read(estate, [*machines, vm("pinned", {"id": f"{WEB}/versions/1.0.0"}, HOME)], ASKED)
    assert list(counted.consumers or ()) == [
        Consumer(None, M, "northeurope", WEB, "1.0.0", ("1.0.0",), False, HOME, 1),
        Consumer(None, M, "northeurope", WEB, None, ("1.1.0",), False, OTHER, 3),
    ]
    assert "secret" not in estate.observe(ASKED).text()
    assert "secret-2" in estate.observe(NAMED).text()


def test_more_than_a_page_of_machines(estate: Estate) -> None:
    snapshot = read(estate, [vm(f"vm-{n}", {"id": WEB, "exactVersion": "1.1.0"}) for n in range(1205)], ASKED)
    assert [one.number for one in snapshot.consumers or ()] == [1205]
    assert len(estate.requests("Microsoft.ResourceGraph")) == 6


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"fault": "error", "status": 403, "code": "AuthorizationFailed", "path": f"{OTHER}/.*/permissions"},
         f"/subscriptions/{OTHER} was refused (403 AuthorizationFailed): whoever reads needs the role Reader on it."),
        ({"fault": "error", "status": 403, "code": "Forbidden", "path": "ResourceGraph"},
         f"/subscriptions/{OTHER} was refused (403 Forbidden): whoever reads needs the role Reader on it."),
        ({"fault": "throttle", "seconds": 0.01, "path": "ResourceGraph", "times": 60},
         f"/subscriptions/{OTHER} was throttled until the SDK gave up (429 TooManyRequests): read it later."),
    ],
)  # fmt: skip
def test_with_one_subscription_unreadable_nobody_can_say_that_there_is_no_consumer(
    estate: Estate, fault: Json, why: str
) -> None:
    estate.add([], OTHER, THIRD)
    assert estate.observe(ASKED).snapshot().why_use_is_unknown(f"{WEB}/versions/1.0.0") == ()
    estate.fault(str(fault.pop("fault")), **{"times": 12, **fault})
    snapshot = estate.observe(ASKED).snapshot()
    assert why in snapshot.why_use_is_unknown(f"{WEB}/versions/1.0.0")
    assert snapshot.coverage.subscriptions_read in (0, 2)
    assert not snapshot.coverage.complete


def test_a_subscription_that_does_not_exist_is_unreadable(estate: Estate) -> None:
    snapshot = estate.observe(ASKED).snapshot()
    assert snapshot.coverage.why_unknown(Part.CONSUMERS, f"/subscriptions/{THIRD}") == (
        "was not found (404 SubscriptionNotFound)"
    )


def test_the_scope_can_be_a_management_group(estate: Estate) -> None:
    everything = ASKED._replace(subscriptions=(), management_group=TENANT)
    snapshot = read(estate, [vm("vm", {"id": WEB, "exactVersion": "1.1.0"})], everything)
    assert [one.number for one in snapshot.consumers or ()] == [1]
    assert snapshot.coverage.subscriptions_read == snapshot.coverage.subscriptions_total
    assert snapshot.why_use_is_unknown(WEB) == ()

    other = estate.observe(everything._replace(management_group="other")).snapshot()
    assert other.consumers == []
    assert "whoever reads needs the role Management Group Reader on it" in other.why_use_is_unknown(WEB)[0]


def test_without_a_scope_the_subscriptions_of_the_galleries_are_looked_through(estate: Estate) -> None:
    snapshot = read(estate, [vm("here", {"id": WEB}, HOME), vm("there", {"id": WEB})], NAMED._replace(subscriptions=()))
    assert [name for name, *_ in rows_of(snapshot)] == ["here"]
    assert snapshot.coverage.subscriptions_total == 1
    assert snapshot.coverage.kinds_not_asked == (
        "Azure Batch pools", "Azure Virtual Desktop host pools", "Image Builder templates",
    )  # fmt: skip


def test_a_shared_gallery_always_leaves_its_use_unknown(estate: Estate) -> None:
    estate.add([gallery(f"{COMPUTE}/galleries/other")], OTHER, THIRD)
    estate.change(GALLERY, properties={"sharingProfile": {"permissions": "Community"}})
    snapshot = estate.observe(ASKED).snapshot()
    assert snapshot.why_use_is_unknown(WEB) == (
        "The gallery is shared with the community, and who uses it elsewhere cannot be seen.",
    )


READER = {"actions": ["*/read"], "notActions": []}
COMPUTE_ONLY = {"actions": ["Microsoft.Compute/*"], "notActions": ["microsoft.compute/virtualMachines/*"]}


@pytest.mark.parametrize(
    ("granted", "allowed"),
    [
        ([READER], True),
        ([{"actions": ["*"], "notActions": []}], True),
        ([COMPUTE_ONLY], False),
        ([COMPUTE_ONLY, READER], True),
        ([{"actions": ["Microsoft.Compute/virtualMachines/*/read"]}], False),
        ([{"actions": ["MICROSOFT.COMPUTE/VIRTUALMACHINES/READ"]}], True),
        ([{"actions": ["Microsoft.Compute/virtualMachine[s]/read"]}], False),
        ([], False),
    ],
)
def test_who_may_read_machines(granted: list[dict[str, Any]], allowed: bool) -> None:
    assert may(granted, "Microsoft.Compute/virtualMachines/read") == allowed
