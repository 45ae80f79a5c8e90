"""guardrails.json: what it can say, and what is told about what it cannot."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from acg.errors import InputError
from acg.rules import Guardrails, Level, all_rules
from acg.rules.guardrails_file import load_team_rules, read_guardrails

RULES = all_rules()
AZURE, GUARD, WARNING = RULES["version-number"], RULES["allowed-regions"], RULES["block-deletion-without-end"]


def read(entries: object) -> Guardrails:
    guardrails, problems = read_guardrails(entries)
    assert not problems, problems
    return guardrails


def test_without_settings_errors_are_mandatory_warnings_advisory_and_guards_off():
    empty = Guardrails()
    assert empty.level(AZURE) is Level.MANDATORY
    assert empty.level(WARNING) is Level.ADVISORY
    assert empty.level(GUARD) is Level.DISABLED


@pytest.mark.parametrize("level", ["disabled", "advisory", "mandatory"])
def test_a_level_can_be_text_or_part_of_an_object(level: str):
    assert read({AZURE.name: level}).level(AZURE) == level
    assert read({AZURE.name: {"enforcementLevel": level}}).level(AZURE) == level


def test_remediate_is_as_mandatory_since_no_rule_repairs():
    assert read({AZURE.name: "remediate"}).level(AZURE) is Level.MANDATORY


def test_all_is_for_every_rule_that_is_not_named():
    guardrails = read({"all": "advisory", AZURE.name: "mandatory"})
    assert guardrails.level(AZURE) is Level.MANDATORY
    assert guardrails.level(GUARD) is Level.ADVISORY


def test_settings_are_read_by_their_camel_case_names():
    guardrails = read({"quota": {"warnFrom": 50}})
    settings = guardrails.settings(RULES["quota"])
    assert settings is not None
    assert settings.model_dump(by_alias=True) == {
        "galleries": 100,
        "definitions": 1_000,
        "versions": 10_000,
        "warnFrom": 50,
    }


def test_a_rule_without_settings_has_none():
    assert Guardrails().settings(AZURE) is None


def test_what_pulumi_reads_itself_is_left_alone():
    read({"environments": ["dev"]})


PROBLEMS = [
    (
        {"version-numbr": "mandatory"},
        "ACG021",
        "version-numbr is not the name of a rule",
        "Did you mean version-number?",
    ),
    ({"ACG103": "mandatory"}, "ACG021", "ACG103 is not the name of a rule", "Did you mean version-number?"),
    ({"version-number": "error"}, "ACG022", "'error'; there is no such level", "mandatory"),
    ({"version-number": 1}, "ACG022", "is neither a level nor an object", "mandatory"),
    ({"version-number": {"strict": True}}, "ACG022", "strict is not a setting", "no settings"),
    ({"quota": {"version": 5}}, "ACG022", "quota.version is not a setting", "Did you mean versions?"),
    (
        {"quota": {"versions": "many"}},
        "ACG022",
        "quota.versions is the text 'many', needs a whole number",
        "Write a whole number.",
    ),
    (
        {"quota": {"versions": 0}},
        "ACG022",
        "quota.versions is the number 0, should be greater than",
        "Versions in a subscription",
    ),
    ({"quota": {"enforcmentLevel": "disabled"}}, "ACG022", "is not a setting", "Did you mean enforcementLevel?"),
    ({"allowed-regions": {"regions": ["westeurope"]}}, "ACG022", "the guard stays off", "enforcementLevel"),
    (
        {"name-patterns": {"enforcementLevel": "advisory", "galleries": "("}},
        "ACG022",
        "galleries is not a regular expression",
        "expression",
    ),
    ({"suppressions": {"entries": [{"urn": "urn:x"}]}}, "ACG022", "entries[0] is not a suppression", "until"),
    ({"suppressions": {"entries": {}}}, "ACG022", "is not a list", "list"),
    ([], "ACG020", "is not a JSON object", "object"),
]


@pytest.mark.parametrize(("data", "code", "message", "fix"), PROBLEMS)
def test_a_problem_names_the_place_and_the_mend(data: object, code: str, message: str, fix: str):
    _, problems = read_guardrails(data)
    assert [problem.code for problem in problems] == [code]
    assert message in problems[0].message
    assert fix in problems[0].fix


def test_what_is_right_is_used_beside_what_is_not():
    guardrails, problems = read_guardrails({"version-number": "advisory", "no-such-rule": "mandatory"})
    assert len(problems) == 1
    assert guardrails.level(AZURE) is Level.ADVISORY


def test_a_file_is_read(tmp_path: Path):
    file = tmp_path / "guardrails.json"
    file.write_text(json.dumps({"version-number": "advisory"}))
    assert load_team_rules(file).usable().guardrails.level(AZURE) is Level.ADVISORY


@pytest.mark.parametrize(
    ("content", "cause"), [(None, "cannot be read"), ("{", "is not JSON"), ("\xff", "is not JSON")]
)
def test_a_file_that_cannot_be_used_is_told_by_name(tmp_path: Path, content: str | None, cause: str):
    file = tmp_path / "guardrails.json"
    if content is not None:
        file.write_bytes(content.encode("latin-1"))
    with pytest.raises(InputError) as caught:
        load_team_rules(file).usable()
    [problem] = caught.value.problems
    assert problem.file == str(file)
    assert cause in problem.message


def test_every_setting_of_every_rule_can_be_set_to_its_default():
    for rule in RULES.values():
        if rule.settings:
            defaults = json.loads(rule.settings().model_dump_json(by_alias=True))
            _, problems = read_guardrails({rule.name: {"enforcementLevel": "mandatory", **defaults}})
            assert not problems, rule.name


def test_defaults_are_valid_though_they_are_not_validated_in_every_run():
    for rule in RULES.values():
        if rule.settings:
            assert rule.settings() == Guardrails().settings(rule)


def test_the_projects_own_guardrails_are_right():
    load_team_rules(Path(__file__).parents[2] / "guardrails.json").usable()


def imported(package: str, *, by: str) -> str:
    """The modules of a package that a program imports in a process of its own."""
    program = f"{by}print(sorted(name for name in sys.modules if name.startswith({package!r})))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_guards_that_are_off_are_not_even_imported():
    """A check must start at once, and most teams set few guards."""
    program = (
        "import sys; from acg.rules import all_rules\n"
        "from acg.rules.guardrails_file import read_guardrails\n"
        "on, _ = read_guardrails({'required-tags': 'advisory'})\n"
        "rules = [rule.name for rule in on.enabled(all_rules())]\n"
        "assert 'required-tags' in rules and 'version-number' in rules and 'allowed-regions' not in rules\n"
    )
    assert imported("acg.rules.library.guards.", by=program) == "['acg.rules.library.guards.required_tags']"


def test_rules_about_machines_are_not_even_imported_for_a_catalog():
    program = (
        "import sys; from acg.rules import all_rules\n"
        "from acg.rules.guardrails import Guardrails, Level\n"
        "for levels in ({}, {'all': Level.MANDATORY}):\n"
        "    Guardrails(levels).enabled(all_rules(), of_catalog=True)\n"
    )
    assert imported("acg.rules.library.usage.", by=program) == "[]"


def test_the_rules_that_a_catalog_does_without_look_at_nothing_that_it_declares():
    left_out = {*Guardrails().enabled(all_rules())} - {*Guardrails().enabled(all_rules(), of_catalog=True)}

    assert {rule.family for rule in left_out} == {"usage"}
    assert {kind.NAME for rule in left_out for kind in rule.looks_at} == {"vmName", "vmScaleSetName", "diskName"}
