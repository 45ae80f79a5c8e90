"""The comment on a pull request, as each host renders it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given

from acg.plan.effects import Effects, LatestChange, LatestMove
from acg.report.plan import FLAVOURS, Host, Shown, render
from acg.report.plan.blocks import Table
from acg.report.plan.markdown import code, marker
from acg.report.plan.story import sections
from tests.report.plan.hostile import ATTACKS, hostile, hostile_plan
from tests.report.plan.samples import CREATED, EMPTY, FULL, MODEL, PLANS, RAISED, STORAGE, definition, plan, version

EXPECTED = Path(__file__).parent / "expected"
flavours = pytest.mark.parametrize("flavour", FLAVOURS)


def comment(shown_plan, flavour: str = "github", **host) -> str:
    return render("markdown", Shown(shown_plan, Host(FLAVOURS[flavour], **host)))


class Page(HTMLParser):
    """What a reader gets to see: text outside of code, and the elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.prose, self.tags, self.links, self.comments, self.code = "", [], [], [], []
        self._inside = 0
        self.rows: list[int] = []
        html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]
        if tag == "code":
            self._inside += 1
            self.code.append("")
        if tag == "tr":
            self.rows.append(0)
        if tag in ("td", "th"):
            self.rows[-1] += 1

    def handle_endtag(self, tag):
        self._inside -= tag == "code"

    def handle_data(self, data):
        if self._inside:
            self.code[-1] += data
        else:
            self.prose += data

    def handle_comment(self, data):
        self.comments.append(data)

    @property
    def shape(self) -> list[str]:
        """The elements but for code, of which a sentence has more or fewer."""
        return [tag for tag in self.tags if tag != "code"]


def test_the_comment_says_what_a_reviewer_needs():
    assert comment(MODEL, run_url="https://ci.example/run/8812") == (EXPECTED / "model.md").read_text()


@flavours
@pytest.mark.parametrize("name", PLANS)
def test_every_table_has_as_many_cells_as_columns(name, flavour):
    page = Page(comment(PLANS[name], flavour))
    wanted = [
        len(block.columns)
        for section in sections(PLANS[name])
        for item in section.items
        for block in item
        if isinstance(block, Table)
        for _ in range(len(block.rows) + 1)
    ]
    assert page.rows == wanted


@pytest.mark.parametrize("text", ATTACKS)
def test_a_code_span_shows_the_text_and_nothing_else(text):
    page = Page(code(text))
    shown = text.replace("<!--", "\\x3c!--").strip()
    assert page.tags == ["p", "code"]
    if text.isprintable() and shown and not text.startswith(("##", "::")):
        assert page.code[0].strip() == shown


@pytest.mark.parametrize("text", ATTACKS)
def test_a_cell_stays_one_cell(text):
    page = Page(f"| a | b |\n|---|---|\n| {code(text, cell=True)} | c |\n")
    assert page.rows == [2, 2]
    assert page.tags.count("code") == 1
    if text.isprintable() and text and not text.startswith(("##", "::")) and "\\|" not in text:
        assert page.code[0].strip() == text.replace("<!--", "\\x3c!--").strip()


INERT = re.compile(r"[\w .,;:!?()“”\"'’%→×–—·…/-]*")


@given(hostile.filter(str.strip))
def test_no_name_steers_the_page(text):
    shown = hostile_plan(text)
    page, calm = Page(comment(shown)), Page(comment(hostile_plan("calm")))
    assert page.shape == calm.shape
    assert page.links == calm.links
    assert page.comments == [marker(shown.catalog, shown.stack)[4:-3]]
    assert page.rows == calm.rows
    assert all(INERT.fullmatch(line) for line in page.prose.split("\n")), page.prose


