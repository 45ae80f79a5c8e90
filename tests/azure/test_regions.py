"""Regions: canonical names, clouds, and what misspelt names were meant to be."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg.azure.regions import SOVEREIGN, Cloud, Region, RegionTable, canonical

TABLE = RegionTable()
ANY_REGION = st.sampled_from(sorted(TABLE))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("eastus2", "eastus2"),
        ("East US 2", "eastus2"),
        ("EastUS2", "eastus2"),
        (" West\tEurope ", "westeurope"),
        ("US Gov Virginia", "usgovvirginia"),
        ("Mars North", "marsnorth"),
    ],
)
def test_names_have_one_canonical_form(written, name):
    assert canonical(written) == name


def test_every_display_name_is_a_spelling_of_its_name():
    assert [region.name for region in TABLE.values()] == [canonical(region.display_name) for region in TABLE.values()]


def test_the_table_is_sorted_and_has_each_region_once():
    assert all(one < other for one, other in pairwise(TABLE))


def test_pairs_are_known_regions_apart_from_those_that_not_everyone_may_see():
    assert {region.pair for region in TABLE.values() if region.pair} - set(TABLE) == {"swedensouth"}


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("West Europe", Region("westeurope", "West Europe", "Europe", "northeurope", 3)),
        ("westus", Region("westus", "West US", "United States", "eastus", 0)),
        ("brazilsoutheast", Region("brazilsoutheast", "Brazil Southeast", "Brazil", "brazilsouth", 0)),
        ("eastus2euap", Region("eastus2euap", "East US 2 EUAP", "Canary (US)", "centraluseuap", 4)),
    ],
)
def test_regions_are_found_by_any_spelling(name, region):
    assert TABLE[name] == region


def test_a_name_that_is_not_in_the_table_is_not_known():
    assert "moonbase" not in TABLE
    assert TABLE.cloud("moonbase") is None


@pytest.mark.parametrize(
    ("name", "cloud"),
    [
        ("westeurope", Cloud.PUBLIC),
        ("US Gov Virginia", Cloud.GOVERNMENT),
        ("usdodeast", Cloud.GOVERNMENT),
        ("chinanorth3", Cloud.CHINA),
        ("germanycentral", Cloud.GERMANY),
    ],
)
def test_regions_belong_to_a_cloud(name, cloud):
    assert TABLE.cloud(name) is cloud


def test_a_catalog_adds_regions():
    added = Region("taiwannorth", "Taiwan North", "Taiwan", None, None)
    table = RegionTable([added])

    assert table["Taiwan North"] is added
    assert table.cloud("taiwannorth") is Cloud.PUBLIC
    assert len(table) == len(TABLE) + 1
    assert "taiwannorth" not in TABLE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("westeurop", ("westeurope",)),
        ("West Eruope", ("westeurope",)),
        ("notheurope", ("northeurope",)),
        ("esatus", ("eastus", "westus")),
        ("eastu", ("eastus", "eastus2")),
        ("usgovvirgina", ("usgovvirginia",)),
        ("uksouht", ("uksouth",)),
        ("us-east-2", ("eastus2",)),
        ("europewest", ("westeurope",)),
        ("Central France", ("francecentral",)),
        ("(US) East US", ("eastus",)),
    ],
)
def test_a_misspelling_is_told_what_it_was_meant_to_be(written, meant):
    assert TABLE.meant(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "westeurope",  # known
        "West Europe",
        "chinaeast2",  # known, elsewhere
        "eastus4",  # another number
        "westeurope2",
        "westus33",
        "italysouth",  # another point of the compass
        "denmarkwest",
        "swedensouth",
        "taiwannorth",  # nothing like it is known
        "",
    ],
)
def test_a_name_that_may_well_exist_passes_for_no_misspelling(written):
    assert TABLE.meant(written) == ()


def test_an_added_region_can_be_meant():
    assert RegionTable([Region("taiwannorth", "Taiwan North", None, None, None)]).meant("taiwannort") == (
        "taiwannorth",
    )


@given(ANY_REGION, st.data())
def test_one_wrong_letter_is_found(name, data):
    at = data.draw(st.integers(0, len(name) - 1))
    wrong = name[:at] + "ö" + name[at + 1 :]

    if not re.search(r"\d", name[at]):
        assert name in TABLE.meant(wrong)


@given(ANY_REGION, st.integers(0, 99))
def test_another_number_is_never_a_misspelling(name, number):
    assert TABLE.meant(f"{name.rstrip('0123456789')}{number}") == ()


@given(st.text())
def test_no_known_name_is_a_misspelling_and_any_text_is_answered(text):
    assert not (text in TABLE and TABLE.meant(text))
    assert set(TABLE.meant(text)) <= {*TABLE, *SOVEREIGN}


@given(st.text())
def test_the_canonical_form_is_final(text):
    assert canonical(canonical(text)) == canonical(text)
