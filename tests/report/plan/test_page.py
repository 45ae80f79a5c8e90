"""The page of a plan, in a browser and without one."""

import builtins
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from acg.errors import AcgError
from acg.plan.effects import Effects
from acg.report.plan import Host, Shown, html, render
from acg.report.plan.grid import Cell, Grid, Picture, Row
from tests.report.plan.hostile import hostile, hostile_plan
from tests.report.plan.pictures import PICTURE, copies
from tests.report.plan.samples import EMPTY, FULL, MODEL, PLANS, plan
from tests.report.plan.test_markdown import LATEST, many

SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
WIDTHS = pytest.mark.parametrize("width", [360, 1440])
in_browser = pytest.mark.browser


def page_of(shown_plan, picture: Picture = PICTURE) -> str:
    return render("html", Shown(shown_plan, Host(run_url="https://ci.example/run/8812"), picture=picture))


class Elements(HTMLParser):
    """Elements with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def open_page(browser, tmp_path: Path):
    """Open a page as a reader would; whatever it asks the network for is counted."""
    contexts = []

    def opened(text: str, **settings):
        (tmp_path / "plan.html").write_text(text)
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.goto((tmp_path / "plan.html").as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@in_browser
@SCHEMES
@WIDTHS
@pytest.mark.parametrize("name", PLANS)
def test_the_page_is_accessible_and_asks_nobody(open_page, name, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(
        page_of(PLANS[name]), color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    assert len(page.asked) == 1
    assert page.said == []
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@in_browser
def test_the_page_needs_no_script(open_page):
    page = open_page(page_of(FULL), java_script_enabled=False)
    assert page.locator(".verdict").inner_text().startswith("Not ready to merge")
    page.locator("summary").first.click()
    assert page.locator("#copies table").is_visible()


@in_browser
def test_the_picture_marks_what_changes_by_colour_and_by_word(open_page):
    page = open_page(page_of(MODEL))
    row = page.locator("#picture tr", has_text="1.1.0")
    assert row.locator("td").all_inner_texts() == [
        "3 × Premium\nrefused\nwas 3 × ZRS\nwas latest",
        "4 × ZRS\nwas 2 × ZRS\nwas latest",
        "–\nrefused\nleaves\nwas 2 × ZRS",
    ]
    colours = [one.evaluate("one => getComputedStyle(one).backgroundColor") for one in row.locator("td").all()]
    assert colours[0] == colours[2] != colours[1]
    assert page.locator("#picture tr", has_text="1.2.0").locator("b").all_inner_texts() == ["latest", "latest"]


@in_browser
def test_print_shows_what_is_folded(open_page):
    page = open_page(page_of(FULL))
    assert not page.locator("#copies table").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#copies table").bounding_box()["height"] > 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@in_browser
def test_the_page_can_be_read_without_its_style_sheet(open_page):
    page = open_page(re.sub(r"<style>.*?</style>", "", page_of(MODEL), flags=re.DOTALL))
    text = page.locator("body").inner_text()
    order = [
        "Not ready to merge", "Refused", "1.1.1:", "Versions by region", "was 2 × ZRS", "What latest means", "Accepted",
    ]  # fmt: skip
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_the_page_is_one_file_without_script():
    elements = Elements(page_of(FULL))
    assert not [tag for tag, _ in elements.found if tag in ("script", "link", "img", "iframe", "form", "object")]
    assert {attrs[name] for _, attrs in elements.found for name in ("src", "href") if name in attrs} <= {
        "https://ci.example/run/8812",
        "https://learn.microsoft.com/azure/virtual-machines/shared-image-galleries",
    }


@settings(max_examples=50)
@given(hostile.filter(str.strip))
def test_no_name_steers_the_page(text):
    picture = Picture((Grid(text, (text,), (Row(text, "", (Cell(None, copies(1, text)),)),)),))
    calm = Picture((Grid("x", ("x",), (Row("x", "", (Cell(None, copies(1, "x")),)),)),))
    found = [one for one in Elements(page_of(hostile_plan(text), picture)).found if one[0] != "code"]
    wanted = [one for one in Elements(page_of(hostile_plan("calm"), calm)).found if one[0] != "code"]
    assert [(tag, sorted(attrs)) for tag, attrs in found] == [(tag, sorted(attrs)) for tag, attrs in wanted]


def picture(versions: int, changed: int) -> Picture:
    regions = ("westeurope", "northeurope", "eastus2")
    same, more = Cell(copies(2), copies(2)), Cell(copies(2), copies(4, latest=True))
    rows = [Row(f"1.0.{number}", "", (more if number < changed else same,) * 3) for number in range(versions)]
    grids = [
        Grid(f"gallery/image-{start}", regions, tuple(rows[start : start + 50])) for start in range(0, versions, 50)
    ]
    return Picture(tuple(grids))


@pytest.mark.parametrize("changed", [100, 10_000])
def test_ten_thousand_versions_are_at_most_two_megabytes(changed):
    page = page_of(plan(*many(5_000), effects=Effects(latest=LATEST)), picture(10_000, changed))
    assert len(page.encode()) <= html.SIZE
    assert page.count("<caption>") == 200 or "definitions with changes are not pictured" in page
    assert "refused changes are not shown" in page


def test_a_picture_that_does_not_change_is_counted():
    page = page_of(EMPTY, Picture((), other_definitions=3, other_versions=10_000))
    assert "3 other definitions with 10,000 versions do not change." in page
    assert "Versions by region" not in page


def test_without_jinja_one_line_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("jinja2"):
            raise ImportError(name)
        return real(name, *rest)

    html._environment.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(AcgError) as caught:
        page_of(MODEL)
    assert str(caught.value) == "HTML needs jinja2: pip install 'pulumi-acg[html]'"
    assert caught.value.exit_code == 2
