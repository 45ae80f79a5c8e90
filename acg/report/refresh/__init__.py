"""A refresh as text for a terminal, as Markdown for the body of a pull request, and as JSON."""

from acg.report.refresh.shown import Shown

__all__ = ["Shown"]
