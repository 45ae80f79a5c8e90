"""Which number a new version gets, in lines and from other definitions."""

from __future__ import annotations

from typing import Any

import pytest

from acg.state.observed.coverage import Part
from tests.refresh.world import FROM, build, catalog, edited, run, said, snapshot, version, waits

OLD = build("ubuntu-1", "2026-11-01T00:00:00+00:00")
NEW = build("ubuntu-2", "2026-11-26T00:00:00+00:00")
ONE = {"1.0.0": version("ubuntu-1", publishedOn="2026-11-02")}


def published(document: dict[str, Any], sources: list[Any], today: str = "2026-11-27", **more: Any) -> list[str]:
    """The new versions, each with the name of its source."""
    done = run(document, snapshot(document, sources, **more), today)
    return [f"{one.version} from {one.origin.name}" for one in done.decisions if one.origin]


@pytest.mark.parametrize(
    ("number", "versions", "highest", "expected"),
    [
        ("patch", ["1.4.9"], None, "1.4.10"),
        ("minor", ["1.4.9"], None, "1.5.0"),
        ("major", ["1.4.9"], None, "2.0.0"),
        ("date", ["1.4.9"], None, "2026.1127.0"),
        ("date", ["2026.1127.0"], None, "2026.1127.1"),
        ("patch", ["1.4.9", "1.10.0"], None, "1.10.1"),
        ("patch", ["1.4.9"], "1.6.2", "1.6.3"),
        ("patch", [], "1.6.2", "1.6.3"),
        ("patch", [], None, "1.0.0"),
    ],
)
def test_a_number_is_above_all_that_ever_were(
    number: str, versions: list[str], highest: str | None, expected: str
) -> None:
    document = catalog(
        {key: version("ubuntu-1", publishedOn="2026-11-02") for key in versions},
        policy={"number": number},
        image={"highest": highest} if highest else {},
    )

    assert published(document, [OLD, NEW] if versions else [NEW]) == [f"{expected} from ubuntu-2"]


def test_numbers_in_the_bin_are_never_used_again() -> None:
    assert published(catalog(ONE), [OLD, NEW], binned=["1.3.0"]) == ["1.3.1 from ubuntu-2"]


def test_a_bin_that_could_not_be_read_may_hold_any_number() -> None:
    done = run(catalog(ONE), snapshot(catalog(ONE), [OLD, NEW], unread={Part.SOFT_DELETED: "was refused (403)"}))

    assert done.decisions == ()
    assert [cause for cause, _, _ in waits(done)] == ["unknown"]


def test_a_version_that_is_in_azure_alone_counts_as_long_as_it_is_not_above_the_catalogs() -> None:
    deployed = catalog({**ONE, "1.2.0": version("ubuntu-0")})
    done = run(catalog(ONE, image={"highest": "1.2.0"}), snapshot(deployed, [OLD, NEW]))

    assert [one.version for one in done.decisions] == ["1.2.1"]


def test_a_line_that_others_write_too_is_refused() -> None:
    deployed = catalog({**ONE, "1.2.0": version("ubuntu-0")})
    done = run(catalog(ONE), snapshot(deployed, [OLD, NEW]))

    assert waits(done) == [("foreign", "1.2.1", "a line of its own: others published 1.2.0, which the catalog lacks")]


@pytest.mark.parametrize(
    ("by", "highest", "left"),
    [
        ("patch", "1.0.2147483647", False),
        ("minor", "1.2147483647.0", False),
        ("major", "2147483647.0.0", False),
        ("minor", "1.0.2147483647", True),
        ("major", "1.2147483647.0", True),
        ("patch", "2147483647.2147483647.0", True),
    ],
)
def test_there_is_a_highest_number_of_each_part(by: str, highest: str, left: bool) -> None:
    document = catalog({highest: version("ubuntu-1", publishedOn="2026-11-02")}, policy={"number": by})
    done = run(document, snapshot(document, [OLD, NEW]))

    assert len(done.decisions) == left
    assert waits(done) == ([] if left else [
        ("number", None, f"a number for ubuntu-2: the {by} number of {highest} is the highest that Azure takes")
    ])  # fmt: skip


