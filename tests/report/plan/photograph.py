"""``python -m tests.report.plan.photograph`` takes the picture of the page that README.md shows. Needs a browser."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from acg.report.plan import Shown, render
from tests.report.plan.pictures import PICTURE
from tests.report.plan.samples import MODEL

FILE = Path(__file__).resolve().parents[3] / "docs" / "preview.png"
WIDTH, HEIGHT = 1100, 1150


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.set_content(render("html", Shown(MODEL, picture=PICTURE)))
        page.screenshot(path=FILE, clip={"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT})
        browser.close()


if __name__ == "__main__":
    main()
