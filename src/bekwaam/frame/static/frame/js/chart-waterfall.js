// The waterfall: names left, figures right, bars between; the two totals stand on a broken base.

const FOOT = 0.3;

export function draw({ picture, look, write, base, grid }) {
  const rows = rowsOf(picture);
  const reached = rows.flatMap((row) => [row.from, row.to]).filter((level) => level !== null);
  const low = Math.min(...reached);
  const high = Math.max(...reached);
  const min = low - ((high - low || 1) * FOOT) / (1 - FOOT);
  const said = rows.map((row) => (row.isTotal ? write.bare(row.to) : write.signed(row.to - row.from)));
  const bold = { b: { fontWeight: 600, color: look.ink, fontSize: 12 } };
  const shown = (words) => (value, place) => (rows[place].isTotal ? `{b|${words[place]}}` : words[place]);
  const side = (position, words) => ({
    type: "category", inverse: true, position, data: words, axisLine: { show: false }, axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { color: look.ink, fontSize: 12, rich: bold, formatter: shown(words), interval: 0, ...atEdge(position, words, look) },
  });
  const data = rows.map((row, place) => [row.from ?? min, row.to, place]);
  return {
    grid: grid({ left: 0, top: 4, right: 4, bottom: 4 }),
    xAxis: { type: "value", min, max: high, show: false },
    yAxis: [side("left", picture.labels), side("right", said)],
    tooltip: { ...base.tooltip, trigger: "item", formatter: (row) => told(picture, rows, said, row.dataIndex) },
    series: [{ type: "custom", data, encode: { x: [0, 1], y: 2 }, renderItem: bars(rows, look) }],
  };
}

// Names begin at the left edge and figures end at the right one, so both axes need the width of their longest words.
function atEdge(position, words, look) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `600 12px ${look.font}`;
  const margin = Math.ceil(Math.max(...words.map((word) => pen.measureText(word).width))) + 12;
  return { margin, align: position };
}

function rowsOf({ totals, steps }) {
  const total = (level) => ({ from: null, to: level, isTotal: true });
  return [total(totals[0]), ...steps.map(([from, to]) => ({ from, to, isTotal: false })), total(totals[1])];
}

function bars(rows, look) {
  const [gain, , , , loss, whole] = look.series;
  return (params, api) => {
    const row = rows[params.dataIndex];
    const [start] = api.coord([api.value(0), params.dataIndex]);
    const [end, middle] = api.coord([api.value(1), params.dataIndex]);
    const band = api.size([0, 1])[1];
    const height = Math.min(20, band * 0.62);
    const top = middle - height / 2;
    const fill = row.isTotal ? whole : row.to < row.from ? loss : gain;
    const shape = { x: Math.min(start, end), y: top, width: Math.max(1, Math.abs(end - start)), height };
    const children = [{ type: "rect", shape, style: { fill } }];
    if (row.isTotal) children.push(broken(start, top, height, look));
    if (params.dataIndex < rows.length - 1) children.push(onward(end, top + height, top + band, look));
    return { type: "group", children };
  };
}

function broken(x, top, height, look) {
  const points = [[x + 8, top - 1], [x + 13, top + height / 2], [x + 8, top + height + 1]];
  return { type: "polyline", shape: { points }, style: { stroke: look.page, lineWidth: 3, fill: "none" } };
}

function onward(x, y1, y2, look) {
  return { type: "line", shape: { x1: x, y1, x2: x, y2 }, style: { stroke: look["line-strong"], lineWidth: 1 } };
}

function told(picture, rows, said, place) {
  return `${picture.labels[place]}\n${said[place]} ${picture.unit}`;
}
