// The fan: solid what is known, dotted what is expected, a dark band for 50 % and a light one for 80 %, its ends in
// figures. Dashed is the budget, an open ring is what the last snapshot expected.

// In print, by place in the series: what lies unseen below a band, the band of 80 %, again, that of 50 %.
const HATCHES = [hatch(0), hatch(7), hatch(0), hatch(3), hatch(0), hatch(0), hatch(0)];

function hatch(gap) {
  const colour = gap ? "rgb(22 32 30 / 45%)" : "transparent";
  return { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1, gap], rotation: Math.PI / 4, color: colour };
}

export function draw({ picture, look, write, base, grid, plainLine, still }) {
  const { words } = picture;
  const [own] = look.series;
  const label = (colour, said, weight = 400) => ({
    endLabel: { show: true, color: colour, fontSize: 11, fontWeight: weight, formatter: said },
  });
  const said = (value, words) => (look.narrow ? write.bare(value) : `${write.bare(value)} ${words}`);
  const bands = [
    ...band("_80", words.band80, picture.band80, look["band-80"], 1, still),
    ...band("_50", words.band50, picture.band50, look["band-50"], 2, still),
  ];
  if (picture.band80.length) {
    const [low, high] = picture.band80.at(-1) ?? [];
    Object.assign(bands[0], low === undefined ? {} : label(look["ink-2"], () => write.bare(low)));
    const upper = { endValue: high, ...label(look["ink-2"], () => write.bare(high)) };
    Object.assign(bands[1], high === undefined ? {} : upper);
  }
  const expected = plainLine(words.mean, picture.mean, own, 4);
  const actual = plainLine(words.actual, picture.actual, own, 5);
  const dotted = { color: own, width: 2, type: [2, 3] };
  return {
    grid: grid({ top: 36, right: look.narrow ? 74 : picture.previous === null ? 96 : 150 }),
    legend: legend(picture, look),
    aria: { enabled: look.hatched, decal: { show: true, decals: HATCHES } },
    tooltip: { ...base.tooltip, formatter: (rows) => told(picture, rows, write) },
    series: [
      ...bands,
      { ...expected, lineStyle: dotted, ...label(own, (row) => said(row.value, words.mean), 600) },
      { ...actual, lineStyle: { color: own, width: 2.5 }, markLine: until(picture, look, still) },
      ...held(picture, look, said, plainLine, label),
    ],
  };
}

function legend(picture, look) {
  const names = [picture.band50.length && picture.words.band50, picture.band80.length && picture.words.band80];
  return {
    data: names.filter(Boolean), top: 0, left: 8, itemWidth: 20, itemHeight: 9, icon: "rect", selectedMode: false,
    textStyle: { color: look["ink-2"], fontSize: 11 },
  };
}

// A band is its lower end, unseen, with the difference to its upper end on top of it.
function band(stack, name, ends, colour, z, still) {
  if (!ends.length) return [];
  const unseen = { opacity: 0 };
  const shared = { type: "line", symbol: "none", silent: true, lineStyle: unseen, emphasis: still, z, stack };
  shared.stackStrategy = "all";
  const width = ends.map((pair) => pair && pair[1] - pair[0]);
  return [
    { ...shared, name: `${stack}low`, data: ends.map((pair) => pair && pair[0]), areaStyle: unseen },
    { ...shared, name, data: width, areaStyle: { color: colour, opacity: 1 }, itemStyle: { color: colour } },
  ];
}

// The day up to which sales are known, where something is expected after it.
function until({ known, labels }, look, still) {
  const line = { color: look["line-strong"], type: [2, 3], width: 1 };
  const data = known >= 0 && known < labels.length - 1 ? [{ xAxis: known }] : [];
  return { symbol: "none", silent: true, label: { show: false }, lineStyle: line, emphasis: still, data };
}

function held({ budget, previous, labels, words }, look, said, plainLine, label) {
  const series = [];
  if (budget.length) {
    const line = plainLine(words.budget, budget, look.ink, 3);
    const name = label(look.ink, (row) => said(row.value, words.budget));
    series.push({ ...line, lineStyle: { color: look.ink, width: 1.25, type: [4, 3] }, ...name });
  }
  if (previous !== null) {
    const ring = { color: look.page, borderColor: look.ink, borderWidth: 1.5 };
    const data = labels.map((_label, place) => (place === labels.length - 1 ? previous : null));
    const point = { ...plainLine(words.previous, data, look.ink, 6), symbol: "circle", symbolSize: 9, itemStyle: ring };
    series.push({ ...point, ...label(look["ink-2"], (row) => said(row.value, words.previous)) });
  }
  return series;
}

// The ends of a band belong together, and where sales are known they are the answer.
function told(picture, rows, write) {
  const place = rows[0].dataIndex;
  const { words } = picture;
  const names = [words.actual, words.budget, words.previous, ...(place > picture.known ? [words.mean] : [])];
  const lines = rows.filter((row) => names.includes(row.seriesName) && row.value !== null && row.value !== undefined);
  const ends = place > picture.known && picture.band80[place];
  return [
    picture.labels[place].replace("\n", " "),
    ...lines.map((row) => `${row.seriesName}: ${write.full(row.value)}`),
    ...(ends ? [`${words.band80}: ${write.full(ends[0])} – ${write.full(ends[1])}`] : []),
  ].join("\n");
}
