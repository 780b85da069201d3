// Small multiples: one panel per name, all on one scale, four beside each other on a desk and two on a phone.

const GUTTER = 44;
const GAP = 20;
const HEAD = 28;
const FOOT = 24;

export function draw({ picture, look, write, base, plainLine }) {
  const columns = look.narrow ? 2 : 4;
  const places = picture.panels.map((_panel, place) => placeOf(place, columns, picture.panels.length, look));
  const every = picture.panels.flatMap((panel) => [...panel.values, ...panel.before]).filter((value) => value !== null);
  const ends = { min: 0 - round(0 - Math.min(0, ...every)), max: round(Math.max(0, ...every)) };
  const axis = (place, more) => ({ gridIndex: place, ...more });
  return {
    grid: places.map(({ left, top, width, height }) => ({ left, top, width, height, outerBoundsMode: "none" })),
    title: picture.panels.map((panel, place) => title(panel.name, places[place], look)),
    xAxis: places.map((_at, place) => axis(place, { ...base.xAxis, axisLabel: firstAndLast(base, picture) })),
    yAxis: places.map((at, place) => axis(place, {
      ...base.yAxis, ...ends, interval: (ends.max - ends.min) / 2,
      axisLabel: { ...base.yAxis.axisLabel, show: at.isFirst },
    })),
    tooltip: { ...base.tooltip, formatter: (rows) => told(picture, rows, write) },
    series: picture.panels.flatMap((panel, place) => lines(panel, place, look, plainLine)),
  };
}

// The next round figure that can be halved.
function round(value) {
  if (value <= 0) return 0;
  const size = 10 ** Math.floor(Math.log10(value));
  return size * [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((step) => step * size >= value);
}

function placeOf(place, columns, count, look) {
  const column = place % columns;
  const rowHeight = look.height / Math.ceil(count / columns);
  const width = (look.width - GUTTER - GAP * (columns - 1) - 8) / columns;
  const top = Math.floor(place / columns) * rowHeight + HEAD;
  return { left: GUTTER + column * (width + GAP), top, width, height: rowHeight - HEAD - FOOT, isFirst: column === 0 };
}

function title(name, { left, top, width }, look) {
  const style = { fontSize: 12, fontWeight: 600, color: look.ink, fontFamily: look.font, width, overflow: "break" };
  return { text: name, left, top: top - HEAD + 6, padding: 0, textStyle: style };
}

function firstAndLast(base, { labels }) {
  const shown = (_place, label) => label === labels[0] || label === labels.at(-1);
  const edges = { alignMinLabel: "left", alignMaxLabel: "right", showMinLabel: true, showMaxLabel: true };
  const formatter = (label) => label.replace("\n", " ");
  return { ...base.xAxis.axisLabel, ...edges, interval: shown, formatter };
}

function lines(panel, place, look, plainLine) {
  const at = { xAxisIndex: place, yAxisIndex: place };
  const [own] = look.series;
  const now = { ...plainLine(panel.name, panel.values, own, 3), ...at, lineStyle: { color: own, width: 2 } };
  if (!panel.before.length) return [now];
  const dashed = { color: look["line-strong"], width: 1.25, type: [4, 3] };
  return [{ ...plainLine("", panel.before, look["line-strong"], 2), ...at, silent: true, lineStyle: dashed }, now];
}

function told(picture, rows, write) {
  const row = rows.find((one) => one.seriesName) ?? rows[0];
  const label = picture.labels[row.dataIndex].replace("\n", " ");
  return row.value === undefined ? label : `${row.seriesName}, ${label}: ${write.full(row.value)}`;
}
