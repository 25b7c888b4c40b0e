"""A served example ledger and a Chromium that draws it, for the tests that look at pages.

WebGL is drawn by the processor. Every request to any host but the server's own fails the test that made it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from trucewatch.cli.program import app as commands
from trucewatch.web import make_app
from trucewatch.web.templating import STATIC

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WITH_WEBGL = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
WITHOUT_WEBGL = ("--no-sandbox", "--disable-gpu", "--disable-3d-apis")
WIDE, PHONE = (1280, 900), (375, 812)
PATIENCE_MS = 60_000


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder of built pages; the test is skipped, saying so, where `make frontend` has built none."""
    if not STATIC.joinpath("app.js").is_file():
        pytest.skip("the web pages are not built: run `make frontend`, which needs Node 20")
    return STATIC


def make_example(out: Path) -> Path:
    """The ledger of the example corpus with the observers of the exercise, as `make demo` leaves it."""
    from typer.testing import CliRunner

    corpus = PROJECT / "examples" / "corpus"
    run = [
        "run",
        str(corpus),
        "--published",
        str(corpus / "published.csv"),
        "--theatre",
        "karabakh",
        "--out",
        str(out),
        "--quiet",
    ]
    for arguments in (run, ["observe", str(PROJECT / "examples" / "observers.csv"), "--out", str(out)], run):
        done = CliRunner().invoke(commands, arguments)
        assert done.exit_code == 0, done.output
    return out / "trucewatch.db"


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's ledger, made once."""
    return make_example(tmp_path_factory.mktemp("example") / "out")


@contextlib.contextmanager
def serving(place: Path) -> Iterator[str]:
    """The address of a server over a ledger."""
    import uvicorn

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(place), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture(scope="session")
def home(example: Path, built: Path) -> Iterator[str]:
    """The address of the served example."""
    with serving(example) as address:
        yield address


def chromium() -> str | None:
    """The browser named by CHROMIUM, one on the path, or None for Playwright's own."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))]
    return next((path for path in found if path), None)


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[tuple[str, ...]], Any]]:
    """Starts browsers with the switches given; skipped, saying so, where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: make setup-dev")
    with api.sync_playwright() as playwright:
        browsers: dict[tuple[str, ...], Any] = {}

        def start(switches: tuple[str, ...]) -> Any:
            if switches not in browsers:
                try:
                    browsers[switches] = playwright.chromium.launch(executable_path=chromium(), args=list(switches))
                except api.Error as err:
                    pytest.skip(f"no Chromium here: set CHROMIUM to one, or run `make browser` ({str(err).splitlines()[0]})")
            return browsers[switches]

        yield start
        for browser in browsers.values():
            browser.close()


def wait_until(page: Any, expression: str) -> None:
    """Wait until an expression holds in a page, asked through the browser's own protocol: the pages' policy forbids `eval`."""
    from playwright.sync_api import Error

    deadline = time.monotonic() + PATIENCE_MS / 1000
    while True:
        try:
            if page.evaluate(expression):
                return
        except Error:
            # the page was being left for the next one
            page.wait_for_load_state()
        assert time.monotonic() < deadline, f"never became true: {expression}"
        page.wait_for_timeout(50)


class Visit:
    """One tab: what it asked for and what went wrong in it."""

    def __init__(self, page: Any, home: str) -> None:
        self.page, self.home = page, home
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)

    def open(self, path: str = "/", *, is_map: bool | None = None) -> Any:
        """Go to a path; on the map page, wait until it is drawn."""
        self.page.goto(self.home + path)
        if is_map if is_map is not None else path.split("?")[0] == "/":
            self.page.wait_for_selector("html[data-ready=map]", state="attached")
        return self.page

    def leave(self) -> None:
        """Go nowhere, so that nothing is asked of a server that is about to end."""
        self.page.goto("about:blank")

    @property
    def foreign(self) -> list[str]:
        """Requests that left this machine's server."""
        return [url for url in self.asked if not url.startswith((self.home, "data:", f"blob:{self.home}"))]


@pytest.fixture
def visit(launch: Callable[[tuple[str, ...]], Any], home: str) -> Iterator[Callable[..., Visit]]:
    """Opens tabs: size, colour scheme and browser switches may be given. No tab may ask a foreign host or leave an error."""
    opened: list[tuple[Any, Visit]] = []

    def start(
        size: tuple[int, int] = WIDE, scheme: str = "light", switches: tuple[str, ...] = WITH_WEBGL, address: str = home
    ) -> Visit:
        context = launch(switches).new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
        )
        made = Visit(context.new_page(), address)
        opened.append((context, made))
        return made

    yield start
    for context, made in opened:
        context.close()
        assert made.foreign == [], "a page asked another host"
        assert made.errors == [], "a page left errors in the browser's console"
