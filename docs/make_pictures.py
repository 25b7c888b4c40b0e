"""Pictures of every page of `trucewatch serve`, of a run's page and of the situation report, from the example's ledger; and the
report of its worst day as PDF, beside the folder of pictures.

Usage: python docs/make_pictures.py [--out FOLDER]. Needs the built pages (`make frontend`) and a Chromium (`make browser`). The
ledger is made in a temporary folder as `make demo` makes it. Look at each before you commit it.
"""

from __future__ import annotations

import argparse
import base64
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from tests.web.conftest import WITH_WEBGL, chromium, make_example, serving, wait_until  # noqa: E402

from trucewatch.config import load_theatre  # noqa: E402
from trucewatch.reports.render_pdf import source_of  # noqa: E402
from trucewatch.reports.situation import make_report, part_of, render  # noqa: E402
from trucewatch.store import open_store  # noqa: E402
from trucewatch.store.reading import reading  # noqa: E402

SIZES = ((375, 812, 1.0), (1920, 1080, 0.6))
NIGHT = ("map", "incident")
DRAWN = "() => performance.getEntriesByName('trucewatch-map').length || document.body.classList.contains('as-table')"


def addresses(place: Path) -> dict[str, str]:
    """Every page, by an address that shows what it is for."""
    with open_store(place, create=False) as store:
        ledger = store.view()
    incident = max(ledger.incidents, key=lambda one: (len(one.denial_ids) > 0, len(one.claim_ids), one.id))
    claim = next(one for one in ledger.claims if one.id == incident.denial_ids[0])
    kin = max(ledger.kinships, key=lambda one: (len(one.passages), one.first_id))
    day = incident.when.earliest
    return {
        "map": f"/?control=1&day={day}&incident={incident.id}",
        "table": "/?as=table",
        "search": "/incidents?q=ganja",
        "incidents": "/incidents",
        "incident": f"/incident/{incident.id}",
        "document": f"/document/{claim.document_id}#{claim.id}",
        "beside": f"/document/{kin.first_id}/beside/{kin.second_id}",
        "agreements": "/agreements",
        "report": "/report",
        "data": "/data",
        "review": "/review",
    }


def report_pictures(browser: Any, place: Path, out: Path) -> None:
    """The page of a run, one incident on it, the first two pages of the report of the worst day, and that report."""
    page = browser.new_page(viewport={"width": 1100, "height": 1100})
    page.goto(place.with_name("report.html").as_uri())
    page.screenshot(path=out / "report-overview.png")
    with open_store(place, create=False) as store:
        incidents = store.view().incidents
        theatre = load_theatre(store.theatre() or "")
        denied = [one for one in incidents if one.denial_ids and one.act == "ADVANCE.TERRITORY"]
        dated = [(one.when.earliest, one) for one in incidents if one.when.earliest is not None]
        days, told = Counter(day for day, _ in dated), Counter(day for day, one in dated for _ in one.claim_ids)
        worst = max(days, key=lambda day: (days[day], told[day]))
        with reading(store) as reader:
            part = part_of(reader, theatre, worst, worst)
    page.set_viewport_size({"width": 1100, "height": 2400})
    page.locator(f"[id='{denied[0].id}']").first.screenshot(path=out / "report-incident.png")
    report = make_report(part.ledger, theatre, worst, worst, totals=part.totals, issued_at=datetime.now(UTC))
    out.with_name("example-report.pdf").write_bytes(render(report, "pdf"))
    template, inputs = source_of(report)
    sheets = typst.compile(template, format="png", sys_inputs=inputs, ppi=72.0)[:2]
    shown = "".join(f"<img src='data:image/png;base64,{base64.b64encode(sheet).decode()}'>" for sheet in sheets)
    style = "body{margin:0;background:#d9d9ce;width:1130px}img{width:537px;margin:14px 0 14px 14px;outline:1px solid #999}"
    page.close()
    # the policy of the page before would keep these pictures out
    page = browser.new_page(viewport={"width": 1118, "height": 790})
    page.set_content(f"<style>{style}</style>{shown}")
    page.screenshot(path=out / "situation-report.png")
    page.close()


def main() -> None:
    """Run, serve, look, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=PROJECT / "docs" / "pictures")
    out: Path = options.parse_args().out
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = make_example(Path(folder) / "out")
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(WITH_WEBGL))
        report_pictures(browser, place, out)
        with serving(place) as home:
            for width, height, scale in SIZES:
                for scheme in ("light", "dark"):
                    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                    page = context.new_page()
                    session = context.new_cdp_session(page)
                    for name, path in addresses(place).items():
                        if scheme == "dark" and name not in NIGHT:
                            continue
                        page.goto(home + path)
                        if path.startswith("/?"):
                            page.wait_for_selector("html[data-ready=map]", state="attached", timeout=120_000)
                            wait_until(page, DRAWN)
                        clip = {"x": page.evaluate("scrollX"), "y": page.evaluate("scrollY"), "width": width, "height": height}
                        shot = session.send("Page.captureScreenshot", {"format": "png", "clip": {**clip, "scale": scale}})
                        ending = "-dark" if scheme == "dark" else ""
                        out.joinpath(f"web-{name}-{width}{ending}.png").write_bytes(base64.b64decode(shot["data"]))
                    context.close()
        browser.close()


if __name__ == "__main__":
    main()
