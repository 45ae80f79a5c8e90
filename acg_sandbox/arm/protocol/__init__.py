"""How Azure Resource Manager speaks: requests, answers, refusals, long-running operations. It knows no provider."""
