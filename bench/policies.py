"""What the policy pack costs for each resource, over gRPC as the engine asks it, against a pack with one policy."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from google.protobuf.message import Message
from pulumi.runtime.proto.analyzer_pb2 import AnalyzeRequest

from acg.rules import examples
from acg.testing import Resource, start_pack

POLICIES = Path(__file__).resolve().parent.parent / "policies"

ONE_POLICY = """
from pulumi_policy import PolicyPack, ResourceValidationPolicy

def three_parts(args, report):
    if args.resource_type == "azure-native:compute:GalleryImageVersion":
        if args.props["galleryImageVersionName"].count(".") != 2:
            report("has not three parts")

names = [f"three-parts-{number}" for number in range(COUNT)]
PolicyPack("one", [ResourceValidationPolicy(name, "Versions have three parts", three_parts) for name in names])
"""


def per_resource(versions: int = 500) -> tuple[float, float, float]:
    """Seconds for one version in a pack with one policy, in ours, and in a pack with as many policies as ours."""
    with start_pack(POLICIES) as pack:
        count = len(pack.policies)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as many:
        Path(one, "__main__.py").write_text(ONE_POLICY.replace("COUNT", "1"))
        Path(many, "__main__.py").write_text(ONE_POLICY.replace("COUNT", str(count)))
        baseline, ours, crowd = (_fastest(folder, versions) for folder in (one, POLICIES, many))
    return baseline, ours, crowd


def _fastest(folder: str | Path, versions: int, runs: int = 3) -> float:
    requests = [_version(number).request() for number in range(versions)]
    with start_pack(folder) as pack:
        call = pack._call  # pyright: ignore[reportPrivateUsage]  # without the kit's own work around it
        return min(_once(call, requests) for _ in range(runs)) / versions


def _once(call: Callable[[str, Message], object], requests: list[AnalyzeRequest]) -> float:
    start = time.perf_counter()
    for request in requests:
        call("Remediate", request)
        call("Analyze", request)
    return time.perf_counter() - start


def _version(patch: int) -> Resource:
    target = {"regionalReplicaCount": 2, "storageAccountType": "Standard_LRS"}
    regions = [{"name": name, **target} for name in ("westeurope", "northeurope", "eastus2")]
    made = examples.version(f"1.0.{patch}", regions=regions)
    return Resource(made.type, made.inputs, name=made.name)


if __name__ == "__main__":
    for what, seconds in zip(("one policy", "this pack", "as many policies"), per_resource(), strict=True):
        print(f"{what:18} {seconds * 1000:6.2f} ms")
