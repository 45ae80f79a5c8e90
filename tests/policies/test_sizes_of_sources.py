"""Disks, snapshots, machines, managed images and versions of one stack, in any combination: what is too large is not
passed in silence by a preview, and is refused before the version is sent by an update."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acg.desired.resource import Resource as Desired
from acg.rules import check_resources
from acg.rules.examples import SUBSCRIPTION
from acg.testing import UNKNOWN, Pack, Report, Resource, load_pack

POLICIES = Path(__file__).parents[2] / "policies"
PROVIDER = Resource("pulumi:providers:azure-native", name="provider")
BASE = {"resourceGroupName": "rg", "location": "westeurope"}
GIB = 1 << 30


class Thing(NamedTuple):
    """A resource of the program."""

    token: str
    name: str
    segments: str
    """The end of its id."""
    inputs: dict[str, Any]

    @property
    def id(self) -> str:
        return f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute/{self.segments}"


class Id(NamedTuple):
    """The id of a resource as a program writes it: as the resource's output, or as text in whatever case."""

    of: Thing
    written: str


def program(random: Random) -> list[Thing]:
    """Disks that get their sizes in many ways, perhaps an image that they went through, and the version ``v``."""
    made: list[Thing] = []

    def add(class_: str, key: str, name: str, type_: str, inputs: dict[str, Any]) -> Thing:
        made.append(Thing(f"azure-native:compute:{class_}", name, f"{type_}/{name}", {key: name, **BASE, **inputs}))
        return made[-1]

    def id_of(thing: Thing) -> Id:
        return Id(thing, random.choice(["output", "output", "output", "text", "text in capitals"]))

    def disk(name: str, **more: Any) -> Thing:
        sizes: list[dict[str, Any]] = [
            {"diskSizeGB": random.choice([30, 1_500, 3_000]), "creationData": {"createOption": "Empty"}},
            {"creationData": {"createOption": "Upload", "uploadSizeBytes": random.choice([30, 1_500]) * GIB + 512}},
            {"creationData": {"createOption": "Import", "sourceUri": "https://contoso.blob.core.windows.net/v/os.vhd"}},
        ]
        if made:
            copy = {"createOption": "Copy", "sourceResourceId": id_of(random.choice(made))}
            sizes.append({"creationData": copy})
        class_, key, type_ = random.choice([("Disk", "diskName", "disks"), ("Snapshot", "snapshotName", "snapshots")])
        return add(class_, key, name, type_, {**random.choice(sizes), **more})

    def version(image: str, name: str, storage: dict[str, Any], mode: str) -> Thing:
        names = {"galleryName": "corp", "galleryImageName": image, "galleryImageVersionName": "1.0.0"}
        profile = {"replicationMode": mode, "targetRegions": [{"name": "westeurope"}]}
        inputs = {**names, **BASE, "storageProfile": storage, "publishingProfile": profile}
        segments = f"galleries/corp/images/{image}/versions/1.0.0"
        made.append(Thing("azure-native:compute:GalleryImageVersion", name, segments, inputs))
        return made[-1]

    def of_disks(disks: list[Thing]) -> dict[str, Any]:
        system, *data = disks
        random.shuffle(data)
        images = [{"lun": lun, "source": {"id": id_of(one)}} for lun, one in enumerate(data)]
        return {"osDiskImage": {"source": {"id": id_of(system)}}, "dataDiskImages": images}

    shows = {"osType": "Linux", "hyperVGeneration": "V2"} if random.random() < 0.6 else {}
    disks = [disk("d0", **shows), *(disk(f"d{count}") for count in range(1, random.randint(1, 4)))]
    storage = of_disks(disks)
    by = random.choice(["disks", "image", "version", "machine", "disks of a version"])
    if by == "image":
        data = [{"lun": lun, _key(one): {"id": id_of(one)}} for lun, one in enumerate(disks[1:])]
        profile = {"osDisk": {_key(disks[0]): {"id": id_of(disks[0])}}, "dataDisks": data}
        storage = {"source": {"id": id_of(add("Image", "imageName", "built", "images", {"storageProfile": profile}))}}
    elif by != "disks":
        base = version("base", "base", storage, "Shallow")
        storage = {"source": {"id": id_of(base)}}
        if by == "machine":
            profile = {"imageReference": {"id": id_of(base)}, "osDisk": {"createOption": "FromImage"}}
            machine = add("VirtualMachine", "vmName", "golden", "virtualMachines", {"storageProfile": profile})
            storage = {"source": {"virtualMachineId": id_of(machine)}}
        elif by == "disks of a version":
            copies = [
                add("Disk", "diskName", f"c{lun}", "disks", {"creationData": {"galleryImageReference": reference}})
                for lun in range(len(disks))
                for reference in [{"id": id_of(base), **({"lun": lun - 1} if lun else {})}]
            ]
            storage = of_disks(copies)
    version("ubuntu", "v", storage, "Full")
    return made


def _key(disk: Thing) -> str:
    return "managedDisk" if disk.token.endswith("Disk") else "snapshot"


def with_ids(value: Any, read: Callable[[Id], str]) -> Any:
    if isinstance(value, Id):
        return read(value)
    if isinstance(value, dict):
        return {key: with_ids(one, read) for key, one in value.items()}
    return [with_ids(one, read) for one in value] if isinstance(value, list) else value


def truth(things: list[Thing]) -> set[str]:
    """The rules about sizes that the version breaks, all ids known."""
    resources = [
        Desired(one.token, one.name, with_ids(one.inputs, lambda used: used.of.id), subscription=SUBSCRIPTION)
        for one in things
    ]
    return {one.rule.name for one in check_resources(resources).errors if one.resource == "v"} & SIZES


SIZES = {"data-disk-size", "disk-size"}


def shown(things: list[Thing], *, is_preview: bool) -> list[Resource]:
    """What the engine shows: the outputs of what is not there yet are unknown, and named as what an input uses."""
    made: dict[str, Resource] = {}
    for one in things:
        uses: dict[str, list[Resource]] = {}

        def read(used: Id, key: str) -> str:
            if used.written != "output":
                return used.of.id if used.written == "text" else used.of.id.upper()
            uses.setdefault(key, []).append(made[used.of.name])  # noqa: B023  # called at once
            return UNKNOWN if is_preview else used.of.id

        inputs = {key: with_ids(value, lambda used, key=key: read(used, key)) for key, value in one.inputs.items()}
        made[one.name] = Resource(one.token, inputs, name=one.name, property_dependencies=uses, provider=PROVIDER)
    return list(made.values())


def refused_by(report: Report) -> set[str]:
    return {one.policy for one in report if one.level == "mandatory" and one.urn.endswith("::v")} & SIZES


def undecided_by(report: Report) -> set[str]:
    """Rules that say of any resource that it is not checked yet: one line stands for all with the same reason."""
    return {one.policy for one in report if "not checked yet for" in one.message}


@pytest.fixture(scope="module")
def pack() -> Iterator[Pack]:
    with load_pack(POLICIES) as loaded:
        yield loaded


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random=st.randoms(use_true_random=False))
def test_too_large_a_disk_is_not_passed(pack: Pack, random: Random) -> None:
    things = program(random)
    wrong = truth(things)
    preview = pack.configure({}).run(*shown(things, is_preview=True))
    refused = refused_by(preview)
    assert refused <= wrong
    assert wrong <= refused | undecided_by(preview)

    pack.configure({})
    update = [pack.analyze(one) for one in shown(things, is_preview=False)]
    assert refused_by(Report.together(update)) == wrong
