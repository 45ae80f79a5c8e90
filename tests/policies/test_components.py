"""What components carry for the rules: files, declared sizes and suppressions of their children."""

from datetime import UTC, datetime
from typing import Any

import pytest

from acg.desired.metadata import carry
from acg.desired.resource import Place, Suppressed
from acg.desired.resource import Resource as Desired
from acg.rules import examples
from acg.testing import UNKNOWN, Resource, Secret
from tests.policies.conftest import version


def component(*resources: Desired, **more: Any) -> Resource:
    """A gallery component with these beneath it."""
    return Resource("acg:index:Gallery", carry("corp", resources), name="corp", **more)


def declared(number: str = "1.0.0", **more: Any) -> tuple[Resource, Resource]:
    """A component with a version that is declared in a catalog, and the version beneath it."""
    known = examples.version(number, expected_sizes=more.pop("sizes", None), **more.pop("inputs", {}))
    known.source = Place("galleries/corp.yaml", 42, 9, "galleries.corp.images.ubuntu.versions.1.0.0")
    known.suppressed = more.pop("suppressed", ())
    parent = component(known)
    return parent, Resource(known.type, known.inputs, name=known.name, parent=parent)


class TestComponents:
    """A component carries what its children cannot, and is not judged itself."""

    def test_a_violation_names_the_file_of_the_catalog(self, pack):
        parent, child = declared("1.0")
        report = pack.run(parent, child)
        found = report.assert_violation("version-number", "has 2 parts", urn=child)
        assert found.message.startswith("galleries/corp.yaml: ACG103 corp/ubuntu/1.0 ")
        assert not [one for one in report if one.urn == parent.urn]

    def test_a_declared_size_is_refused_before_the_version_is_sent_and_once(self, pack):
        parent, child = declared(sizes={None: 2_049})
        pack.analyze(parent).assert_clean()
        pack.analyze(child).assert_violation("disk-size", "2,049 GB", urn=child)
        pack.analyze_stack(parent, child).assert_silent("disk-size")

    def test_the_pack_may_have_a_lower_limit_than_the_component(self, pack):
        parent, child = declared(sizes={None: 30, 0: 513})
        pack.run(parent, child).assert_silent("data-disk-size")
        pack.configure({"data-disk-size": {"maximumGB": 512}})
        pack.run(parent, child).assert_violation("data-disk-size", "513 GB, above 512 GB", urn=child)

    def test_declared_sizes_leave_nothing_undecided(self, pack):
        parent, child = declared(sizes={None: 30})
        pack.run(parent, child).assert_silent("disk-size")

    def test_a_suppression_travels_with_the_component(self, pack):
        until = str(datetime.now(UTC).date())
        parent, child = declared("1.0", suppressed=(Suppressed("ACG103", "known", until),))
        report = pack.run(parent, child)
        report.assert_violation("version-number", f"suppressed until {until}: known", level="advisory", urn=child)
        report.assert_silent("suppressions")

    def test_a_secret_among_what_it_carries_is_not_told(self, pack):
        parent, child = declared(sizes={None: 30})
        odd = Resource(parent.type, {"expectedSizeGB": Secret({"ubuntu/1.0.0": {"os": 2_049}})}, name="corp")
        child = Resource(child.type, child.inputs, name=child.name, parent=odd)
        found = pack.run(odd, child).assert_violation("disk-size", "secret")
        assert "2,049" not in found.message

    def test_a_secret_suppression_suppresses_nothing_and_is_not_told(self, pack):
        secret = [{"rule": "ACG103", "reason": "classified", "until": "2999-12-31"}]
        parent = Resource("acg:index:Gallery", {"suppress": {"ubuntu/1.0": Secret(secret)}}, name="corp")
        report = pack.run(parent, version("1.0", parent=parent))
        report.assert_violation("version-number")
        assert "classified" not in str(report)

    @pytest.mark.parametrize(
        "inputs",
        [
            {"suppress": UNKNOWN},
            {"expectedSizeGB": {"ubuntu/1.0": "x"}},
            {"declaredIn": [1]},
            {"declaredIn": {".": [1]}},
            {"suppress": {"ubuntu/1.0": [{}]}},
        ],
        ids=repr,
    )
    def test_somebody_elses_component_of_that_name_breaks_nothing(self, pack, inputs):
        parent = Resource("acg:index:Gallery", inputs, name="corp")
        child = version("1.0", parent=parent)
        pack.run(parent, child).assert_violation("version-number", urn=child)
