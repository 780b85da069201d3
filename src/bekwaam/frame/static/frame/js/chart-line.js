// Lines with their name at the end; at most six, and the others together as a thin dotted one.

// A name is ink, because not every colour of a line can be read as text; a swatch of the line stands before it.
function swatch(colour) {
  return { line: { width: 10, height: 3, backgroundColor: colour } };
}

export function draw({ picture, look, grid, plainLine }) {
  const line = (one, colour, style) => ({
    ...plainLine(one.name, one.values, colour, 2),
    lineStyle: { color: colour, width: 2, ...style },
    endLabel: { show: true, color: look.ink, fontSize: 11, formatter: `{line|} ${one.name}`, rich: swatch(colour) },
  });
  const dash = (place) => ({ type: place % 2 ? [6, 3] : "solid" });
  const series = picture.lines.map((one, place) => line(one, look.series[place], dash(place)));
  if (picture.rest.name) series.push(line(picture.rest, look["ink-3"], { width: 1.25, type: [1, 3] }));
  return { series, grid: grid({ right: look.narrow ? 88 : 132 }) };
}
