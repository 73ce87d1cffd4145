// A function of two numbers as shades of the page's ink, under the lines of a panel.

import { draw } from "./panel.js";

const SIZE = 220;

/** Paints `height(x, y)` over the panel, darkest where it is highest; call it again to repaint. */
export function heat(panel) {
  const image = draw(panel.plot, "image", { preserveAspectRatio: "none", class: "x-heat" });
  panel.plot.insertBefore(image, panel.plot.children[1]);
  for (const name of ["x", "y", "width", "height"]) {
    image.setAttribute(name, panel.plot.getAttribute(name));
  }
  return (height, [low, high], x, y) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIZE;
    const pen = canvas.getContext("2d");
    const pixels = pen.createImageData(SIZE, SIZE);
    for (let row = 0; row < SIZE; row++) {
      const v = y[1] - ((row + 0.5) / SIZE) * (y[1] - y[0]);
      for (let column = 0; column < SIZE; column++) {
        const u = x[0] + ((column + 0.5) / SIZE) * (x[1] - x[0]);
        const share = (height(u, v) - low) / (high - low);
        pixels.data[4 * (row * SIZE + column) + 3] = 110 * Math.min(Math.max(share, 0), 1);
      }
    }
    pen.putImageData(pixels, 0, 0);
    image.setAttribute("href", canvas.toDataURL());
  };
}