@pytest.mark.parametrize("text", ["dev", "dev2", "a b", "-->", "--!>", "x stack=y", "é"])
def test_a_marker_is_one_comment_and_part_of_no_other(text):
    found = marker("galleries", text)
    assert re.fullmatch(r"<!-- acg:plan catalog=[\w./%~-]+ stack=[\w./%~-]+ -->", found)
    others = [marker("galleries", None), marker("galleries", f"{text}2"), marker("galleries2", text)]
    assert not any(found in other or other in found for other in others)
    assert Page(f"{found}\n### x").comments == [found[4:-3]]


@flavours
def test_unchanged_is_one_sentence(flavour):
    text = comment(EMPTY, flavour)
    assert "**No changes: the images stay as they are.** 3 resources change only in spelling" in text
    assert "####" not in text
    assert "<details>" not in text


def test_safety_comes_first_and_is_never_folded():
    text = comment(FULL)
    headings = re.findall(r"^#### (.*)|<summary>(.*?)[:<]", text, re.MULTILINE)
    assert [one or two for one, two in headings] == [
        "Safety: merging approves this", "Refused", "What `latest` means", "Not decided by any source", "Accepted",
        "Copies and cost", "Ends of life", "Findings",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("flavour", "link"),
    [
        ("github", "https://host.example/o/r/blob/7be01c2/galleries/platform.yaml#L34"),
        ("gitlab", "https://host.example/o/r/-/blob/7be01c2/galleries/platform.yaml#L34"),
        ("azure", "https://host.example/o/r?path=/galleries/platform.yaml&version=GC7be01c2&line=34"),
    ],
)
def test_places_are_linked_where_the_host_is_known(flavour, link):
    short = MODEL._replace(head=MODEL.head._replace(commit="7be01c2"))
    assert any(
        one.startswith(link) for one in Page(comment(short, flavour, repository_url="https://host.example/o/r")).links
    )
    assert not [one for one in Page(comment(short, flavour)).links if "host.example" in one]


def many(number: int) -> list:
    return [
        STORAGE._replace(resource=version(f"1.0.{index}"), summary=f"changes its storage type {index}")
        for index in range(number // 2)
    ] + [
        RAISED._replace(resource=version(f"2.0.{index}"), summary=f"changes its replicas {index}")
        for index in range(number - number // 2)
    ]


LATEST = tuple(
    LatestChange(definition(f"image-{index}"), "westeurope", LatestMove.UP, "1.0.0", f"1.0.{index}")
    for index in range(2_500)
)


@flavours
def test_five_thousand_changes_fit(flavour):
    text = comment(plan(*many(5_000), effects=Effects(latest=LATEST)), flavour)
    limit = FLAVOURS[flavour]
    assert len(text.encode("utf-16-le")) // 2 <= limit.characters
    assert len(text.encode()) <= limit.size
    lines = text.split("\n")
    callout = next(index for index, line in enumerate(lines) if line.startswith("> "))
    assert callout < lines.index("#### Refused")
    assert "refused changes are not shown" in text
    assert "new-version-required" in text
    assert "**Not ready to merge: Azure would refuse 2,500 of the 5,000 changes" in text
    assert text.rstrip().endswith("</sub>")
    assert set(Page(text).rows) <= {4}


def test_what_is_left_out_is_counted():
    text = comment(plan(*many(5_000)))
    found = re.search(r"([\d,]+) of ([\d,]+) refused changes are not shown", text)
    assert found
    left, total = (int(one.replace(",", "")) for one in found.groups())
    assert total == 2_500
    assert text.count("changes its storage type") == total - left


def test_what_is_not_ascii_counts_in_bytes_and_in_the_units_of_hosts():
    long = [
        CREATED._replace(resource=version(f"1.0.{index}"), summary="\U0001f600 " * 40 + str(index))
        for index in range(2_000)
    ]
    text = comment(plan(*long))
    assert len(text) < len(text.encode("utf-16-le")) // 2 <= 60_000
    assert len(text.encode()) <= 250_000
    assert "accepted changes are not shown" in text
