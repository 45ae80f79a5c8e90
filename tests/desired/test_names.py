"""How messages call what a catalog declares."""

import pytest

from acg.desired import names


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (names.address("corp", "ubuntu", "1.0.3"), "corp/ubuntu/1.0.3"),
        (names.resource_group("rg-(a)/b"), "resource group rg-(a)/b"),
        (names.lab_plan("lp@1"), "lab plan lp@1"),
        (names.lab_account("la"), "lab account la"),
        (names.lock("corp"), "the lock of gallery corp"),
        (names.reader("corp", "Someone"), "the reader someone of gallery corp"),
        (names.service_role("corp", "Owner", "7D"), "the role owner of Azure Lab Services (7d) on gallery corp"),
        ("somebody@example", "somebody@example"),
    ],
)
def test_a_name_is_called_in_words(name: str, title: str) -> None:
    assert names.titled(name) == title
