// The summary covers the live page, which cannot be reached meanwhile, until that has drawn its first chart, marks and
// all, or has run and has none. Where a script fails the summary stays. While the page waits for its server, the largest
// chunk is imported: the browser has it by then, and would run it only once the chart is there.
(() => {
  // Streamlit draws a chart unseen first, and shows it once it has its width (1.67).
  const DRAWN = '.js-plotly-plot:not([style*="visibility: hidden"]) .main-svg';
  const root = document.getElementById("root"), summary = document.getElementById("summary");
  const first = (among, selector) => among.querySelector(selector);
  const begun = () => {
    const app = first(root, '[data-testid="stApp"]');
    return app && app.dataset.testConnectionState === "CONNECTED" && app;
  };
  const there = () => {
    const app = begun();
    const main = app && first(app, '[data-testid="stMain"]');
    if (!main || !first(main, '[data-testid="stElementContainer"]')) return false;
    const chart = first(main, '[data-testid="stPlotlyChart"], [data-testid="stSkeleton"]');
    return chart ? Boolean(first(chart, DRAWN)) : app.dataset.testScriptState === "notRunning";
  };
  let chunk = first(document, "#chart-chunk");
  const look = () => {
    if (chunk && begun()) {
      import(chunk.href).catch(() => {});
      chunk = null;
    }
    if (!there()) return;
    watching.disconnect();
    root.inert = false;
    const main = first(root, '[data-testid="stMain"]');
    if (main && summary.scrollTop) main.scrollTop = summary.scrollTop;
    summary.remove();
  };
  const watching = new MutationObserver(look);
  // Ninety requests at once would hold up the first frame. Where nothing is painted, none is waited for.
  const painted = document.hidden ? setTimeout : requestAnimationFrame;
  painted(() => setTimeout(() => document.head.append(first(document, "#hints").content)));
  root.inert = true;
  watching.observe(root, {subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-test-connection-state", "data-test-script-state", "style"]});
})()
