// How the strength of a mode of two layers grows.

/**
 * The flow tau du/dt = sqrt(c^2 + 4 u^2) (s - u) at times t in units of tau, for u0 of any sign:
 * with p = (w1 + w2)^2 and q = (w1 - w2)^2 it is a Riccati equation, solved by exponentials.
 */
export function flow({ target, start, imbalance, times }) {
  const sign = start < 0 ? -1 : 1; // of p and q take the one that is not 0 at the start
  const [s, u0, c] = [sign * target, Math.abs(start), imbalance];
  const [size, k] = [Math.hypot(c, 2 * u0), Math.hypot(c, 2 * s)];
  const [p0, r] = [2 * u0 + size, k > 0 ? (2 * s) / k : 0];
  const beyond = size + c > 0 ? 2 * u0 * (1 + (2 * u0) / (size + c)) : 0; // p0 - c
  return times.map((t) => {
    const [e, g] = [Math.exp(-k * t), k > 0 ? -Math.expm1(-k * t) / k : t];
    const room = 1 - r + e * (1 + r) + g * p0;
    const p = (p0 * (1 + r) + p0 * e * (1 - r) + g * c * c) / room;
    const gap = (beyond * (1 + r + e * (1 - r) - g * c) + 4 * c * s * g) / room; // p - c
    return p > 0 ? (sign * gap * (1 + c / p)) / 4 : 0;
  });
}
