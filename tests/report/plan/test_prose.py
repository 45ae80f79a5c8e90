"""A sentence of a plan has words of the product and of others; only plain words stay as they are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acg.report.plan.blocks import Code, plain
from acg.report.plan.prose import prose, without_query


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("is deleted", ("is deleted",)),
        ("leaves eastus2.", ("leaves East US 2.",)),
        (
            "changes from Standard_ZRS to Premium_LRS, at once",
            ("changes from ", Code("Standard_ZRS"), " to ", Code("Premium_LRS"), ", at once"),
        ),
        ("3 replicas, 20% of 1,000", ("3 replicas, 20% of 1,000",)),
        ("1234567 is a commit", (Code("1234567"), " is a commit")),
        ("asks @team about #12", ("asks ", Code("@team"), " about ", Code("#12"))),
        ("is latest there", ("is ", Code("latest"), " there")),
        ("sets allowUpdateImage: true", ("sets ", Code("allowUpdateImage: true"))),
        ("run acg plan --stack-file, then Hyper-V", ("run ", Code("acg plan --stack-file"), ", then Hyper-V")),
        ("…:", (Code("…"), ":")),
        ("--- !", (Code("---"), " ", Code("!"))),
    ],
)
def test_prose_tells_words_from_names(text, spans):
    assert prose(text) == spans


@given(st.text())
def test_nothing_but_plain_words_stays_outside_code(text):
    for span in prose(text):
        if isinstance(span, str):
            assert re.fullmatch(r"""[A-Za-z0-9 .,;:!?()“”"'’%→×–—·…-]*""", span), span
            assert not re.search(r"[0-9a-f]{7}|://|www\.", span)


@given(st.text(alphabet="ab c.,"))
def test_prose_loses_no_word(text):
    assert plain(prose(text)).split() == text.split()


def test_no_address_shows_its_query_string():
    text = "is made from https://account.blob.core.windows.net/vhds/d.vhd?sv=2024&sig=c2VjcmV0, and so on"
    assert without_query(text) == "is made from https://account.blob.core.windows.net/vhds/d.vhd?… and so on"
    assert "c2VjcmV0" not in plain(prose(text))
