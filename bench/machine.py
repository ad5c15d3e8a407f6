"""The machine's facts that a result depends on. Neither its name nor any path."""

from __future__ import annotations

import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from tests.browser.conftest import chromium

PACKAGES = ("streamlit", "plotly", "pandas")


def facts() -> dict[str, str]:
    """What was measured on, and when, by name."""
    return {
        "Date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "Cores": f"{len(psutil.Process().cpu_affinity() or [])} of {psutil.cpu_count()}",
        "Processor": _processor(),
        "Memory": f"{psutil.virtual_memory().total / 2**30:.1f} GiB",
        "System": _system(),
        "Python": platform.python_version(),
        **{name.capitalize(): version(name) for name in PACKAGES},
        "Chromium": _chromium(),
        "Busy before": f"{_busy():.0f} % of all cores, by other programs",
    }


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    names = re.findall(r"^model name\s*:\s*(.+)$", described.read_text(), re.M) if described.exists() else []
    return names[0] if names else platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _chromium() -> str:
    path = chromium()
    if path is None:
        return "Playwright's own"
    asked = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return " ".join(re.findall(r"\d+(?:\.\d+)+", asked.stdout)[:1]) or "unknown"


def _busy() -> float:
    """How much of the processor others use, over two seconds: a crowded machine measures itself."""
    return psutil.cpu_percent(interval=2)
