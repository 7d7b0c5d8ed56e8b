"""What every test runs under."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

IN_CI = bool(os.environ.get("CI"))

# A busy machine is slow, not wrong; in CI the examples are the same every time.
settings.register_profile("bitext", deadline=None, derandomize=IN_CI)
settings.load_profile("bitext")


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
