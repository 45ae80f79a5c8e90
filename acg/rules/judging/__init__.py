"""How verdicts come about and become a report; `acg.rules.evaluation` is what others use."""
