"""What galleries, definitions and offers may be called."""

import pytest

from acg.azure import names

RULES = {
    "gallery": names.GALLERY,
    "definition": names.DEFINITION,
    "publisher": names.PUBLISHER,
    "offer": names.OFFER,
    "sku": names.SKU,
    "community": names.COMMUNITY_PREFIX,
}


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("gallery", "a"),
        ("gallery", "corp_images.2026"),
        ("gallery", "9" * 80),
        ("definition", "ubuntu-24.04_gen2"),
        ("publisher", "-a_"),
        ("publisher", "p" * 128),
        ("offer", "o" * 64),
        ("sku", "24_04-lts."[:-1]),
        ("community", "Contoso"),
    ],
)
def test_allowed(what, name):
    assert RULES[what].fault(name) is None


@pytest.mark.parametrize(
    ("what", "name", "fault"),
    [
        ("gallery", "", "is empty, needs 1 to 80"),
        ("gallery", "a" * 81, "has 81 characters, needs 1 to 80"),
        ("gallery", "corp-images", "contains '-'; only English letters, digits, underscores and periods are allowed"),
        ("gallery", "gálería", "contains 'áí'; only English letters, digits, underscores and periods are allowed"),
        ("gallery", "_corp", "begins with '_', must begin with a letter or digit"),
        ("gallery", "corp_", "ends with '_'"),
        ("gallery", "corp.", "ends with '.'"),
        (
            "definition",
            "ubuntu 24",
            "contains ' '; only English letters, digits, underscores, hyphens and periods are allowed",
        ),
        ("definition", "-ubuntu", "begins with '-', must begin with a letter or digit"),
        ("definition", "ubuntu-", "ends with '-'"),
        ("publisher", "contoso.", "ends with '.'"),
        ("publisher", "p" * 129, "has 129 characters, needs 1 to 128"),
        ("offer", "o" * 65, "has 65 characters, needs 1 to 64"),
        ("sku", "a/b", "contains '/'; only English letters, digits, underscores, hyphens and periods are allowed"),
        ("community", "abcd", "has 4 characters, needs 5 to 16"),
        ("community", "contoso-images", "contains '-'; only English letters and digits are allowed"),
    ],
)
def test_refused(what, name, fault):
    assert RULES[what].fault(name) == fault
