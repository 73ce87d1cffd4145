// Three modes of a network of one to four layers, and its loss.

import { bodyOf, legend, make, reset, slider } from "./shared/controls.js";
import { flow } from "./shared/flow.js";
import { panel } from "./shared/panel.js";
import { linspace, say } from "./shared/scale.js";
import { prediction, summary, table } from "./shared/words.js";

const KEYS = ["s1", "s2", "s3", "start", "depth", "imbalance"];
const ENDS = [1, 10, 100, 1000, 10000].flatMap((ten) => [ten, 2 * ten, 5 * ten]); // of the time axis

/** One layer, tau du/dt = s - u. */
export function oneLayer({ s, u0, times }) {
  return times.map((t) => u0 * Math.exp(-t) - s * Math.expm1(-t));
}

/**
 * Time as a function of the strength x = u / s, up to a constant and in units of tau / s^(2 - 2/D),
 * for D > 2; y = ln(x / (1 - x)). With w = x^(1/D) it is the integral of w^(1 - D) / (1 - w^D), in
 * partial fractions over the roots of unity z = e^(i a).
 */
export function clock(depth, y) {
  const logX = y > 0 ? -Math.log1p(Math.exp(-y)) : y - Math.log1p(Math.exp(y));
  const w = Math.exp(logX / depth);
  let sum = Math.log(-Math.expm1(logX / depth)); // of z = 1, to all digits where w is close to 1
  for (let j = 1; j < depth; j++) {
    const a = (2 * Math.PI * j) / depth;
    const [re, im] = [1 - w * Math.cos(a), w * Math.sin(a)]; // 1 - w / z
    sum += 0.5 * Math.cos(2 * a) * Math.log(re * re + im * im) - Math.sin(2 * a) * Math.atan2(im, re);
  }
  return w ** (2 - depth) / (2 - depth) - sum / depth;
}

/**
 * Balanced layers, tau du/dt = D u^(2 - 2/D) (s - u), for D > 2, u0 < s and rising times: Newton's
 * method finds where the clock shows t. In y the clock rises ever more slowly, with the slope
 * w^(2 - D) / D, so that from an earlier point a step never goes too far.
 */
export function deep({ s, u0, depth, times }) {
  let y = Math.log(u0 / (s - u0));
  const [pace, first] = [s ** (2 - 2 / depth), clock(depth, y)];
  return times.map((t) => {
    for (let step = 1; step > 1e-7 && y < 37;) { // the step after it would be its square, 1e-14
      const w = (1 + Math.exp(-y)) ** (-1 / depth);
      step = depth * w ** (depth - 2) * (first + pace * t - clock(depth, y));
      y += Math.max(step, 0);
    }
    return s / (1 + Math.exp(-y)); // from 37 on it is s, to the last digit
  });
}

/** Strengths of one mode at these times, in units of tau; the imbalance is for two layers only. */
export function strengths({ s, u0, depth, imbalance, times }) {
  if (depth === 1) return oneLayer({ s, u0, times });
  if (depth === 2) return flow({ target: s, start: u0, imbalance, times });
  return deep({ s, u0, depth, times });
}

/** When a mode comes to a share of its end: the integral of dt/du from u0 to share s. */
export function timeTo({ s, u0, depth, imbalance, share }) {
  if (depth === 1) return Math.log((s - u0) / (s - share * s));
  if (depth > 2) {
    const passed = (u) => clock(depth, Math.log(u / (s - u))) / s ** (2 - 2 / depth);
    return passed(share * s) - passed(u0);
  }
  const [c, k] = [imbalance, Math.hypot(imbalance, 2 * s)];
  const passed = (u) => Math.log((c * c + 4 * s * u + k * Math.hypot(c, 2 * u)) / (s - u)) / k;
  return passed(share * s) - passed(u0);
}

/** All that the figure shows of these values. */
export function view({ s1, s2, s3, start, depth, imbalance }) {
  const goals = [s1, s2, s3];
  const grown = (s, times) => strengths({ s, u0: start, depth, imbalance, times });
  const reach = (share) => goals.map((s) => timeTo({ s, u0: start, depth, imbalance, share }));
  const almost = Math.max(...reach(0.95));
  const end = ENDS.find((t) => t >= almost);
  const times = linspace(0, end, 241);
  const modes = goals.map((s) => grown(s, times));
  const errors = modes.map((us, i) => us.map((u) => (goals[i] - u) ** 2));
  const halves = reach(0.5);
  const [early, late] = [Math.min(...halves), Math.max(...halves)];
  const last = goals[halves.indexOf(late)];
  return {
    goals, end, times, modes, errors, halves, early, late,
    loss: times.map((_, k) => errors[0][k] + errors[1][k] + errors[2][k]),
    share: grown(last, [early])[0] / last, // of the last mode, when the first is half learned
  };
}