def test_a_number_of_a_tag_belongs_to_the_line() -> None:
    line = {"line": "1.31", "policy": "p", "from": FROM}
    document = catalog(
        {"1.31.0": version("ubuntu-1", publishedOn="2026-11-02")}, policy={"number": {"tag": "v"}}, refresh_=[line]
    )
    done = run(document, snapshot(document, [OLD, NEW._replace(tags={"v": "1.32.0"})]))

    assert [what for _, _, what in waits(done)] == ["a number for ubuntu-2: 1.32.0 is not of line 1.31"]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"v": "1.2.0"}, "1.2.0"),
        ({"v": "0.9.0"}, "a number for ubuntu-2: 0.9.0 is not above 1.0.0, the highest so far"),
        ({"v": "2147483648.0.0"}, "a number for ubuntu-2: '2147483648.0.0' is no version number"),
        ({"v": "one"}, "a number for ubuntu-2: 'one' is no version number"),
        ({}, "a number for ubuntu-2: it has no tag v"),
    ],
)
def test_a_tag_of_the_source_may_bring_the_number(tags: dict[str, str], expected: str) -> None:
    document = catalog(ONE, policy={"number": {"tag": "v"}})
    done = run(document, snapshot(document, [OLD, NEW._replace(tags=tags)]))

    assert [*(one.version for one in done.decisions), *(what for _, _, what in waits(done))] == [expected]


def test_lines_are_numbered_on_their_own() -> None:
    document = catalog(
        {key: version(f"ubuntu-{key}", publishedOn="2026-11-02") for key in ("1.31.4", "1.32.0")},
        refresh_=[
            {"line": line, "policy": "p", "from": {"managedImages": {"resourceGroup": "builds", "name": f"k-{line}-*"}}}
            for line in ("1.31", "1.32", "1.33")
        ],
    )
    sources = [build(f"k-{line}-9", "2026-11-26T00:00:00+00:00") for line in ("1.31", "1.32", "1.33")]
    done = run(document, snapshot(document, sources))

    assert [(one.line, one.version) for one in done.decisions] == [
        ("1.31", "1.31.5"),
        ("1.32", "1.32.1"),
        ("1.33", "1.33.0"),
    ]
    assert edited(document, done.decisions)["galleries"]["corp"]["images"]["ubuntu"]["highest"] == {
        "1.31": "1.31.5",
        "1.32": "1.32.1",
        "1.33": "1.33.0",
    }


def two_images(**build_version: Any) -> dict[str, Any]:
    """corp/ubuntu copies the versions of corp/built, under their numbers."""
    document = catalog(policy={"number": "source"}, refresh_={"policy": "p", "from": {"definition": "corp/built"}})
    images = document["galleries"]["corp"]["images"]
    images["built"] = {**images["ubuntu"], "identifier": {"publisher": "a", "offer": "b", "sku": "built"}}
    del images["built"]["refresh"]
    images["built"]["versions"] = {
        "1.2.0": version("a"),
        "1.10.0": version("b", **build_version),
        "1.9.0": version("c"),
    }
    return document


def succeeded(document: dict[str, Any], *numbers: str) -> Any:
    from acg.state.observed import Facts
    from tests.refresh.world import CORP

    seen = snapshot(document)
    facts = {f"{CORP}/images/built/versions/{number}".lower(): Facts("Succeeded") for number in numbers}
    return type(seen)(**{**seen.__dict__, "facts": {**seen.facts, **facts}})


def test_the_highest_version_of_another_definition_keeps_its_number() -> None:
    document = two_images()
    done = run(document, succeeded(document, "1.2.0", "1.9.0", "1.10.0"))
    after = edited(document, done.decisions)

    assert said(done) == ["publish 1.10.0: latest in northeurope only"]
    new = after["galleries"]["corp"]["images"]["ubuntu"]["versions"]["1.10.0"]
    assert new["source"] == {"version": "corp/built/1.10.0"}
    assert run(after, succeeded(document, "1.2.0", "1.9.0", "1.10.0")).decisions == ()


def test_an_excluded_version_is_no_source() -> None:
    document = two_images(excludeFromLatest=True)
    done = run(document, succeeded(document, "1.2.0", "1.9.0", "1.10.0"))

    assert [one.version for one in done.decisions] == ["1.9.0"]


def test_a_version_encrypted_with_a_customers_key_is_no_source() -> None:
    encrypted = {"name": "northeurope", "encryption": {"osDiskImage": {"diskEncryptionSetId": "/des"}}}
    document = two_images(targetRegions=[encrypted])
    document["galleries"]["corp"]["images"]["built"]["versions"] = {"1.10.0": version("b", targetRegions=[encrypted])}
    [(cause, _, what)] = waits(run(document, succeeded(document, "1.10.0")))

    assert cause == "unfit"
    assert "encrypted with a customer's key" in what
