"""The policy pack `acg`: every rule of this project, and of yours, as a Pulumi policy."""

from pack.own import known_rules
from pack.policies import policies_of
from pack.servicer import judging_by
from pulumi_policy import EnforcementLevel, PolicyPack

rules = known_rules()
with judging_by(rules):
    PolicyPack("acg", policies_of(rules.values()), enforcement_level=EnforcementLevel.ADVISORY)
