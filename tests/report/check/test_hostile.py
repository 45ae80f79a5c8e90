"""Ten thousand hostile catalogs: what `acg check` prints about them is obeyed by no agent of a pipeline."""

import json
from datetime import date
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acg.catalog.reader import read_catalog
from acg.desired.lower import lower
from acg.report.check import Checked, github, json_text, junit, sarif, text
from acg.rules import Guardrails, all_rules
from acg.rules.declared import check_lowered
from tests.agents import azure_commands, github_commands
from tests.test_text import PIECES

FORMS = {"text": text.render, "json": json_text.render, "sarif": sarif.render, "junit": junit.render}
FILES_OF_ONE_EXAMPLE = 50


def catalog(random: Random) -> str:
    """A catalog with hostile text in every place that can hold any."""

    def hostile() -> str:
        return json.dumps(hostile_text(random))

    comment = visible_line(hostile_text(random))
    return f"""\
galleries:  # {comment}
  {hostile()}:
    resourceGroup: {hostile()}
    location: {hostile()}  # {comment}
    description: {hostile()}
    {hostile()}: {hostile()}
    tags: {{{hostile()}: {hostile()}}}
    suppress: [{{rule: gallery-name, reason: {hostile()}, until: 2999-12-31}}]
    images:
      {hostile()}:
        osType: Linux
        osState: Generalized
        identifier: {{publisher: a, offer: b, sku: {hostile()}}}
"""


def hostile_text(random: Random) -> str:
    return "".join(random.choices(PIECES, k=random.randint(0, 7)))


def visible_line(comment: str) -> str:
    """As much of a comment as YAML allows in one."""
    return "".join(character for character in comment if character.isprintable())


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory):
    numbers = count()
    return lambda: tmp_path_factory.mktemp(f"catalog{next(numbers)}")


@settings(max_examples=10_000 // FILES_OF_ONE_EXAMPLE, deadline=None)
@given(st.randoms(use_true_random=True))
def test_no_agent_finds_a_command_in_any_output(folders, random: Random):
    folder: Path = folders()
    for number in range(FILES_OF_ONE_EXAMPLE):
        name = hostile_text(random).replace("/", "").replace("\0", "")
        (folder / f"{name}{number}.yaml").write_bytes(catalog(random).encode(errors="surrogatepass"))
    reading = read_catalog(folder)
    lowered = lower(reading)
    report = check_lowered(lowered, Guardrails(), date(2027, 1, 1))
    rules = tuple(all_rules().values())
    checked = Checked(report, (*reading.problems, *lowered.problems), reading.text, rules)

    assert reading.problems
    for form, render in FORMS.items():
        output = render(checked)
        assert (form, azure_commands(output), github_commands(output)) == (form, [], [])
    listed = len(checked.findings) + len(checked.undecided) + len(checked.suppressed) + len(checked.notes)
    output = github.render(checked)
    assert azure_commands(output) == []
    assert github_commands(output).count("error") + github_commands(output).count("warning") <= listed
    assert len(github_commands(output)) == listed == output.count("\n")
    for file in folder.iterdir():
        file.unlink()
