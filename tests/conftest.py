"""What every test runs under."""

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

IN_CI = bool(os.environ.get("CI"))

# A busy machine is slow, not wrong. In CI the examples are more, and the same every time;
# `pytest --hypothesis-profile=long` looks for what neither has found.
settings.register_profile("quick", deadline=None, derandomize=False, max_examples=10)
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("long", deadline=None, derandomize=False, max_examples=2000)
settings.load_profile("ci" if IN_CI else "quick")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[Any]:
    return failed_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[Any]:
    return failed_if_skipped((yield))


def failed_if_skipped(report: Any) -> Any:
    """In CI all tools are there, so that a skipped test is one that was lost."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason} (in CI no test may be skipped)"
    return report


Show = Callable[[bytes], Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The real Chromium, as Debian packages it."""
    place = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(place).exists():
        pytest.skip("needs chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=place, args=quiet)
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Show]:
    """Opens a page from disk; at the end no complaint and no request but for it may be known."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    complaints: list[str] = []
    asked: list[str] = []
    place = tmp_path / "review.html"

    def opened(page: bytes) -> Any:
        place.write_bytes(page)
        tab = context.new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(place.as_uri(), timeout=20_000)
        return tab

    yield opened
    context.close()
    assert [] == complaints
    assert {place.as_uri()} == set(asked)


OMEGAT = Path("/usr/share/omegat/OmegaT.jar")  # where Debian puts it


@pytest.fixture(scope="session")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with OmegaT's own copies of TMX's DTD and schema; OmegaT and xmllint are there."""
    tools = ("omegat", "xmllint", str(OMEGAT))
    if missing := [name for name in tools if shutil.which(name, os.F_OK) is None]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    place = tmp_path_factory.mktemp("tmx")
    with zipfile.ZipFile(OMEGAT) as jar:
        for name in ("schemas/tmx14.dtd", "schemas/tmx14.xsd", "schemas/xml.xsd"):
            jar.extract(name, place)
    return place / "schemas"
