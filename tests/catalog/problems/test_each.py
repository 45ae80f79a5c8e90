"""What the reader refuses: each fault with its code, place, words and fix."""

import pytest

from tests.catalog.problems.conftest import GOOD, version

REFUSED = [
    # YAML that is in order, with what a catalog cannot have
    (GOOD + "          1.0.0: {}\n---\na: 1", "ACG003", "11:1", "a second document begins here"),
    (version("source: !!python/object/apply:os.system [ls]"), "ACG003", "10:27", "has the tag !!python/object/apply"),
    (version("replicaCount: !env REPLICAS"), "ACG003", "10:33", "has the tag !env, which a catalog cannot have"),
    (version("replicaCount: !!int two"), "ACG003", "10:33", "has the tag !!int"),
    (version("location: *home"), "ACG003", "10:29", "the alias *home has no anchor &home above it"),
    (version("tags: &t {a: *t}"), "ACG003", "10:32", "the alias *t is part of the value that &t names"),
    (version("<<: [1]"), "ACG007", "10:23", "the merge key << has a value that is neither a mapping nor a list"),
    ("[" * 65 + "]" * 65, "ACG003", "1:65", "lists and mappings are nested more than 64 deep"),
    # keys
    (version("location: a, location: b"), "ACG004", "10:32", "the key 'location' appears here and in line 10"),
    (GOOD + "          1.0.0: {}\n          1.0.0: {}", "ACG004", "11:11", "the key '1.0.0' appears here and in line"),
    (version("targetRegion: [a]"), "ACG005", "10:19", "corp/ubuntu/1.0.0 has the unknown key 'targetRegion'"),
    (version("target_regions: [a]"), "ACG005", "10:19", "corp/ubuntu/1.0.0 has the unknown key 'target_regions'"),
    (version("dataDisks: [{lun: 0, size: 5}]"), "ACG005", "10:40", "corp/ubuntu/1.0.0: dataDisks[0] has the unknown k"),
    ("name: x\nruntime: !y z\nconfig: $(e)", "ACG005", "1:1", "the file has none of a catalog's keys"),
    ("galeries: {}\n", "ACG005", "1:1", "the catalog has the unknown key 'galeries'"),
    (version("dataDisks: [{disk: x}]"), "ACG006", "10:31", "corp/ubuntu/1.0.0: dataDisks[0] has no lun"),
    ("galleries: {corp: {}}", "ACG006", "1:13", "corp has no resourceGroup"),
    (GOOD + "          1.10: {}", "ACG008", "10:11", "the version 1.10 is a number to YAML, not text"),
    (version("tags: {1: a}"), "ACG008", "10:26", "the key 1 is a number to YAML, not text"),
    (version("tags: {true: a}"), "ACG008", "10:26", "the key true is true or false to YAML, not text"),
    (version("tags: {? : a}"), "ACG008", "10:28", "the key before the colon is nothing to YAML, not text"),
    (version("tags: {? [a] : b}"), "ACG008", "10:28", "a list is used as a key"),
    (version("tags: {? {a: b} : c}"), "ACG008", "10:28", "a mapping is used as a key"),
    (GOOD + "          ~: {}", "ACG008", "10:11", "the version ~ is nothing to YAML, not text"),
    (version("tags: {'': a}"), "ACG008", "10:26", "a key of corp/ubuntu/1.0.0: tags is empty"),
    # shapes
    (version("location: ''"), "ACG007", "10:29", "corp/ubuntu/1.0.0: location is empty"),
    (version("targetRegions: ['  ']"), "ACG007", "10:35", "corp/ubuntu/1.0.0: targetRegions[0] is empty"),
    (version("targetRegions: westeurope"), "ACG007", "10:34", "targetRegions is the text 'westeurope', needs a list"),
    (version("targetRegions: {a: b}"), "ACG007", "10:19", "targetRegions is a mapping, needs a list"),
    (version("targetRegions: [5]"), "ACG007", "10:35", "targetRegions[0] is the number 5, needs a mapping or text"),
    (version("excludeFromLatest: yes"), "ACG007", "10:38", "excludeFromLatest is the text 'yes', needs true or false"),
    (version("excludeFromLatest: 1"), "ACG007", "10:38", "excludeFromLatest is the number 1, needs true or false"),
    (version("excludeFromLatest: 'true'"), "ACG007", "10:38", "excludeFromLatest is the text 'true', needs true or"),
    (
        version("suppress: [{rule: ACG402, reason: ' ', until: 2027-01-01}]"),
        "ACG007",
        "10:53",
        "suppress[0].reason is blank, needs text",
    ),
    (version("revoked: {reason: '', on: 2027-01-01}"), "ACG007", "10:37", "revoked.reason is blank, needs text"),
    (version("replicaCount: two"), "ACG007", "10:33", "replicaCount is the text 'two', needs a whole number"),
    (version("replicaCount: '2'"), "ACG007", "10:33", "replicaCount is the text '2', needs a whole number"),
    (version("replicaCount: 2.0"), "ACG007", "10:33", "replicaCount is the number 2.0, needs a whole number"),
    (version("replicaCount: true"), "ACG007", "10:33", "replicaCount is true, needs a whole number"),
    (version("tags: {cost: 042}"), "ACG007", "10:32", "tags.cost is the number 42, needs text"),
    (version("tags: {open: false}"), "ACG007", "10:32", "tags.open is false, needs text"),
    (version("source: text"), "ACG007", "10:27", "source is the text 'text', needs a mapping"),
    (version("publishedBy: me"), "ACG007", "10:32", "publishedBy is the text 'me', can only be 'external'"),
    (version("timeouts: {create: soon}"), "ACG007", "10:38", "timeouts.create is the text 'soon', which is not of"),
    (GOOD, "ACG007", "9:18", "corp/ubuntu: versions is empty, needs a mapping"),
    (GOOD + "          1.0.0:\n", "ACG007", "10:17", "corp/ubuntu/1.0.0 is empty, needs a mapping"),
    ("galleries:\n", "ACG007", "1:11", "galleries is empty, needs a mapping"),
    ("galleries: [corp]", "ACG007", "1:12", "galleries is a list, needs a mapping"),
    ("- corp", "ACG007", "1:1", "the file is a list, needs a mapping"),
    ("corp", "ACG007", "1:1", "the file is the text 'corp', needs a mapping"),
    # what does not go together
    ("galleries: {c: {resourceGroup: r, existing: true, lock: ReadOnly}}", "ACG011", "1:13", "c says existing: true"),
    ("galleries: {c: {resourceGroup: r, images: {i: {}}}}", "ACG011", "1:44", "c/i needs osType and osState and"),
    # nothing at all
    ("", "ACG010", "", "is empty"),
    ("# nothing\n", "ACG010", "", "is empty"),
    ("{}", "ACG010", "", "is empty"),
    ("galleries: {}", "ACG010", "", "declares no gallery"),
    ("resourceGroups: {rg: {location: westeurope}}", "ACG010", "", "declares no gallery"),
    # bytes
    (b"galleries:\n  corp: \xff", "ACG001", "2", "is not UTF-8: byte 0xFF"),
    ("galleries: {}".encode("utf-16"), "ACG001", "1", "is not UTF-8: byte 0xFF"),
    ("galleries: {}".encode("utf-16-le"), "ACG001", "1", "is not UTF-8: byte 0x00"),
    ("galleries: {}".encode("utf-16-be"), "ACG001", "1", "is not UTF-8: byte 0x00"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "place", "words"), REFUSED)
