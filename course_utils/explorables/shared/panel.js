// A picture with two axes, in SVG: it takes its colours from the page and stays sharp in print.

import { say, sayPower, scale, ticks } from "./scale.js";

const SVG = "http://www.w3.org/2000/svg";
const [LEFT, RIGHT, TOP, BOTTOM] = [48, 10, 24, 38];

/** An SVG element with these attributes, below `parent`. */
export function draw(parent, tag, attributes = {}, text = "") {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.textContent = text;
  parent.append(node);
  return node;
}

/**
 * A panel below `parent`. Axes are { label, range: [a, b], log }; `alt` says what it shows.
 * It gives `line`, `dots` and `place` to draw, `axes` to change the ranges, `pick` for clicks.
 */
export function panel(parent, { title, x, y, alt, width = 340, height = 260 }) {
  const svg = draw(parent, "svg", { viewBox: `0 0 ${width} ${height}`, class: "x-panel", role: "img" });
  draw(svg, "title", {}, alt);
  draw(svg, "text", { x: LEFT, y: 14, class: "x-title" }, title);
  const ruled = draw(svg, "g");
  const [w, h] = [width - LEFT - RIGHT, height - TOP - BOTTOM];
  const inner = { x: LEFT, y: TOP, width: w, height: h, viewBox: `${LEFT} ${TOP} ${w} ${h}` };
  const plot = draw(svg, "svg", { ...inner, overflow: "hidden" });
  draw(plot, "rect", { x: LEFT, y: TOP, width: w, height: h, class: "x-ground" });
  const shown = [];
  const self = { svg, plot, place: {} };

  self.axes = (nextX = x, nextY = y) => {
    const same = self.place.x && String(nextX.range) === String(x.range)
      && String(nextY.range) === String(y.range);
    if (same) return;
    [x, y] = [nextX, nextY];
    self.place.x = scale(x.range, [LEFT, LEFT + w], x.log);
    self.place.y = scale(y.range, [TOP + h, TOP], y.log);
    rule(ruled, self.place, x, y, w, h);
    for (const redraw of shown) redraw();
  };

  /** A line through points; call what it returns with new ones. NaN leaves a gap. */
  self.line = (look) => mark("path", look, (node, xs, ys) => {
    let [d, pen] = ["", "M"];
    for (let i = 0; i < xs.length; i++) {
      const [px, py] = [self.place.x(xs[i]), clamp(self.place.y(ys[i]))];
      if (Number.isNaN(px) || Number.isNaN(py)) { pen = "M"; continue; }
      d += `${pen}${px.toFixed(1)} ${py.toFixed(1)}`;
      pen = "L";
    }
    node.setAttribute("d", d);
  });

  /** Dots at points, as one path of round ends. */
  self.dots = (look) => mark("path", `${look} x-dots`, (node, xs, ys) => {
    let d = "";
    for (let i = 0; i < xs.length; i++) {
      const [px, py] = [self.place.x(xs[i]), self.place.y(ys[i])];
      if (Number.isFinite(px + py)) d += `M${px.toFixed(1)} ${py.toFixed(1)}h0`;
    }
    node.setAttribute("d", d);
  });

  /** Calls back with the point that is clicked or touched. */
  self.pick = (callback) => {
    svg.classList.add("x-pick");
    svg.addEventListener("click", (event) => {
      const box = svg.getBoundingClientRect();
      const px = ((event.clientX - box.left) / box.width) * width;
      const py = ((event.clientY - box.top) / box.height) * height;
      const inside = px >= LEFT && px <= LEFT + w && py >= TOP && py <= TOP + h;
      if (inside) callback(self.place.x.invert(px), self.place.y.invert(py));
    });
  };

  function mark(tag, look, write) {
    const node = draw(plot, tag, { class: look });
    let last = [[], []];
    const redraw = () => write(node, ...last);
    shown.push(redraw);
    return (xs, ys) => { last = [xs, ys]; redraw(); };
  }

  self.axes();
  return self;
}

/** Far outside it does not matter where, and SVG has no infinity. */
function clamp(pixel) {
  return Math.min(Math.max(pixel, -1e4), 1e4);
}

/** A tick's number; on a logarithmic axis in powers of ten, which are shorter. */
function named(v, log) {
  return log && (v < 0.009 || v > 110) ? sayPower(v, 1) : say(v);
}

function rule(group, place, x, y, w, h) {
  group.replaceChildren();
  for (const v of ticks(x.range, 5, x.log)) {
    const at = place.x(v).toFixed(1);
    draw(group, "path", { d: `M${at} ${TOP}v${h}`, class: "x-grid" });
    const edge = LEFT + w + RIGHT; // no number is cut off there: 3.5 is half a digit's width
    const over = Number(at) + 3.5 * named(v, x.log).length > edge;
    const spot = over ? { x: edge, "text-anchor": "end" } : { x: at, "text-anchor": "middle" };
    draw(group, "text", { ...spot, y: TOP + h + 14, class: "x-tick" }, named(v, x.log));
  }
  for (const v of ticks(y.range, 5, y.log)) {
    const at = place.y(v).toFixed(1);
    draw(group, "path", { d: `M${LEFT} ${at}h${w}`, class: "x-grid" });
    draw(group, "text", { x: LEFT - 5, y: Number(at) + 4, class: "x-tick", "text-anchor": "end" }, named(v, y.log));
  }
  const [middle, centre] = [LEFT + w / 2, TOP + h / 2];
  draw(group, "text", { x: middle, y: TOP + h + 31, class: "x-label", "text-anchor": "middle" }, x.label);
  const turned = { transform: `translate(10 ${centre}) rotate(-90)`, "text-anchor": "middle" };
  draw(group, "text", { ...turned, class: "x-label" }, y.label);
}
