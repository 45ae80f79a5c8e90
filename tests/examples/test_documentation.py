"""What README.md, docs/ and the examples name exists: commands and options, settings, codes, files, targets, links."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import click
import pytest
from pulumi_acg._refuse import _SETTINGS

from acg.catalog.reader import read_catalog
from acg.cli.main import cli
from acg.errors import NAMES
from acg.rules import all_rules
from acg.rules.guardrails_file import load_team_rules
from acg_sandbox.__main__ import cli as sandbox

ROOT = Path(__file__).parents[2]
PAGES = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *(f"docs/{it.name}" for it in sorted(ROOT.glob("docs/*.md"))),
]
WORKFLOWS = [
    it.relative_to(ROOT).as_posix()
    for folder in ("examples", "acg/new_project/files", ".github")
    for it in sorted((ROOT / folder).rglob("*"))
    if it.is_file() and it.suffix in (".yml", ".yaml", ".md", ".py", ".txt")
]
PROGRAMS = {"acg": cli, "acg-sandbox": sandbox}
ENGINE_CODES = {"ACG090", "ACG091", "ACG092", "ACG093", "ACG094"}
OWN = re.compile("ACG9[5-9][0-9]")
"""Codes that a team gives to rules of its own."""


@cache
def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def code(page: str) -> Iterator[str]:
    """The lines of fenced blocks, continued ones as one, and what is between backticks; of other files every line."""
    whole = re.sub(r"\\\n\s*", " ", text(page))
    if not page.endswith(".md"):
        yield from whole.split("\n")
        return
    for block in re.findall(r"^```.*?\n(.*?)^```", whole, re.DOTALL | re.MULTILINE):
        yield from block.split("\n")
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", whole, flags=re.DOTALL | re.MULTILINE))


def commands(page: str) -> Iterator[list[str]]:
    """Each command line of ours in a page, as words."""
    for line in code(page):
        if line.startswith("name:"):
            continue
        for found in re.finditer(r"(?:^|[\s/;&|(])(acg-sandbox|acg)(?=\s)([^;&|>#`\n]*)", line):
            words = re.split(r" --(?: |$)", found[2])[0]
            try:
                yield [found[1], *shlex.split(words)]
            except ValueError:
                yield [found[1], *words.split()]


def unknown(words: list[str]) -> Iterator[str]:
    """What of a command line its program would not take."""
    command: click.Command = PROGRAMS[words[0]]
    path, rest = words[0], words[1:]
    while isinstance(command, click.Group) and rest and re.fullmatch(r"[a-z][a-z-]*", rest[0]):
        inner = command.get_command(click.Context(command), rest[0])
        if inner is None:
            yield f"{path} has no command {rest[0]}"
            return
        command, path, rest = inner, f"{path} {rest[0]}", rest[1:]
    if isinstance(command, click.Group):
        return
    known = {name for it in command.params for name in (*it.opts, *it.secondary_opts)} | {"--help", "-h"}
    yield from (f"{path} has no option {it}" for it in rest if it.startswith("--") and it.split("=")[0] not in known)


@pytest.mark.parametrize("page", [*PAGES, *WORKFLOWS])
def test_every_command_and_option_exists(page: str) -> None:
    assert [wrong for words in commands(page) for wrong in unknown(words)] == []


def test_a_command_that_does_not_exist_is_found() -> None:
    assert [*unknown(["acg", "chekc"])] == ["acg has no command chekc"]
    assert [*unknown(["acg", "check", "--fromat=json", "x"])] == ["acg check has no option --fromat=json"]
    assert sum(1 for page in PAGES for _ in commands(page)) > 100


def anchors(page: str) -> set[str]:
    """The anchors that GitHub gives to headings."""
    prose = re.sub(r"^```.*?^```", "", text(page), flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    plain = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", it) for it in headings)
    named = set(re.findall(r'<a (?:id|name)="([^"]+)"', prose))
    return named | {re.sub(r"[^\w\- ]", "", it.strip().lower()).replace(" ", "-") for it in plain}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!<?https?:|mailto:)([^)\s]+)\)", text(page)):
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.resolve().relative_to(ROOT).as_posix()), target


@pytest.mark.parametrize("page", [*PAGES, *WORKFLOWS])
def test_every_code_setting_and_target_exists(page: str) -> None:
    codes = {rule.code for rule in all_rules().values()} | NAMES.keys() | ENGINE_CODES
    assert {it for it in re.findall(r"\bACG\d{3}\b", text(page)) if not OWN.fullmatch(it)} <= codes
    assert set(re.findall(r"\bacg:([A-Za-z]\w*)(?!\w*:\w)", text(page))) <= {*_SETTINGS}
    targets = set(re.findall(r"^([a-z][\w-]*):", text("Makefile"), re.MULTILINE))
    named = {it for line in code(page) for it in re.findall(r"(?:^|[$;&] ?)make ([a-z][\w-]*)", line)}
    assert named <= targets


HOMES = ("acg", "acg_sandbox", "components", "policies", "docs", "examples", "tests", "bench")


@pytest.mark.parametrize("page", [it for it in PAGES if it != "CHANGELOG.md"])
def test_every_file_that_is_named_exists(page: str) -> None:
    named = {it for line in code(page) for it in re.findall(rf"(?<![\w/.-])((?:{'|'.join(HOMES)})/[\w/.-]+\w)", line)}
    assert {it for it in named if not (ROOT / it).exists()} == set()


@pytest.mark.parametrize("page", PAGES)
def test_what_is_imported_exists(page: str) -> None:
    for line in code(page):
        if found := re.fullmatch(
            r"\s*from ((?:acg|pulumi_acg|acg_policies|acg_sandbox)[\w.]*) import ([\w, ]+?)(?:\s*#.*)?", line
        ):
            module = import_module(found[1])
            assert [it for it in found[2].replace(" ", "").split(",") if not hasattr(module, it)] == []


@cache
def sources() -> str:
    homes = ("acg", "acg_sandbox", "components", "policies", "tests", "examples", "bench", ".ci")
    files = [it for home in homes for it in (ROOT / home).rglob("*.py")]
    return "\n".join(
        [
            text("Makefile"),
            text("action.yml"),
            *(it.read_text(encoding="utf-8") for it in files if it != Path(__file__)),
        ]
    )


@pytest.mark.parametrize("page", PAGES)
def test_every_variable_of_the_environment_exists(page: str) -> None:
    named = set(re.findall(r"\bACG_[A-Z_]+\b", text(page)))
    assert {it for it in named if it not in sources()} == set()


def blocks(kind: str) -> list[tuple[str, str]]:
    return [
        (page, it)
        for page in PAGES
        for it in re.findall(rf"^```{kind}\n(.*?)^```", text(page), re.DOTALL | re.MULTILINE)
    ]


@pytest.mark.parametrize(("page", "block"), [it for it in blocks("yaml") if re.match(r"galleries:|labPlans:", it[1])])
def test_every_catalog_can_be_read(page: str, block: str, tmp_path: Path) -> None:
    (tmp_path / "catalog.yaml").write_text(block, encoding="utf-8")
    assert read_catalog(tmp_path / "catalog.yaml").problems == ()


@pytest.mark.parametrize(("page", "block"), [it for it in blocks("json") if "enforcementLevel" in it[1]])
def test_every_setting_of_a_rule_exists(page: str, block: str, tmp_path: Path) -> None:
    (tmp_path / "guardrails.json").write_text(block, encoding="utf-8")
    assert load_team_rules(tmp_path / "guardrails.json", runs_own_rules=False).problems == ()
