"""What the map page costs with 100,000 generated incidents: bytes on the wire, time to its first view, filter to redraw.

Usage: python bench/web_map.py [--incidents N] [--tries N]. Needs built pages (`make frontend`) and a Chromium (`make browser`).
Beside each time on the clock stands the browser's processor time, which other programs disturb less, and the first line
is a page of the same server without a map, as a floor. WebGL is drawn by the processor here, which a graphics card does in
a few ms: `map drawn` tells of the machine, the other lines of the page.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from trucewatch.store import open_store
from trucewatch.store.reading import reading
from trucewatch.web import make_app
from web import free_port, prepare, wait_for

SWITCHES = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
FILTERS = ("#filter-status input[value=contested]", "#filter-act input[value=air]", "#filter-by input[value=ARM]")
LAST = """name => { const all = performance.getEntriesByName(name); return all.length ? all.at(-1) : null; }"""


@contextmanager
def served(place: Path) -> Iterator[str]:
    """The address of a server over a ledger, with its columns already built as they are a moment after a start."""
    import uvicorn

    port = free_port()
    server = uvicorn.Server(uvicorn.Config(make_app(place), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(port, "/map/incidents")
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def seconds_to_build(place: Path) -> tuple[float, int]:
    """Processor seconds to make the columns, and their bytes compressed."""
    from trucewatch.web.layers import Layers

    app = make_app(place)
    with open_store(place) as store, reading(store):
        layers = Layers(app.state.site)
        begin = time.process_time()
        body = layers.body("incidents", lambda reader: layers.columns(reader).body)
    return time.process_time() - begin, len(body.packed)


def processor_ms(session: Any) -> float:
    """Processor time of the page's main thread so far."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(metrics["TaskDuration"])


def open_page(browser: Any, address: str) -> tuple[Any, Any, list[float]]:
    """A fresh tab without a cache at an address, its session, and the bytes that it loads (which go on growing)."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(120_000)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    loaded: list[float] = []
    session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto(address, wait_until="commit")
    return page, session, loaded


def wait_until(page: Any, expression: str) -> None:
    """Wait until an expression is true in a page: asked from outside, as the page's own policy forbids `wait_for_function`."""
    ends = time.monotonic() + 120
    while not page.evaluate(expression):
        if time.monotonic() > ends:
            raise SystemExit(f"after 120 s still not so: {expression}")
        page.wait_for_timeout(25)


def main() -> None:
    """Generate, serve, look, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--incidents", type=int, default=100_000)
    options.add_argument("--tries", type=int, default=5)
    given = options.parse_args()
    from playwright.sync_api import sync_playwright

    place = prepare(given.incidents)
    built, packed = seconds_to_build(place)
    print(f"{given.incidents:,} incidents: columns built in {built:.1f} s of processor time, once for each state of the ledger,")
    print(f"and sent as {packed:,} bytes; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with served(place) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=list(SWITCHES)
        )
        rows: dict[str, list[tuple[float, float]]] = {}
        sizes = []
        for _ in range(given.tries):
            page, session, loaded = open_page(browser, f"{home}/issues")
            page.wait_for_load_state()
            painted = page.evaluate(
                "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()"
            )
            rows.setdefault("a page without a map, first painted", []).append((painted, processor_ms(session)))
            page.context.close()
            page, session, loaded = open_page(browser, home)
            wait_until(page, "performance.getEntriesByName('trucewatch-painted').length > 0")
            entry = page.evaluate(LAST, "trucewatch-painted")
            rows.setdefault("first view: counts, timeline, list, filters", []).append(
                (entry["startTime"] + entry["duration"], processor_ms(session))
            )
            wait_until(page, "performance.getEntriesByName('trucewatch-map').length > 0")
            rows.setdefault("map drawn", []).append((page.evaluate(LAST, "trucewatch-map")["startTime"], processor_ms(session)))
            sizes.append(sum(loaded))
            for selector in FILTERS:
                page.evaluate("() => performance.clearMeasures()")
                before = processor_ms(session)
                page.locator(selector).first.click()
                wait_until(page, "performance.getEntriesByName('trucewatch-painted').length > 0")
                took = page.evaluate(LAST, "trucewatch-painted")["duration"]
                rows.setdefault("filter to redraw, painted", []).append((took, processor_ms(session) - before))
                rows.setdefault("filter to redraw, its script alone", []).append(
                    (page.evaluate(LAST, "trucewatch-redraw")["duration"], 0.0)
                )
            page.context.close()
        browser.close()
    print(f"{'bytes on the wire, first view and map':<46} {statistics.median(sizes):>12,.0f}   (at most 2,000,000)")
    for name, taken in rows.items():
        clock, processor = (statistics.median(values) for values in zip(*taken, strict=True))
        line = f"{name:<46} {clock:>9.0f} ms"
        print(line + (f"  processor {processor:>7.0f} ms" if processor else ""), flush=True)


if __name__ == "__main__":
    main()