function inWords({ halves, early, late, share }, { depth }) {
  const layers = ["one layer", "two layers", "three layers", "four layers"][depth - 1];
  const [a, b, c] = halves.map((t) => say(t));
  const when = `With ${layers} the modes are half learned at the times ${a}, ${b} and ${c}. `;
  if (late < 1.05 * early) return `${when}They come together, and the loss falls in one piece.`;
  return `${when}The last takes ${say(late / early, 2)} times as long as the first: when the first is half learned, `
    + `the last has come to ${share < 1e-4 ? "less than 0.01" : say(100 * share, 2)} % of its end.`;
}

function render({ model, el }) {
  const body = bodyOf(el);
  const stage = make(body, "div", { class: "x-stage" });
  const time = (end) => ({ label: "time in units of τ", range: [0, end] });
  const [height, losses] = [
    { label: "strength u", range: [0, 4.2] }, { label: "loss", range: [1e-3, 100], log: true }];
  const left = panel(stage, {
    title: "Strengths", alt: "Strength of the three modes against time.", x: time(10), y: height,
  });
  const right = panel(stage, {
    title: "The loss, and each mode’s share of it", alt: "The loss against time, and what each mode adds to it.", x: time(10), y: losses,
  });
  const looks = ["x-c1", "x-c2", "x-c3"];
  const goals = looks.map(() => left.line("x-level"));
  const grown = looks.map((look) => left.line(look));
  const parts = looks.map((look) => right.line(`${look} x-thin`));
  const whole = right.line("x-ink");
  const run = model.get("run");
  const yours = run && [...run.strengths.map(() => left.line("x-c4")), right.line("x-c4")];
  legend(body, [["x-c1", "mode of s₁"], ["x-c2", "mode of s₂"], ["x-c3", "mode of s₃"], ["x-level", "their ends"],
    ["x-ink", "loss, the sum of (s − u)²"], ...(run ? [["x-c4", "your run"]] : [])]);

  prediction(body, {
    name: "modes",
    question: "From a start at 0.0001, four layers learn their first mode much later than two. "
      + "And from a start at 0.2: which of the two has half learned the mode of s = 4 first?",
    choices: ["Two layers.", "Four layers.", "Both at the same time."],
    answer: "From 0.2 four layers are faster, 0.23 against 0.37. Depth slows a mode only while it is small: "
      + "their 4u√u is above the 2u of two layers once u is above 1/4, and it is there soon. Set start and layers, and compare.",
  });
  const says = summary(body);
  const controls = make(body, "div", { class: "x-controls" });
  slider(controls, model, { key: "s1", label: "Singular value s₁", min: 0.5, max: 4, step: 0.05 });
  slider(controls, model, { key: "s2", label: "Singular value s₂", min: 0.5, max: 4, step: 0.05 });
  slider(controls, model, { key: "s3", label: "Singular value s₃", min: 0.5, max: 4, step: 0.05 });
  slider(controls, model, { key: "start", label: "Start u₀", min: 1e-6, max: 0.2, step: 0.05, log: true });
  const uneven = slider(controls, model, {
    key: "imbalance", label: "Imbalance c (D=2)", min: 0, max: 10, step: 0.1 });
  slider(controls, model, { key: "depth", label: "Layers D", min: 1, max: 4, step: 1 });
  reset(controls, model, KEYS);

  const values = () => Object.fromEntries(KEYS.map((key) => [key, model.get(key)]));
  let seen;
  const numbers = table(body, () => {
    const every = (list) => list.filter((_, k) => k % 12 === 0);
    return [["time", every(seen.times)], ["u₁", every(seen.modes[0])], ["u₂", every(seen.modes[1])],
      ["u₃", every(seen.modes[2])], ["loss", every(seen.loss)]];
  });
  const redraw = () => {
    const now = values();
    seen = view(now);
    uneven.disabled = now.depth !== 2;
    left.axes(time(seen.end), height);
    right.axes(time(seen.end), losses);
    seen.goals.forEach((s, i) => {
      goals[i]([0, seen.end], [s, s]);
      grown[i](seen.times, seen.modes[i]);
      parts[i](seen.times, seen.errors[i]);
    });
    whole(seen.times, seen.loss);
    if (run) [...run.strengths, run.losses].forEach((curve, i) => yours[i](run.times, curve));
    says(inWords(seen, now));
    numbers();
  };
  model.on("change", redraw);
  redraw();
  return () => model.off("change", redraw);
}

export default { render };
