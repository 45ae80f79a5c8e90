"""The way out of the deletion of what is protected: once, for what is deleted and all that is in it."""

from __future__ import annotations

from tests.plan.catalogs import Json, catalog
from tests.plan.test_outside import planned, state


def test_what_keeps_a_definition_keeps_its_versions() -> None:
    def less(made: Json) -> None:
        made["galleries"]["corp"]["images"] = {}

    found = {one.resource.title: one.proposal for one in planned(state(catalog()), catalog(less)).changes}
    whole = found["corp/web"]
    assert whole is not None
    (edit,) = whole.edits
    assert edit.value["retire"] is True
    assert {*edit.value["versions"]} == {"1.0.0", "1.1.0"}
    for number in ("1.0.0", "1.1.0"):
        proposal = found[f"corp/web {number}"]
        assert proposal is not None
        assert (proposal.text, proposal.edits) == ("What keeps corp/web keeps it, too.", ())
