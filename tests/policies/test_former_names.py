"""A resource under a new URN whose alias is the old one: a refresh shows both, and they are one."""

from acg_policies.snapshot import Snapshot
from pulumi.runtime.proto import analyzer_pb2

TYPE = "azure-native:compute:Gallery"
OLD, NEW = (f"urn:pulumi:dev::corp::acg:index:Gallery${TYPE}::{name}" for name in ("corp", "company"))


def shown(urn: str, *aliases: str) -> analyzer_pb2.AnalyzerResource:
    resource = analyzer_pb2.AnalyzerResource(type=TYPE, urn=urn, name=urn.rsplit("::", 1)[1])
    resource.options.aliases.extend(aliases)
    resource.properties["name"] = "corp"
    return resource


def seen(*resources: analyzer_pb2.AnalyzerResource) -> set[str]:
    return {one.plain.name for one in Snapshot().whole(analyzer_pb2.AnalyzeStackRequest(resources=resources))}


def test_a_former_urn_is_no_second_resource():
    assert seen(shown(OLD), shown(NEW, OLD)) == {NEW}


def test_two_resources_stay_two():
    assert seen(shown(OLD), shown(NEW)) == {OLD, NEW}
