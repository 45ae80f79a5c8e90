"""The policy pack `acg`: every rule of this project, and of yours, as a Pulumi policy."""

import sys

from acg_policies.own import OwnRulesError, known_rules
from acg_policies.policies import policies_of
from acg_policies.servicer import judging_by
from pulumi_policy import EnforcementLevel, PolicyPack

try:
    rules = known_rules()
except OwnRulesError as error:
    sys.exit(str(error))
with judging_by(rules):
    PolicyPack("acg", policies_of(rules.values()), enforcement_level=EnforcementLevel.ADVISORY)
