// Upright bars; what is below zero has the colour of loss.

export function draw({ picture, look, grid, still }) {
  const [gain, , , , loss] = look.series;
  const data = picture.values.map((value) => ({ value, itemStyle: { color: value < 0 ? loss : gain } }));
  return {
    grid: grid({ right: 8 }),
    series: [{ type: "bar", name: picture.name, barMaxWidth: 28, emphasis: still, data }],
  };
}
