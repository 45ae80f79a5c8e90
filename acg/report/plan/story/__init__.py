"""What a plan says, part by part, as blocks: the same words in every format that people read."""

from acg.report.plan.story.footer import footer
from acg.report.plan.story.sections import sections
from acg.report.plan.story.verdict import Status, Verdict, verdict

__all__ = ["sections", "verdict", "footer", "Verdict", "Status"]
