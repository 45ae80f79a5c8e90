"""Test Pulumi policies: run a pack, or one policy, on resources written as dictionaries and look at what it reports.

    from acg.testing import Resource, UNKNOWN, in_process, start_pack

    report = in_process(my_policy).analyze(Resource("azure-native:compute:Gallery", {"galleryName": UNKNOWN}))
    report.assert_silent("my-policy")

    with start_pack("policies", config={"gallery-name": "mandatory"}) as pack:
        pack.run(gallery, image).assert_violation("gallery-name", "may not start with a dot", urn=gallery)

Three ways to run, one `Pack` for all of them:

* `in_process` takes policy objects, for unit tests and debuggers;
* `load_pack` takes the folder of a pack and runs its ``__main__.py`` in this process;
* `start_pack` takes the folder and starts the process that Pulumi would start, to talk to it over gRPC.

All of them go through the analyzer that ``pulumi_policy`` itself serves, with the messages that Pulumi's engine sends.
"""

from acg.testing._errors import PackStartError
from acg.testing._load import in_process, load_pack
from acg.testing._pack import Pack, Policy
from acg.testing._process import start_pack
from acg.testing._report import Diagnostic, Level, Remediation, Report, Severity
from acg.testing._resource import PROJECT, STACK, Resource
from acg.testing._values import UNKNOWN, Secret, Unknown

__all__ = [
    "in_process",
    "load_pack",
    "start_pack",
    "Pack",
    "Policy",
    "Resource",
    "UNKNOWN",
    "Unknown",
    "Secret",
    "Report",
    "Diagnostic",
    "Remediation",
    "Level",
    "Severity",
    "PackStartError",
    "PROJECT",
    "STACK",
]
