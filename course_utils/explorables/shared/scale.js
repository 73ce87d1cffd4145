// From numbers to places in a picture, and round numbers in between.

/** A function from [a, b] to [p, q]; `invert` goes back. */
export function scale([a, b], [p, q], log = false) {
  const f = log ? Math.log10 : (v) => v;
  const slope = (q - p) / (f(b) - f(a));
  const place = (v) => p + (f(v) - f(a)) * slope;
  place.invert = (pixel) => {
    const v = f(a) + (pixel - p) / slope;
    return log ? 10 ** v : v;
  };
  return place;
}

/** About `n` round numbers from a to b; on a logarithmic scale whole powers of ten. */
export function ticks([a, b], n = 5, log = false) {
  if (log) {
    const [first, last] = [Math.ceil(Math.log10(a) - 1e-9), Math.floor(Math.log10(b) + 1e-9)];
    const every = Math.max(1, Math.ceil((last - first + 1) / n));
    return range(first, last, every).map((power) => 10 ** power);
  }
  const rough = (b - a) / n;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * [1, 2, 5, 10].find((round) => rough <= round * ten * (1 + 1e-9));
  return range(Math.ceil(a / step - 1e-9), Math.floor(b / step + 1e-9)).map((k) => k * step);
}

/** Whole numbers from first to last. */
export function range(first, last, every = 1) {
  return Array.from({ length: Math.max(0, Math.floor((last - first) / every) + 1) },
    (_, i) => first + i * every);
}

/** `n` numbers from a to b, evenly spaced. */
export function linspace(a, b, n) {
  return Array.from({ length: n }, (_, i) => a + ((b - a) * i) / (n - 1));
}

/** A number as a person writes it: three digits, a real minus, powers of ten for the far ends. */
export function say(v, digits = 3) {
  if (!Number.isFinite(v)) return v > 0 ? "∞" : v < 0 ? "−∞" : "no number";
  const size = Math.abs(v);
  const far = size !== 0 && (size < 1e-3 || size >= 1e4);
  return far ? sayPower(v, digits) : String(Number(v.toPrecision(digits))).replace("-", "−");
}

/** The same with a power of ten, as 2.5 · 10⁻⁷. */
export function sayPower(v, digits = 3) {
  const [head, power] = v.toExponential(digits - 1).split("e");
  const raised = [...String(Number(power))].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]);
  const times = Math.abs(Number(head)) === 1 ? (v < 0 ? "−" : "") : `${Number(head)} · `;
  return `${times}10${raised.join("")}`.replace("-", "−");
}
