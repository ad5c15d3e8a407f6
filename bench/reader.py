"""A reader without a browser: one WebSocket session that says to the server what Streamlit's own page would say."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import date, timedelta
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from two_shields.state.views import PAGES

#: Seconds after which a reader has gone away.
PATIENCE = 60
#: What a page asks before it opens its session.
_ASKED_FIRST = ("/_stcore/health", "/_stcore/host-config")
_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
_SEARCHED = ("Mistral", "Patriot", "France", "letter of intent", "delivered")
#: Widgets that are filters, with the field of the protocol that carries their value.
_CARRIED_BY = {
    "button_group": "string_array_value",
    "multiselect": "string_array_value",
    "date_input": "string_array_value",
    "selectbox": "string_value",
    "text_input": "string_value",
}
#: The buttons that go through time, the only filter of the Overview.
_STEPS = ("scrubber:earlier", "scrubber:later")
#: For as many runs a page keeps large messages, which the server then only names (`global.maxCachedMessageAge`).
_KEPT_FOR = 2


class Fault(Exception):
    """What a reader must not see: an error on the page, a lost connection, an answer that is late or wrong."""


class Reader:
    """Opens a link, changes filters; the same `seed` makes the same changes."""

    def __init__(self, site: str, link: str, seed: int):
        self.site = site
        self.page, _, self.query = link.lstrip("/").partition("?")
        self.received = 0  # bytes
        self._chance = random.Random(seed)
        self._connection: ClientConnection | None = None
        self._script = ""
        self._filters: dict[str, Element] = {}
        self._states: dict[str, WidgetState] = {}
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        self._runs = 0

    @property
    def is_open(self) -> bool:
        return self._runs > 0

    async def open(self) -> float:
        """Ask for the page and run it once; seconds from the first request to the end of the run."""
        began = time.perf_counter()
        address = f"/{self.page}" + (f"?{self.query}" if self.query else "")
        for path in (address, *_ASKED_FIRST):
            await asyncio.to_thread(_get, self.site + path)
        try:
            self._connection = await connect(
                f"ws://{urlsplit(self.site).netloc}/_stcore/stream",
                origin=self.site,
                subprotocols=["streamlit", "none"],
                user_agent_header=_AGENT,
                compression="deflate",  # as browsers ask for
                max_size=None,
                open_timeout=PATIENCE,
            )
        except (OSError, WebSocketException) as error:
            raise Fault(f"no session: {error!r}") from error
        await self._run()
        if not self._filters:  # of the Overview only its map comes first; its browser asks for the rest
            await self._run()
        if not self._filters:
            raise Fault(f"{address} shows no filter")
        return time.perf_counter() - began

    async def change(self) -> float:
        """Change one filter; seconds from sending the change to the end of the run. The address has to follow."""
        name = self._chance.choice(sorted(self._filters))
        self._set(self._filters[name], self._another(self._filters[name]))
        before, began = self.query, time.perf_counter()
        await self._run()
        took = time.perf_counter() - began
        self._states = {key: state for key, state in self._states.items() if not state.trigger_value}
        if self.query == before:
            raise Fault(f"/{self.page}?{before}: a change of {name} did not reach the address")
        return took

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def _run(self) -> None:
        """Ask for a run and take in all that it sends, until it has ended."""
        self._runs += 1
        self._filters.clear()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._connection.send(self._asked().SerializeToString())
                while True:
                    data = await self._connection.recv()
                    self.received += len(data)
                    message = ForwardMsg.FromString(data)
                    if self._taken(message):
                        break
        except TimeoutError as error:
            raise Fault(f"no answer within {PATIENCE} s") from error
        except (OSError, WebSocketException) as error:
            raise Fault(f"disconnected: {error!r}") from error
        shown = {self._element_of(widget).id for widget in self._filters.values()}
        self._states = {key: state for key, state in self._states.items() if key in shown}
        self._kept = {key: (run, kept) for key, (run, kept) in self._kept.items() if run > self._runs - _KEPT_FOR}

    def _asked(self) -> BackMsg:
        asked = BackMsg()
        client = asked.rerun_script
        client.query_string = self.query
        client.page_script_hash = self._script
        client.page_name = "" if self._script else self.page
        client.widget_states.widgets.extend(self._states.values())
        client.cached_message_hashes.extend(self._kept)
        client.context_info.timezone = "Europe/Paris"
        client.context_info.locale = "en-GB"
        client.context_info.url = f"{self.site}/{self.page}"
        client.context_info.color_scheme = "light"
        return asked

    def _taken(self, message: ForwardMsg) -> bool:
        """Take a message in; whether it was the run's last."""
        if message.WhichOneof("type") == "ref_hash":
            _, kept = self._kept[message.ref_hash]
            self._kept[message.ref_hash] = (self._runs, kept)
            message = kept
        elif message.metadata.cacheable:
            self._kept[message.hash] = (self._runs, message)
        match message.WhichOneof("type"):
            case "navigation":
                self._script = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "page_not_found":
                raise Fault(f"/{self.page} is no page")
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._seen(message.delta.new_element)
            case "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise Fault("the script does not compile")
                return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return False

    def _seen(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise Fault(f"/{self.page}?{self.query}: {element.exception.type}: {element.exception.message}")
        if kind == "alert" and element.alert.format == Alert.ERROR:
            raise Fault(f"/{self.page}?{self.query}: {element.alert.body}")
        if kind == "button" and element.button.id.endswith(_STEPS) and not element.button.disabled:
            self._filters["as_of"] = element
        if kind not in _CARRIED_BY:
            return
        widget = self._element_of(element)
        page, _, name = widget.id.split("-", 2)[-1].partition(":")
        if page == (self.page or "overview") and name in {one.name for one in PAGES[self.page].parameters()}:
            self._filters[name] = element
            value = _value(element)
            if (widget.set_value or widget.id not in self._states) and (value or kind != "selectbox"):
                self._set(element, value)  # a browser says nothing of a list of which nothing is chosen

    @staticmethod
    def _element_of(element: Element):
        return getattr(element, element.WhichOneof("type"))

    def _set(self, element: Element, value: list[str] | str | bool) -> None:
        state = WidgetState(id=self._element_of(element).id)
        if value is True:
            state.trigger_value = True
        elif isinstance(value, list):
            state.string_array_value.data.extend(value)
        else:
            state.string_value = value
        self._states[state.id] = state

    def _another(self, element: Element) -> list[str] | str | bool:
        """A value that the filter does not have now: a choice more or less, another one, another day, other words."""
        if element.WhichOneof("type") == "button":
            return True
        state = self._states.get(self._element_of(element).id, WidgetState())
        now = list(state.string_array_value.data) or [state.string_value]
        match element.WhichOneof("type"):
            case "button_group":
                return [self._chance.choice([o.content for o in element.button_group.options if o.content not in now])]
            case "multiselect":
                now = list(state.string_array_value.data)
                chosen = self._chance.choice(list(element.multiselect.options))
                most = element.multiselect.max_selections or len(now) + 1  # a browser offers no more
                return [one for one in now if one != chosen] if chosen in now else [*now, chosen][-most:]
            case "selectbox":
                return self._chance.choice([one for one in element.selectbox.options if one not in now])
            case "date_input":
                days = (date(2022, 3, 1) + timedelta(days=self._chance.randrange(1400)) for _ in range(9))
                return [next(day.isoformat() for day in days if day.isoformat() not in now)]
            case _:
                return self._chance.choice([words for words in _SEARCHED if words not in now])


def _value(element: Element) -> list[str] | str:
    """What a widget shows, as the server sent it."""
    match element.WhichOneof("type"):
        case "button_group":
            widget = element.button_group
            return list(widget.raw_values) if widget.set_value else [widget.options[i].content for i in widget.default]
        case "multiselect":
            widget = element.multiselect
            return list(widget.raw_values) if widget.set_value else [widget.options[i] for i in widget.default]
        case "selectbox":
            widget = element.selectbox
            return widget.raw_value if widget.set_value else widget.options[widget.default]
        case "date_input":
            widget = element.date_input
            return list(widget.value if widget.set_value else widget.default)
        case _:
            widget = element.text_input
            return widget.value if widget.set_value else widget.default


def _get(address: str) -> None:
    try:
        with urlopen(Request(address, headers={"User-Agent": _AGENT}), timeout=PATIENCE) as answer:
            answer.read()
            if answer.status != 200:
                raise Fault(f"{address}: {answer.status}")
    except HTTPError as error:
        raise Fault(f"{address}: {error.code}") from error
    except (URLError, OSError) as error:
        raise Fault(f"{address}: {error!r}") from error
