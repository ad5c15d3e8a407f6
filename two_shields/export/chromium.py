"""The Chromium that draws: started, given figures to draw, and ended even where it hangs.

Kaleido talks to it in a thread of its own. Kaleido 1.5 has a server for that, too, which is not used: once its browser
has died or hung, it waits for it for ever, and so does everybody after.
"""

import asyncio
import contextlib
import logging
import os
import signal
import subprocess
import threading
from collections.abc import Coroutine, MutableMapping
from pathlib import Path
from typing import Any

import choreographer.browsers
import kaleido
import plotly.graph_objects as go
from kaleido.errors import JavascriptError, KaleidoError

from two_shields.export import typeface

#: Seconds. A cold start takes two to seven, a picture a tenth of one.
START_TIMEOUT = 20
DRAW_TIMEOUT = 10
END_TIMEOUT = 5
#: Pictures after which the page is loaded anew, so that nothing piles up in it.
RELOAD_AFTER = 100
#: Bytes, of the 104 that a socket's path has at least; Chromium 156 adds 45.
MAX_FOLDER = 55
#: Errors of a figure that cannot be drawn; the browser itself is well.
REFUSED = (KaleidoError, JavascriptError)
LOG = logging.getLogger(__name__)
_SCRIPT = Path(__file__).with_name("kaleido.js").read_text("utf-8")


class _ChromiumInOneFolder(choreographer.browsers.Chromium):
    """Chromium that keeps all its files in the one folder that is removed after it, even if it dies."""

    def get_env(self) -> MutableMapping[str, str]:
        folder = str(self.tmp_dir.path)
        # It makes a socket there, and dies at once where the socket's path is longer than the system allows.
        return {**super().get_env(), **({"TMPDIR": folder} if len(folder) <= MAX_FOLDER else {})}


class _Page(kaleido.PageGenerator):
    """Kaleido's page, with the typeface in which Plotly measures words, and in which a PNG then shows them.

    Plotly makes a PNG of an SVG that is shown as an image, and so sees no typeface of the page. An SVG that readers get is
    shown in whatever they have: each line carries its width, or words that are wider there would be cut off.
    """

    def generate_index(self) -> str:
        style = typeface.style().replace("<style", '<style id="typeface"')
        return super().generate_index().replace("</head>", f"{style}<script>{_SCRIPT}</script></head>")


class _Kaleido(kaleido.Kaleido):
    """Kaleido that draws many pictures on one page. By itself it loads the page anew after each, with the 5 MB of
    Plotly's script (1.5): that takes longer than most pictures."""

    _drawn = 0

    async def _return_kaleido_tab(self, tab: Any) -> None:
        self._drawn += 1
        if self._drawn % RELOAD_AFTER:
            await self.tabs_ready.put(tab)
        else:
            await super()._return_kaleido_tab(tab)


class Chromium:
    """One browser, from its start to its end. Draws one picture at a time."""

    def __init__(self, path: str):
        """Starts it. Raises whatever Kaleido does, or `TimeoutError`; nothing is left then."""
        self._loop = asyncio.new_event_loop()
        # Errors after the last picture concern nobody.
        self._loop.set_exception_handler(lambda _loop, context: LOG.debug("%s", context["message"]))
        self._thread = threading.Thread(target=self._loop.run_forever, name="talks to Chromium", daemon=True)
        self._thread.start()
        self._kaleido = self._run(self._new_kaleido(path), START_TIMEOUT)
        try:
            self._run(self._kaleido.open(), START_TIMEOUT)
        except BaseException:
            self.end()
            raise

    @staticmethod
    async def _new_kaleido(path: str) -> _Kaleido:
        """Made inside the event loop that it belongs to; without MathJax, which it would load from another host."""
        return _Kaleido(path=path, page_generator=_Page(mathjax=False), browser_cls=_ChromiumInOneFolder)

    def draw(self, figure: go.Figure, form: str, scale: int) -> bytes:
        """The figure as `png` or `svg`. Raises `TimeoutError` where nothing comes, and whatever Kaleido does."""
        # Kaleido's own bound is none for a browser that hangs: when it is over, the tab is still waited for.
        return self._run(self._kaleido.calc_fig(figure, {"format": form, "scale": scale}), DRAW_TIMEOUT)

    @property
    def is_alive(self) -> bool:
        return self._kaleido.subprocess.poll() is None

    def end(self) -> None:
        """End it with all its processes, at once, for one that hangs hears nothing less; and remove its folders."""
        process = getattr(self._kaleido, "subprocess", None)
        if process is not None and hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, signal.SIGKILL)  # it leads a group of its own
                process.wait(END_TIMEOUT)
        for last in (self._kaleido.close, self._cancel_waiting):
            with contextlib.suppress(Exception):
                self._run(last(), END_TIMEOUT)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(END_TIMEOUT)
        if not self._thread.is_alive():
            self._loop.close()

    async def _cancel_waiting(self) -> None:
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    def _run(self, task: Coroutine[Any, Any, Any], within: float) -> Any:
        answer = asyncio.run_coroutine_threadsafe(task, self._loop)
        try:
            return answer.result(within)
        finally:
            answer.cancel()
