"""Deploy the galleries and lab plans of the catalog that the stack's configuration names."""

import sys

import pulumi
from pulumi_acg import declare

from acg.catalog.reader import read_catalog
from acg.errors import InputError, Refused

config = pulumi.Config("acg")
protect = None if config.get("protect") == "as-declared" else config.get_bool("protect")
try:
    catalog = read_catalog(config.require("catalog"))
    galleries = declare(catalog, protect=protect, galleries=config.get("galleries"), lab_plans=config.get("labPlans"))
except (InputError, Refused) as error:
    for problem in error.problems if isinstance(error, InputError) else error.findings:
        pulumi.log.error(str(problem))
    sys.exit(32)  # what went wrong has been said; Pulumi adds nothing
for name, gallery in galleries.items():
    pulumi.export(name, gallery.summary)
if galleries.lab_plans:
    pulumi.export("labPlans", {name: plan.lab_plan_id for name, plan in galleries.lab_plans.items()})