def test_each_fault_has_its_code_place_and_words(read, text, code, place, words):
    (problem,) = read(text).problems

    assert (problem.code, problem.place) == (code, ":".join(filter(None, ["corp.yaml", place])))
    assert words in problem.message
    assert problem.fix.endswith((".", '"', "]", "anchor")) or ":" in problem.fix


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("1.10", "Write three parts: 1.10.0"),
        ("1.0", "Write three parts: 1.0.0"),
        ("1", "Write three parts: 1.0.0"),
        ("2024", "Write three parts: 2024.0.0"),
        ("1e3", "Write three parts: major.minor.patch, such as 1.4.0"),
    ],
)
def test_a_version_that_yaml_reads_as_a_number_is_refused_with_how_to_write_it(read, written, fix):
    (problem,) = read(f"{GOOD}          {written}: {{}}").problems

    assert (problem.code, problem.fix) == ("ACG008", fix)
    assert problem.path[-1] == written


@pytest.mark.parametrize("written", ["'1.0'", '"1"', "v1.0.0", "2024-01-01", "1.0.0-beta", "latest", "01.0.0"])
def test_a_version_that_is_text_is_left_to_the_rules(read, written):
    reading = read(f"{GOOD}          {written}: {{}}")

    assert reading.problems == ()
    assert list(reading.require().galleries["corp"].images["ubuntu"].versions) == [written.strip("'\"")]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (version("targetRegion: [a]"), "Write targetRegions."),
        (version("target_regions: [a]"), "Write targetRegions."),
        (version("ENDOFLIFEDATE: a"), "Write endOfLifeDate."),
        (
            version("source: {zzz: a}"),
            "Remove it; known here are virtualMachine, managedImage, version, communityVersion.",
        ),
        (version("source: {id: a}"), "Write virtualMachine, managedImage or version in place of Azure's id."),
        (version("storageProfile: {}"), "Write source, osDisk or dataDisks in place of Azure's storageProfile."),
        (version("osDisk: {source: a}"), "Write disk, snapshot or vhd in place of Azure's source."),
        (version("dataDiskImages: []"), "Write dataDisks in place of Azure's dataDiskImages."),
        (version("osType: Linux"), "Move it to an image definition."),
        (
            version("properties: {}"),
            "Write what is below it one level up; Azure's properties have no key of their own here.",
        ),
        (version("eol: 2027-01-01"), "Write endOfLifeDate in place of eol."),
        (version("source: {vhd: a}"), "Move it to osDisk or to a data disk."),
        (version("targetRegions: [{region: a}]"), "Write name in place of region."),
        (
            version("targetRegions: [{West Europe: 2}]"),
            "Write name: West Europe, and the number as regionalReplicaCount.",
        ),
        (
            version("targetRegions: [{name: a, replicaCount: 2}]"),
            "Write regionalReplicaCount in place of replicaCount.",
        ),
        (
            GOOD.replace("versions:", "trusted_launch_supported: true"),
            "Write securityType in place of trusted_launch_supported.",
        ),
        (GOOD.replace("versions:", "features: {IsHibernateSupported: true}"), 'Put it in quotes: "true"'),
        ("gallery: {}", "Write galleries."),
        ("resourceGroup: {}", "Write resourceGroups."),
        ("galleries: {c: {resourceGroup: r, targetRegions: [a]}}", "Move it to a version or to defaults."),
        (version("dataDisks: [{disk: x}]"), "Add lun: Logical unit number, unique among the version's data disks."),
        (version("targetRegions: westeurope"), "Put it in brackets: [westeurope]"),
        (version("targetRegions: {a: b}"), "Put a hyphen in front of each entry."),
        (version("excludeFromLatest: yes"), "Write true or false, without quotes."),
        (version("replicaCount: '2'"), "Write it without quotes: 2"),
        (version("replicaCount: two"), "Write a whole number."),
        (version("tags: {cost: 042}"), 'Put it in quotes: "042"'),
        (GOOD.replace("versions:", "hyperVGeneration: 2"), "Write V1 or V2."),
        ("galleries: {c: {resourceGroup: r, lock: 5}}", "Write a mapping or text."),
        (version("tags: {007: bond}"), 'Put it in quotes: "007"'),
        (GOOD, "Write a mapping, or leave the key out."),
        (GOOD + "          - number: 1.0.0", "Write the name of each entry as its key, in place of the hyphen."),
        ("galleries: [{name: corp}]", "Write the name of each entry as its key, in place of the hyphen."),
        (GOOD + "          true: {}", "Write three parts: major.minor.patch, such as 1.4.0"),
        (version("x-common: a"), "Move it to the top of the file, where x-… keys are for anchors."),
        (version("replicaCount: '" + "9" * 5_000 + "'"), f"Write it without quotes: {'9' * 475}…{'9' * 500}"),
        (version("timeouts: {create: soon}"), "See what it stands for: Longest wait for a create, such as 2h or 90m."),
    ],
)
def test_the_fix_says_what_to_write(read, text, fix):
    (problem,) = read(text).problems

    assert problem.fix == fix
