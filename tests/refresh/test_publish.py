"""What a new version is like, and what it waits for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.refresh.world import FROM, REGIONS, build, catalog, edited, run, said, snapshot, version, waits

OLD = build("ubuntu-1", "2026-11-01T00:00:00+00:00")
NEW = build("ubuntu-2", "2026-11-26T00:00:00+00:00")
ONE = {"1.0.0": version("ubuntu-1", publishedOn="2026-11-02")}


def published(document: dict[str, Any], sources: list[Any], today: str = "2026-11-27", **more: Any) -> list[str]:
    """The new versions, each with the name of its source."""
    done = run(document, snapshot(document, sources, **more), today)
    return [f"{one.version} from {one.origin.name}" for one in done.decisions if one.origin]


@pytest.mark.parametrize(
    ("policy", "regions", "promoted"),
    [
        ({}, ["northeurope"], {"northeurope": "2026-11-27"}),
        ({"exposeBy": "exclusion"}, REGIONS, {"northeurope": "2026-11-27"}),
        ({"rings": []}, REGIONS, None),
    ],
)
def test_a_new_version_is_open_in_the_first_ring(policy: Any, regions: Any, promoted: Any) -> None:
    document = catalog(policy=policy)
    after = edited(document, run(document, snapshot(document, [NEW])).decisions)
    new = after["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.0.0"]

    assert new["targetRegions"] == regions
    assert new.get("promoted") == promoted


def test_what_a_new_version_inherits_is_spelled_out() -> None:
    defaults = {
        "location": "North Europe",
        "targetRegions": [{"name": "northeurope", "regionalReplicaCount": 3, "storageAccountType": "Standard_ZRS"}],
        "replicaCount": 2,
        "endOfLifeAfter": "P18M",
        "tags": {"team": "os"},
    }
    document = catalog(defaults=defaults)
    source = NEW._replace(tags={"Build": "431", "commit": "7be01c2"})
    after = edited(document, run(document, snapshot(document, [source])).decisions)

    assert after["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.0.0"] == {
        "location": "northeurope",
        "source": {"managedImage": NEW.id},
        "targetRegions": [{"name": "northeurope", "regionalReplicaCount": 3, "storageAccountType": "Standard_ZRS"}],
        "replicaCount": 2,
        "endOfLifeDate": "2028-05-27",
        "publishedOn": "2026-11-27",
        "promoted": {"northeurope": "2026-11-27"},
        "provenance": {"build": "431", "commit": "7be01c2", "created": "2026-11-26T00:00:00Z"},
    }
    assert after["galleries"]["corp"]["images"]["ubuntu"]["highest"] == "1.0.0"


def hold(until: str) -> dict[str, str]:
    return {"reason": "freeze", "until": until}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (catalog(ONE, image={"hold": hold("2026-11-27")}), [("held", "1.0.1", "2026-11-27")]),
        (catalog(ONE, hold=hold("2026-12-27")), [("held", "1.0.1", "2026-12-27")]),
        (catalog(ONE, image={"hold": hold("2026-11-26")}), []),
        (catalog(ONE, image={"hold": hold("2026-11-26")}, hold=hold("2026-12-01")), [("held", "1.0.1", "2026-12-01")]),
        (
            catalog(ONE, image={"deprecated": {"since": "2026-11-27", "replacement": "corp/debian"}}),
            [("deprecated", "1.0.1", "nothing: it is deprecated; corp/debian replaces it")],
        ),
        (catalog(ONE, image={"deprecated": {"since": "2026-11-28"}}), []),
    ],
    ids=["held", "catalog-held", "hold-over", "own-hold-over", "deprecated", "deprecated-later"],
)
def test_holds_and_deprecation_stop_new_versions(document: Any, expected: Any) -> None:
    done = run(document, snapshot(document, [OLD, NEW]))

    assert waits(done) == expected
    assert bool(done.decisions) is not bool(expected)


def test_a_version_that_soaks_in_the_first_ring_is_not_overtaken() -> None:
    document = catalog({"1.0.0": version("ubuntu-1", {"northeurope": "2026-11-26"})})
    seen = snapshot(document, [OLD, NEW])

    assert ("queue", "1.0.1", "2026-11-29") in waits(run(document, seen))
    assert said(run(document, seen, expedited=["corp/ubuntu"])) == ["publish 1.0.1: latest in northeurope only"]
    assert said(run(document, seen, "2026-11-29")) == [
        "promote 1.0.0: opened in westeurope",
        "publish 1.0.1: latest in northeurope only",
    ]


@pytest.mark.parametrize(
    ("fields", "tags", "publishes"),
    [
        ({}, {"security": "true"}, False),
        ({"expediteByTag": {"security": "true"}}, {"security": "true"}, True),
        ({"expediteByTag": {"security": "true"}}, {}, False),
    ],
)
def test_a_source_overtakes_by_its_tag_only_where_the_definition_permits_it(
    fields: Any, tags: Any, publishes: bool
) -> None:
    document = catalog(
        {"1.0.0": version("ubuntu-1", {"northeurope": "2026-11-26"})},
        refresh_={"policy": "p", "from": FROM, **fields},
    )
    done = run(document, snapshot(document, [OLD, NEW._replace(tags=tags)]))

    assert bool(done.decisions) is publishes


@pytest.mark.parametrize(
    "fields", [{"revoked": {"reason": "boot loop", "on": "2026-11-26"}}, {"retire": True}], ids=["revoked", "retired"]
)
def test_a_version_that_goes_no_further_is_overtaken_at_once(fields: Any) -> None:
    document = catalog({"1.0.0": version("ubuntu-1", {"northeurope": "2026-11-26"}, **fields)})

    assert published(document, [OLD, NEW]) == ["1.0.1 from ubuntu-2"]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"validated": "true"}, []),
        ({}, [("gate", "1.0.1", "gate validated undecided: the source has no tag validated")]),
        ({"validated": "false"}, [("gate", "1.0.1", "gate validated failed: the source has the tag validated: false")]),
    ],
)
def test_a_gate_before_the_first_ring_judges_the_source(tags: Any, expected: Any) -> None:
    rings = [{"regions": "rest", "gates": "validated"}]
    document = catalog(ONE, policy={"rings": rings, "gates": {"validated": {"sourceTag": {"validated": "true"}}}})

    assert waits(run(document, snapshot(document, [OLD, NEW._replace(tags=tags)]))) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (None, ("ahead", "1.1.0", "1.1.0 of first, which goes first")),
        ({"northeurope": "2026-11-20"}, ("ahead", "1.1.0", "1.1.0 of first to be open in all its regions")),
        ({"northeurope": "2026-11-20", "westeurope": "2026-11-23", "eastus2": "2026-11-25"},
         ("soak", "1.1.0", "2026-11-30")),
        ({"northeurope": "2026-11-20", "westeurope": "2026-11-21", "eastus2": "2026-11-22"}, None),
    ],
)  # fmt: skip
def test_an_image_may_wait_for_the_same_number_of_another(other: Any, expected: Any) -> None:
    document = catalog(
        policy={"number": {"tag": "v"}},
        refresh_={"policy": "p", "from": FROM, "after": {"image": "first", "for": "P5D"}},
    )
    images = document["galleries"]["corp"]["images"]
    images["first"] = {**images["ubuntu"], "identifier": {"publisher": "a", "offer": "b", "sku": "first"}}
    images["first"]["refresh"] = {"policy": "p", "from": {"disks": {"resourceGroup": "builds"}}}
    images["first"]["versions"] = {} if other is None else {"1.1.0": version("first-1", other)}
    done = run(document, snapshot(document, [NEW._replace(tags={"v": "1.1.0"})]), images=["ubuntu"])

    assert waits(done) == ([] if expected is None else [expected])


def test_a_run_publishes_no_more_than_its_limit() -> None:
    document = catalog(ONE, refreshLimits={"newVersions": 0})
    done = run(document, snapshot(document, [OLD, NEW]))

    assert done.decisions == ()
    assert waits(done) == [("limit", "1.0.1", "a run with room: 0 are allowed in one")]


def test_what_was_declined_comes_again_when_its_content_changes() -> None:
    document = catalog(ONE)
    [first] = run(document, snapshot(document, [OLD, NEW])).decisions
    later = build("ubuntu-3", "2026-11-27T00:00:00+00:00")

    declined = run(document, snapshot(document, [OLD, NEW]), "2026-11-28", declined=[first.id])
    assert declined.decisions == ()
    assert [cause for cause, _, _ in waits(declined)] == ["declined"]
    assert run(document, snapshot(document, [OLD, NEW, later]), declined=[first.id]).decisions != ()


@pytest.mark.parametrize(
    ("images", "found"),
    [([], 1), (["corp/ubuntu"], 1), (["ubuntu"], 1), (["corp/*"], 1), (["other/*"], 0), (["debian"], 0)],
)
def test_a_run_may_be_about_some_images(images: list[str], found: int) -> None:
    assert len(run(catalog(ONE), snapshot(catalog(ONE), [OLD, NEW]), images=images).decisions) == found


@pytest.mark.parametrize("text", ["\u202e431", "{{ build }}", "431\n", "", " 431", "<b>", "x" * 101])
def test_a_tag_that_a_catalog_could_not_hold_is_left_out(text: str) -> None:
    document = catalog(ONE)
    done = run(document, snapshot(document, [OLD, NEW._replace(tags={"build": text, "commit": "7be01c2"})]))
    new = edited(document, done.decisions)["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.0.1"]

    assert new["provenance"] == {"commit": "7be01c2", "created": "2026-11-26T00:00:00Z"}
