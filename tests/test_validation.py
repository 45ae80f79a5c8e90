"""Errors of pydantic in plain words, and what a misspelt word was meant to be."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from acg.suggest import suggest
from acg.validation import words


class Settings(BaseModel, strict=True):
    text: str = ""
    number: Annotated[int, Field(ge=1)] = 1
    flag: bool = False
    some: tuple[str, ...] = ()
    mode: Literal["Full", "Shallow"] = "Full"
    span: Annotated[str, Field(pattern="^P")] = "P1D"
    inner: "Settings | None" = None


@pytest.mark.parametrize(
    ("key", "value", "cause", "fix"),
    [
        ("text", 5, "is the number 5, needs text", 'Put it in quotes: "5"'),
        ("text", None, "is empty, needs text", "Write text, or leave the key out."),
        ("number", "2", "is the text '2', needs a whole number", "Write it without quotes: 2"),
        ("number", 2.5, "is the number 2.5, needs a whole number", "Write a whole number."),
        ("number", 0, "is the number 0, should be greater than or equal to 1", "See what it stands for."),
        ("flag", "yes", "is the text 'yes', needs true or false", "Write true or false, without quotes."),
        ("some", "a", "is the text 'a', needs a list", "Put it in brackets: ['a']"),
        ("some", {"a": 1}, "is a mapping, needs a list", "Put a hyphen in front of each entry."),
        (
            "mode",
            "full",
            "is the text 'full', can only be 'Full' or 'Shallow'",
            "Write 'Full' or 'Shallow', or leave the key out.",
        ),
        ("span", "1D", "is the text '1D', which is not of its form", "See what it stands for."),
        ("span", "", "is blank, needs text", "See what it stands for."),
        ("inner", [], "is a list, needs a mapping", "Write a mapping."),
    ],
)
def test_what_is_wrong_and_what_to_write(key: str, value: Any, cause: str, fix: str):
    with pytest.raises(ValidationError) as error:
        Settings.model_validate({key: value})
    [detail] = error.value.errors()

    assert words(detail, value) == (cause, fix)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("target_regions", ["targetRegions"]),
        ("TARGETREGION", ["targetRegions"]),
        ("replicaCont", ["replicaCount"]),
        ("nothing-like-it", []),
    ],
)
def test_a_misspelt_word_has_a_suggestion(written: str, meant: list[str]):
    assert suggest(written, ["targetRegions", "replicaCount", "tags"]) == meant


def test_suggestions_come_best_first():
    assert suggest("1.0.1", ["2.5.0", "1.0.0", "1.0.10"], 2) == ["1.0.10", "1.0.0"]
