"""What holds of any two catalogs."""

from __future__ import annotations

import json
from datetime import date

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from acg.catalog.reader import read_files
from acg.desired.lower import lower
from acg.plan.classify.classify import Classified, classify
from acg.plan.digest import digests
from acg.plan.state import State
from tests.change_agreement.edits import EDITS, Edit
from tests.change_agreement.estate import Estate, estates

TODAY = date(2026, 11, 27)
quick = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a catalog as large as these takes minutes to shrink
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
edits = st.sampled_from([one for one in EDITS.values() if one.name != "a_program_renames"])


def _state(text: str) -> State:
    reading = read_files([("catalog.yaml", text.encode())], "catalog.yaml")
    lowered = lower(reading)
    assert not reading.problems
    assert not lowered.problems
    return State.of(lowered)


def _plan(before: Estate | str, after: Estate | str) -> Classified:
    texts = (one if isinstance(one, str) else one.text() for one in (before, after))
    one, two = map(_state, texts)
    return classify(one, two, TODAY)


def _edited(before: Estate, edit: Edit) -> Estate:
    if edit.prepare:
        edit.prepare(before)
    after = before.copied()
    edit.make(after)
    return after


@quick
@given(estates())
def test_a_catalog_against_itself_changes_nothing(estate: Estate) -> None:
    found = _plan(estate, estate)
    assert found.changes == ()
    assert found.no_effect == {}


@quick
@given(estates(), edits)
def test_a_change_is_seen_from_the_other_side_too(before: Estate, edit: Edit) -> None:
    after = _edited(before, edit)
    if edit.means is not None:
        assert _plan(before, after).changes
        assert _plan(after, before).changes


@quick
@given(estates(), edits, st.sampled_from(["json", "wide", "narrow", "reversed", "spelled"]))
def test_layout_order_and_spelling_never_matter(before: Estate, edit: Edit, layout: str) -> None:
    after = _edited(before, edit)
    plain = _plan(before, after)
    again = _plan(_laid_out(before, layout), _laid_out(after, layout))
    assert _said(again) == _said(plain)
    assert digests(again.changes) == digests(plain.changes)
    assert not _plan(after, _laid_out(after, layout)).changes


@quick
@given(estates(), edits, edits)
def test_digests_differ_where_plans_do(before: Estate, edit: Edit, other: Edit) -> None:
    for one in (edit, other):
        if one.prepare:
            one.prepare(before)
    plans = []
    for one in (edit, other):
        after = before.copied()
        try:
            one.make(after)
        except KeyError:
            return
        plans.append(_plan(before, after))
    same = _meant(plans[0]) == _meant(plans[1])
    assert (digests(plans[0].changes) == digests(plans[1].changes)) == same


def _said(found: Classified) -> set[tuple[object, ...]]:
    return {(one.action, one.reason, one.resource.title.lower(), one.refused_by) for one in found.changes}


def _meant(found: Classified) -> set[tuple[object, ...]]:
    return {(one.reason, one.resource.title.lower(), str(sorted(map(str, one.inputs)))) for one in found.changes}


def _laid_out(estate: Estate, layout: str) -> str:
    """The same catalog, written otherwise."""
    catalog = estate.copied().catalog
    if layout == "json":
        return json.dumps(catalog)
    if layout == "wide":
        return yaml.safe_dump(catalog, default_flow_style=True, width=10_000)
    if layout == "narrow":
        return "# A comment.\n\n" + yaml.safe_dump(catalog, indent=6, width=20)
    if layout == "reversed":
        return yaml.safe_dump(_reversed(catalog), sort_keys=False)
    text = yaml.safe_dump(catalog, sort_keys=False)
    for plain, spelled in (("name: westeurope", "name: West Europe"), ("Standard_ZRS", "standard_zrs")):
        text = text.replace(plain, spelled)
    return text.replace("osState: Generalized", "osState: generalized")


def _reversed(value: object) -> object:
    if isinstance(value, dict):
        return {key: _reversed(one) for key, one in reversed(value.items())}
    if isinstance(value, list) and all(isinstance(one, dict) and {"name", "lun"} & one.keys() for one in value):
        return [_reversed(one) for one in reversed(value)]
    return value
