// The part of the page that only a browser knows: the width of its column, and what a finger means on a chart.
// Python mounts it once per page (streamlit_compat.py) and says in `data` which form of the figures it has drawn; and
// once more, with the key of a `chart`, where it wants to know that this one is there to be seen.

// A scroll bar that one form needs and the other does not must not start a pendulum.
const SCROLL_BAR = 25;

// Plotly takes every touch on a chart for a drag of its axes: it stops the page's scroll, and answers a tap with the
// mark that was hovered before. Kept from it, swipes and pinches are the page's, and a tap is the browser's own click.
function keepTouchesFromPlotly() {
  if (window.twoShieldsTouch) return;
  window.twoShieldsTouch = true;
  document.addEventListener(
    "touchstart",
    (event) => {
      if (event.target instanceof Element && event.target.closest(".js-plotly-plot")) event.stopPropagation();
    },
    { capture: true, passive: true },
  );
  // No pointer leaves a mark when Back closes its evidence: its tooltip would stay.
  window.addEventListener("popstate", () => {
    for (const layer of document.querySelectorAll(".js-plotly-plot .nsewdrag")) layer.dispatchEvent(new MouseEvent("mouseout"));
  });
}

// A link to another view begins at that view's top: Streamlit leaves the page where its reader had scrolled to.
function beginAtTheTop() {
  if (window.twoShieldsTop) return;
  window.twoShieldsTop = true;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('[class*="st-key-links-"] button, [data-testid="stPageLink"] a');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) document.querySelector('[data-testid="stMain"]').scrollTop = 0;
  });
}

// Streamlit lays out a page anew when the reader's system turns dark, but asks Python for no chart in those colours (1.67).
function followTheme(column, data, setStateValue) {
  const app = document.querySelector('[data-testid="stApp"]');
  const watching = new MutationObserver(() => {
    const theme = getComputedStyle(app).colorScheme;
    if (theme === data.theme) return;
    column.dataset.form = "asked for";
    setStateValue("theme", theme);
  });
  watching.observe(app, { attributeFilter: ["class"] });
  return watching;
}

// A chart that cannot be drawn must not keep the others away.
const PATIENCE = 5000;

// One that does not fit the window is about to be drawn anew, by a run that another one must not come between.
function tellWhenDrawn(chart, setTriggerValue) {
  const began = performance.now();
  let frame = 0;
  const look = () => {
    const drawn = document.querySelector(`[data-form="fits"] .st-key-${chart} .js-plotly-plot:not([style*="visibility: hidden"]) .main-svg`);
    if (drawn || performance.now() - began > PATIENCE) setTriggerValue("drawn", true);
    else frame = requestAnimationFrame(look);
  };
  look();
  return () => cancelAnimationFrame(frame);
}

export default function ({ data, setStateValue, setTriggerValue }) {
  if (data.chart) return tellWhenDrawn(data.chart, setTriggerValue);
  keepTouchesFromPlotly();
  beginAtTheTop();
  const column = document.querySelector('[data-testid="stMainBlockContainer"]');
  if (!column) return undefined;
  let said = data.narrow;
  const watching = new ResizeObserver(([{ contentRect }]) => {
    if (!contentRect.width) return;
    const narrow = contentRect.width < data.wideFrom - (said ? 0 : SCROLL_BAR);
    column.dataset.form = narrow === data.narrow ? "fits" : "asked for"; // for tests: the page is about to change
    if (narrow === said) return;
    said = narrow;
    setStateValue("narrow", narrow);
  });
  watching.observe(column);
  const theme = followTheme(column, data, setStateValue);
  return () => [watching, theme].forEach((one) => one.disconnect());
}
