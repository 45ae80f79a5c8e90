"""What follows from a secret is reported, and neither its words nor its place tell the secret."""

from collections.abc import Iterator

import pytest

from acg.rules import Evaluation, azure_rule
from acg.rules.examples import TODAY, UNKNOWN, version
from acg.rules.result import Report
from acg.rules.verdict import Outcome
from acg.rules.views import ImageVersion

CODE_WORD = "Zq9xW7vbN3k"


def about_what_it_is(version: ImageVersion) -> Iterator[Outcome]:
    what = version.text("location")
    if what == "crash" + CODE_WORD:
        raise ValueError(f"cannot read {what}")
    if what == "unknown" + CODE_WORD:
        yield version.undecided(f"whether {what} is a region is not known", "location")
    elif what != "westeurope":
        yield version.fails(f"is in {what}", "location")


RULE = azure_rule(
    code="ACG100",
    name="about-what-it-is",
    looks_at=ImageVersion,
    why="Because.",
    fix="Fix it.",
    source="https://example.com",
)(about_what_it_is)


def among_others(version: ImageVersion, index: object) -> Iterator[Outcome]:
    return about_what_it_is(version)


def judged(given: str, *, is_secret: bool, at_last: bool) -> Report:
    """What is said of a location, by a rule for one resource at a time or by one that takes all of them."""
    resource = version(location=given, regions=["westeurope"])
    public = version(location=UNKNOWN, regions=["westeurope"]) if is_secret else resource
    rule = RULE._replace(check=among_others, asks=("index",)) if at_last else RULE
    evaluation = Evaluation(today=TODAY, rules=[rule])
    early = evaluation.early(resource, public)
    final = evaluation.final([resource], [public])
    return final._replace(findings=(*early.findings, *final.findings))


@pytest.mark.parametrize("at_last", [False, True], ids=["early", "final"])
@pytest.mark.parametrize(
    ("given", "told", "hidden"),
    [
        (
            f"crash{CODE_WORD}",
            f"was not judged by about-what-it-is, which ended with an error: ValueError: cannot read crash{CODE_WORD}",
            "was not judged by about-what-it-is, which ended with an error: ValueError",
        ),
        (f"unknown{CODE_WORD}", f"whether unknown{CODE_WORD} is a region is not known", ""),
        (f"fails{CODE_WORD}", f"is in fails{CODE_WORD}", "breaks the rule; "),
    ],
    ids=["crash", "undecided", "failure"],
)
def test_a_verdict_on_a_secret(given: str, told: str, hidden: str, at_last: bool) -> None:
    plain, secret = (judged(given, is_secret=is_secret, at_last=at_last) for is_secret in (False, True))

    def words(report: Report) -> list[str]:
        return [*(one.message for one in report.findings), *(one.reason for one in report.undecided)]

    assert words(plain) == [told]
    assert words(secret)
    assert any(one.startswith(hidden) for one in words(secret))
    assert CODE_WORD not in str(secret)
    assert [one.severity for one in secret.findings] == [one.severity for one in plain.findings]
