"""The Chromium that draws is killed, hangs, or does not start: readers get words, and the next card has its chart."""

import asyncio
import os
import shutil
import signal
import tempfile
import threading
import warnings
from contextlib import suppress
from functools import cache
from pathlib import Path

import psutil
import pytest
from kaleido import Kaleido
from kaleido.errors import KaleidoError
from starlette.applications import Starlette
from web_client import ask

from two_shields.exhibits.registry import lead
from two_shields.export import chromium, image_export
from two_shields.state.views import AidView, TimelineView
from two_shields.web import cards, preview
from two_shields.web.disk_cache import DiskCache

pytestmark = pytest.mark.browser

APP = Starlette(routes=preview.ROUTES)
WRAPPER = "_unix_pipe_chromium_wrapper.py"
#: Seconds for what comes at once on a machine with nothing else to do.
PATIENCE = 60


@pytest.fixture
def temporary(monkeypatch):
    """A folder for temporary files, which the browser of this test has to itself; its path is short, as usual."""
    tmp_path = Path(tempfile.mkdtemp(prefix="ts-"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # for the browser's own
    monkeypatch.setattr(preview, "card_cache", disk := cache(lambda: DiskCache("cards")))
    for module, bound in ((chromium, "START_TIMEOUT"), (chromium, "DRAW_TIMEOUT"), (preview, "MAX_WAIT")):
        monkeypatch.setattr(module, bound, 5 * PATIENCE)  # a busy machine is no fault of the browser
    with image_export.browser_lifespan():
        pass  # whatever browser an earlier test has left
    with image_export.browser_lifespan():
        yield tmp_path
    disk().close()
    assert not list(tmp_path.iterdir()), "a folder of the browser is left"
    assert not of_ours(), "a process of the browser is left"
    tmp_path.rmdir()
    image_export._closed = False


def of_ours():
    """The processes of the browser that draws, the one that was started first at the front. Never another browser's."""
    found = []
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):  # one that has just ended has no command line any more
            if WRAPPER in " ".join(child.cmdline()):
                found += [child, *child.children(recursive=True)]
    return found


def send(number):
    """A signal to all processes of the browser, its wrapper left out."""
    for process in of_ours()[1:]:
        process.send_signal(number)


def has_its_chart(answer):
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    return "max-age=3600" in answer.headers["cache-control"]


def in_words(record, view):
    return cards.in_words(record, view, lead(record, view))


def asked_meanwhile(path, monkeypatch, do):
    """Ask for a card; once its chart is waited for, by a browser that has been stopped, do that."""
    begun, draw = threading.Event(), Kaleido.calc_fig

    async def drawing(self, *given, **named):
        asyncio.get_running_loop().call_later(0.5, begun.set)  # it has been asked for by then
        return await draw(self, *given, **named)

    monkeypatch.setattr(Kaleido, "calc_fig", drawing)
    answers = []
    asking = threading.Thread(target=lambda: answers.append(ask(APP, path)), daemon=True)
    asking.start()
    assert begun.wait(chromium.START_TIMEOUT)
    do()
    asking.join(PATIENCE)
    assert answers, "who waited for the browser waits on"
    return answers[0]


def test_a_browser_killed_mid_card_costs_that_card_its_chart_and_no_other(temporary, record, monkeypatch):
    assert has_its_chart(ask(APP, "/preview/aid.png"))
    before = {process.pid for process in of_ours()}
    send(signal.SIGSTOP)  # so that it cannot be done before it is killed
    answer = asked_meanwhile("/preview/timeline.png", monkeypatch, lambda: send(signal.SIGKILL))
    assert not has_its_chart(answer) and answer.body == in_words(record, TimelineView())
    again = ask(APP, "/preview/timeline.png")
    assert has_its_chart(again) and again.body != answer.body
    assert before.isdisjoint(process.pid for process in of_ours())


def test_a_browser_killed_while_it_rests_costs_nobody_anything(temporary):
    def held():
        return psutil.Process().num_fds(), len([one for one in threading.enumerate() if "AnyIO" not in one.name])

    assert has_its_chart(ask(APP, "/preview/aid.png"))
    before = held()
    send(signal.SIGKILL)
    psutil.wait_procs(of_ours(), timeout=10)
    assert has_its_chart(ask(APP, "/preview/timeline.png"))
    assert held() <= before


def test_a_browser_that_hangs_is_given_up_and_replaced(temporary, record, monkeypatch, caplog):
    assert has_its_chart(ask(APP, "/preview/aid.png"))
    monkeypatch.setattr(chromium, "DRAW_TIMEOUT", 1)
    monkeypatch.setattr(preview, "MAX_WAIT", PATIENCE)
    send(signal.SIGSTOP)
    assert ask(APP, "/preview/timeline.png").body == in_words(record, TimelineView())
    assert "hangs, and is ended" in caplog.text
    assert not of_ours()
    monkeypatch.setattr(chromium, "DRAW_TIMEOUT", PATIENCE)
    # The Share menu draws with the same browser.
    figure = lead(record, TimelineView()).draw()[0]
    assert image_export.draw(figure, "svg").startswith(b"<svg")
    monkeypatch.setattr(chromium, "DRAW_TIMEOUT", 1)
    send(signal.SIGSTOP)
    with pytest.raises(image_export.ImageUnavailable, match="Please try again in a minute"):
        image_export.draw(figure, "svg")


def test_a_server_that_ends_takes_its_browser_along_mid_card(temporary, record, monkeypatch):
    assert has_its_chart(ask(APP, "/preview/aid.png"))
    send(signal.SIGSTOP)

    def end():
        with image_export.browser_lifespan():
            pass
        assert not of_ours()

    assert asked_meanwhile("/preview/timeline.png", monkeypatch, end).body == in_words(record, TimelineView())
    with pytest.raises(image_export.ImageUnavailable, match="is ending"):
        image_export.draw(lead(record, AidView()).draw()[0], "svg")


def test_who_waits_for_a_picture_that_never_comes_is_let_go_when_the_server_ends(temporary, record, monkeypatch):
    async def draw(*_, **__):
        await asyncio.Event().wait()

    def end():
        with image_export.browser_lifespan():
            pass

    monkeypatch.setattr(Kaleido, "calc_fig", draw)
    assert asked_meanwhile("/preview/timeline.png", monkeypatch, end).body == in_words(record, TimelineView())


@pytest.mark.parametrize("does", ["exit 1", "exec sleep 600"], ids=["dies", "hangs"])
def test_a_browser_that_does_not_start_is_no_browser(does, tmp_path, temporary, record, monkeypatch):
    for name in image_export._BROWSERS:  # whichever of them this machine has
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", encoding="ascii")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(chromium, "START_TIMEOUT", 2)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert shutil.which("chromium") == str(tmp_path / "chromium")
    with pytest.raises(image_export.ImageUnavailable, match="does not start"):
        image_export.draw(lead(record, AidView()).draw()[0], "svg")
    assert ask(APP, "/preview/aid.png").body == in_words(record, AidView())


def test_a_browser_that_is_well_asks_no_other_host_and_outlives_a_figure_that_it_refuses(
    temporary, record, monkeypatch
):
    figure = lead(record, AidView()).draw()[0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Kaleido warns of arguments that it ignores
        image_export.draw(figure, "svg")
    page = next(temporary.glob("*/index.html")).read_text(encoding="utf-8")
    assert "<script" in page and "http" not in page

    async def refuse(*_):
        raise KaleidoError(525, "no such figure")

    first = of_ours()[0].pid
    with monkeypatch.context() as patch, pytest.raises(KaleidoError):
        patch.setattr(Kaleido, "calc_fig", refuse)
        image_export.draw(figure, "svg")
    image_export.draw(figure, "svg")
    assert of_ours()[0].pid == first
