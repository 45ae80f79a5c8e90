"""The result of a check for people and for machines; every form is made from the same `Checked`."""

from acg.report.check.checked import Checked, Entry

__all__ = ["Checked", "Entry"]
