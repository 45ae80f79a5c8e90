"""What the reader says of lab plans and lab accounts."""

import pytest

GOOD = "labPlans: {lp: {resourceGroup: rg, location: westeurope}}"


def labs(keys: str, section: str = "labPlans") -> str:
    return f"{section}: {{lp: {{resourceGroup: rg, {keys}}}}}"


@pytest.mark.parametrize("text", [GOOD, GOOD.replace("labPlans", "labAccounts")])
def test_a_catalog_may_hold_plans_or_accounts_alone(read, text):
    assert read(text).require().galleries == {}


@pytest.mark.parametrize(
    ("text", "message", "fix"),
    [
        (
            labs("supportInfos: {}"),
            "lab plan lp has the unknown key 'supportInfos'",
            "Write supportInfo.",
        ),
        (
            labs("allowedRegions: []", "labAccounts"),
            "lab account lp has the unknown key 'allowedRegions'",
            "Move it to a lab plan.",
        ),
        (
            labs("images: intro"),
            "lab plan lp: images is the text 'intro', needs a list",
            "Put it in brackets: [intro]",
        ),
        (
            "labPlans: {lp: {location: westeurope}}",
            "lab plan lp has no resourceGroup",
            "Add resourceGroup: Name of the resource group.",
        ),
        (
            labs("servicePrincipal: {role: Owner}"),
            "lab plan lp: servicePrincipal has no objectId",
            "Add objectId: Object id of the enterprise application Azure Lab Services, which differs in every tenant.",
        ),
        (
            labs("defaultConnectionProfile: {webSshAccess: 1}"),
            "lab plan lp: defaultConnectionProfile.webSshAccess is the number 1, needs text",
            "Write Public, Private or None.",
        ),
    ],
)
def test_what_is_wrong_in_a_plan_is_named(read, text, message, fix):
    (problem,) = read(f"galleries: {{}}\n{text}").problems

    assert (problem.message, problem.fix, problem.line) == (message, fix, 2)


def test_two_files_cannot_declare_one_plan(tmp_path):
    from acg.catalog.reader import read_catalog

    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    (problem,) = read_catalog(tmp_path).problems

    assert problem.message.startswith("lab plan 'lp' is declared here and in ")
