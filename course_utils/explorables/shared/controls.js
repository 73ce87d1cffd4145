// What a reader moves: the browser's own inputs, each with its name, its value and its unit.

import { say } from "./scale.js";

/** An HTML element below `parent`. */
export function make(parent, tag, attributes = {}, text = "") {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.textContent = text;
  parent.append(node);
  return node;
}

/**
 * A slider bound to `model`'s value `key`. With `log` it moves by factors of 10 ** step; `unit`
 * stands behind the number.
 */
export function slider(parent, model, { key, label, min, max, step, log = false, unit = "" }) {
  const [to, from] = log ? [Math.log10, (v) => 10 ** v] : [(v) => v, (v) => v];
  const row = make(parent, "label", { class: "x-slider" });
  make(row, "span", {}, label);
  const ends = { min: to(min), max: to(max), step };
  const input = make(row, "input", { type: "range", ...ends, "data-key": key });
  const value = make(row, "output");
  const show = () => {
    const text = `${say(model.get(key))}${unit && ` ${unit}`}`;
    if (Number(input.value) !== to(model.get(key))) input.value = to(model.get(key));
    input.setAttribute("aria-valuetext", text);
    input.dataset.value = model.get(key);
    value.textContent = text;
  };
  input.addEventListener("input", () => {
    model.set(key, from(Number(input.value)));
    model.save_changes();
  });
  model.on(`change:${key}`, show);
  show();
  return input;
}

/** Where all of a figure but the guess stands. */
export function bodyOf(el) {
  return make(el, "div", { class: "x-body" });
}

/** A button. */
export function button(parent, text, action) {
  const node = make(parent, "button", { type: "button" }, text);
  node.addEventListener("click", action);
  return node;
}

/** One of several; `options` are [text, value]. Gives a function that says which. */
export function choice(parent, label, options) {
  const row = make(parent, "label", { class: "x-slider" });
  make(row, "span", {}, label);
  const select = make(row, "select");
  for (const [text] of options) make(select, "option", {}, text);
  return () => options[select.selectedIndex][1];
}

/** Sets the values of these keys back to where they started. */
export function reset(parent, model, keys) {
  const start = keys.map((key) => [key, model.get(key)]);
  return button(parent, "Back to the start", () => {
    for (const [key, value] of start) model.set(key, value);
    model.save_changes();
  });
}

/** Names of what is drawn, each with a piece of its line. */
export function legend(parent, entries) {
  const list = make(parent, "ul", { class: "x-legend" });
  for (const [look, text] of entries) {
    const item = make(list, "li", {}, text);
    make(item, "i", { class: look, "aria-hidden": "true" });
    item.prepend(item.lastChild);
  }
}
