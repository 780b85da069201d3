// Draws every [data-chart]: its figures lie beside it as JSON, its colours come from the style sheet, and the library
// and the module of its kind from addresses that the page gives. Without this script the table below says the same.

const darkness = matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map();

// What fits on a sheet of A4 with the margins that browsers give it; a picture as wide as the window would be cut off.
const PAPER_WIDTH = 680;

async function draw(figure) {
  if (drawn.has(figure)) return;
  drawn.set(figure, null);
  try {
    const { echarts: library, look, kind } = figure.dataset;
    const [echarts, shared, drawer] = await Promise.all([import(library), import(look), import(kind)]);
    await document.fonts.ready;
    const canvas = figure.querySelector("[data-canvas]");
    const chart = echarts.init(canvas, null, { renderer: "canvas" });
    const picture = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const redraw = (inPrint = false) => {
      chart.setOption(shared.options(drawer, picture, { figure, chart, inPrint }), { notMerge: true });
      shared.spread(chart);
      chart.getZr().flush();
    };
    redraw();
    new ResizeObserver(() => {
      if (canvas.clientWidth === chart.getWidth()) return;
      chart.resize();
      redraw();
    }).observe(figure);
    drawn.set(figure, { chart, redraw });
  } catch (error) {
    figure.classList.add("is-plain");
    figure.querySelector("[data-twin]").open = true;
    throw error;
  }
}

function start(part) {
  const found = [...part.querySelectorAll("[data-chart]")];
  if (part.matches?.("[data-chart]")) found.push(part);
  found.forEach(draw);
}

function forget() {
  for (const [figure, made] of drawn) {
    if (figure.isConnected) continue;
    made?.chart.dispose();
    drawn.delete(figure);
  }
}

function redrawAll() {
  for (const made of drawn.values()) made?.redraw();
}

function toPaper(inPrint) {
  for (const made of drawn.values()) {
    made?.chart.resize(inPrint ? { width: PAPER_WIDTH } : { width: "auto" });
    made?.redraw(inPrint);
  }
}

start(document.body);
document.addEventListener("htmx:load", (event) => {
  forget();
  start(event.detail.elt);
});
darkness.addEventListener("change", redrawAll);
new MutationObserver(redrawAll).observe(document.documentElement, { attributeFilter: ["data-theme"] });
addEventListener("beforeprint", () => toPaper(true));
addEventListener("afterprint", () => toPaper(false));
