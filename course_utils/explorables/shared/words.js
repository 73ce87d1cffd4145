// The figure in words and numbers: a guess first, then what is seen, and the data as a table.

import { button, make } from "./controls.js";
import { say } from "./scale.js";

/** A paragraph that screen readers speak when it changes. */
export function summary(parent) {
  const node = make(parent, "p", { class: "x-says", role: "status" });
  return (text) => { if (node.textContent !== text) node.textContent = text; };
}

/** A table that can be unfolded; `columns` are [heading, numbers], read only while it is open. */
export function table(parent, read) {
  const details = make(parent, "details", { class: "x-table" });
  make(details, "summary", {}, "The numbers");
  const place = make(details, "div");
  const show = () => {
    if (!details.open) return;
    const columns = read();
    place.replaceChildren();
    const node = make(place, "table");
    const head = make(make(node, "thead"), "tr");
    for (const [heading] of columns) make(head, "th", { scope: "col" }, heading);
    const body = make(node, "tbody");
    for (let i = 0; i < columns[0][1].length; i++) {
      const row = make(body, "tr");
      for (const [, numbers] of columns) make(row, "td", {}, say(numbers[i], 4));
    }
  };
  details.addEventListener("toggle", show);
  return show;
}

/**
 * A question to answer before anything shows. The guess stays in this browser; it can be skipped.
 * It lies over `body`, whose place is kept, so that nothing moves when it goes.
 */
export function prediction(body, { name, question, choices, answer }) {
  const key = `explorable:${name}`;
  const told = make(body, "p", { class: "x-told" });
  const cover = make(body.parentElement, "form", { class: "x-cover" });
  const fields = make(cover, "fieldset");
  make(fields, "legend", {}, question);
  choices.forEach((text, i) => {
    const label = make(fields, "label");
    make(label, "input", { type: "radio", name: "guess", value: i, required: "" });
    label.append(text);
  });
  const row = make(cover, "div", { class: "x-row" });
  make(row, "button", { type: "submit" }, "That is my guess");
  button(row, "Skip", () => reveal(""));
  cover.addEventListener("submit", (event) => {
    event.preventDefault();
    reveal(choices[new FormData(cover).get("guess")]);
    body.querySelector("input").focus();
  });
  const reveal = (guess) => {
    remember(key, guess);
    cover.remove();
    body.inert = false;
    told.textContent = guess ? `Your guess: ${guess} ${answer}` : answer;
  };
  body.inert = true;
  const before = recall(key);
  if (before !== null) reveal(before);
}

// A page without a place of its own (a sandboxed frame) has no storage: then it asks anew.
function remember(key, text) {
  try { localStorage.setItem(key, text); } catch { /* asked anew next time */ }
}

function recall(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}
