// The planner: put a block on another place of the week by mouse, by finger (press long) or by keys, and go on to the page that
// changes it, with that place in its address. Nothing is saved here. Without this script the same page is a click away.
const planner = document.querySelector("[data-planner]");
const live = planner.querySelector("[data-live]");
const QUARTER = 15, OPENS = 8 * 60, ROWS = 57, DAY = 24 * 60; // row 0 is for what nobody knows the part of the day of
const PARTS = { morning: [1, 17], afternoon: [17, 37], evening: [37, 57] };
const LONG_PRESS = 400, SLOP = 6; // milliseconds; pixels that a hand may tremble

let held = null; // { block, grid, from, to, grip, pull, pointer }
let pressed = null; // a pointer that is down and moves nothing yet

// --- places ---------------------------------------------------------------------------------------------------------
// A place is { day, begin, end, part }: an ISO day, and minutes since midnight or, for an hour nobody knows, a part of the day.

const minutes = (text) => { const [hour, minute] = text.split(":").map(Number); return hour * 60 + minute; };
const clock = (time) => [Math.floor(time / 60) % 24, time % 60].map((part) => String(part).padStart(2, "0")).join(":");
const limit = (number, least, most) => Math.min(Math.max(number, least), most);

function placeOf({ dataset: { day, begin, end, part } }) {
  if (!begin) return { day, begin: null, end: null, part };
  const place = { day, begin: minutes(begin), end: minutes(end), part: "" };
  if (place.end <= place.begin) place.end += DAY; // the next morning
  return place;
}

const same = (one, other) => ["day", "begin", "end", "part"].every((name) => one[name] === other[name]);

function rowsOf({ begin, end, part }) {
  if (begin === null) return PARTS[part] ?? [0, 1];
  const first = limit(Math.floor((begin - OPENS) / QUARTER) + 1, 1, ROWS - 1);
  return [first, limit(Math.ceil((end - OPENS) / QUARTER) + 1, first + 1, ROWS)];
}

function dayAfter(day, days) {
  const date = new Date(`${day}T12:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

// Quarters up or down; an hour stays in what the grid shows, unless it was outside it already.
function atHour(place, begin) {
  const first = limit(begin, Math.min(OPENS, held.from.begin), Math.max(OPENS + (ROWS - 2) * QUARTER, held.from.begin));
  return { ...place, begin: first, end: first + place.end - place.begin };
}

function longer(place, quarters) {
  const length = limit(place.end - place.begin + quarters * QUARTER, QUARTER, 12 * 60);
  return { ...place, end: place.begin + length };
}

function addressOf(place) {
  const query = new URLSearchParams({ dag: place.day });
  if (place.begin !== null) { query.set("begin", clock(place.begin)); query.set("einde", clock(place.end)); }
  else if (place.part) query.set("deel", place.part);
  return `${held.block.dataset.url}?${query}`;
}

// --- words ----------------------------------------------------------------------------------------------------------

const say = (words, values) => words.replace(/{(\w+)}/g, (_found, name) => values[name]);
const titleOf = (block) => block.querySelector(".name").textContent.trim();

function hourWords(time) {
  const [hour, minute] = clock(time).split(":");
  return planner.dataset.time.replace("%(hour)d", Number(hour)).replace("%(minute)02d", minute);
}

function whenWords(place) {
  if (place.begin !== null) return say(planner.dataset.hours, { begin: hourWords(place.begin), end: hourWords(place.end) });
  return planner.getAttribute(`data-part-${place.part}`) ?? planner.dataset.unknown;
}

function dayWords(day) {
  const form = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat(document.documentElement.lang, form).format(new Date(`${day}T12:00Z`));
}

// --- showing --------------------------------------------------------------------------------------------------------

const isGrid = (grid) => getComputedStyle(grid).display === "grid";

function slipOf(block, place) {
  const slip = document.createElement("div");
  slip.className = block.className.replace(/\b(can-move|is-held|of\d|at\d|[ft]\d+)\b/g, "") + " slip";
  slip.append(...[...block.childNodes].map((one) => one.cloneNode(true)));
  slip.querySelectorAll("button, [data-pull], .badge, .more, .example, .anyway").forEach((one) => one.remove());
  slip.querySelector(".hour").textContent = whenWords(place);
  return slip;
}

function hideTarget() {
  planner.querySelectorAll(".target").forEach((one) => one.remove());
  document.querySelectorAll("[data-weeks].is-target").forEach((one) => one.classList.remove("is-target"));
}

function show(place) {
  hideTarget();
  held.to = place;
  const [first, last] = rowsOf(place);
  const day = held.grid.querySelector(`[data-date="${place.day}"]`);
  if (day) {
    const target = document.createElement("div");
    target.className = `target f${first} t${last}`;
    target.inert = true;
    target.append(slipOf(held.block, place));
    day.append(target);
  } else {
    const weeks = place.day < held.from.day ? "-1" : "1";
    document.querySelector(`[data-weeks="${weeks}"]`)?.classList.add("is-target");
  }
  const words = say(planner.dataset.moved, { title: titleOf(held.block), day: dayWords(place.day), when: whenWords(place) });
  live.textContent = held.pointer === null ? `${words} ${planner.dataset.keys}` : words;
}

// --- taking, and letting go -----------------------------------------------------------------------------------------

function take(block, more = {}) {
  const grid = block.closest("[data-grid]");
  const from = placeOf(block);
  held = { block, grid, from, to: from, grip: 0, pull: false, pointer: null, ...more };
  block.classList.add("is-held");
  show(from);
}

function letGo() {
  if (!held) return;
  hideTarget();
  held.block.classList.remove("is-held");
  live.textContent = say(planner.dataset.stays, { title: titleOf(held.block) });
  held = null;
}

function goOn() {
  if (same(held.from, held.to)) { letGo(); return; }
  location.assign(addressOf(held.to));
}

// --- pointer --------------------------------------------------------------------------------------------------------

// Rows grow with the words in them, so where an hour is has to be asked of the browser.
function rowAt(grid, y) {
  const sizes = getComputedStyle(grid).gridTemplateRows.split(" ").map(parseFloat).slice(2);
  let edge = grid.getBoundingClientRect().top + grid.clientTop;
  edge += getComputedStyle(grid).gridTemplateRows.split(" ").slice(0, 2).reduce((sum, size) => sum + parseFloat(size), 0);
  const row = sizes.findIndex((size) => (edge += size) > y);
  return row < 0 ? ROWS - 1 : row + 1;
}

function dayAt(grid, x) {
  const days = [...grid.querySelectorAll("[data-date]")];
  return days.find((day) => x < day.getBoundingClientRect().right) ?? days.at(-1);
}

function placeAt(event) {
  const { grid, from, grip, pull } = held;
  const week = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-weeks]");
  if (week && !pull) return { ...from, day: dayAfter(from.day, 7 * Number(week.dataset.weeks)) };
  const row = rowAt(grid, event.clientY);
  if (pull) return { ...from, end: Math.max(OPENS + row * QUARTER, from.begin + QUARTER) };
  const { date: day } = dayAt(grid, event.clientX).dataset;
  if (from.begin === null) {
    const part = Object.keys(PARTS).find((name) => row < PARTS[name][1]);
    return { ...from, day, part };
  }
  return { ...(row === grip ? from : atHour(from, onQuarter(from.begin) + (row - grip) * QUARTER)), day };
}

const onQuarter = (time) => time - (time % QUARTER);

function takeByPointer() {
  const { block, event, pull } = pressed;
  const grid = block.closest("[data-grid]");
  const list = block.parentElement; // in a pile, or a day without hour lines, its hour is not where it stands
  const piled = !getComputedStyle(list).gridTemplateRows.startsWith("subgrid");
  const grip = piled ? rowsOf(placeOf(block))[0] : rowAt(grid, event.clientY);
  clearTimeout(pressed.timer);
  pressed = null;
  take(block, { grip, pull, pointer: event.pointerId });
  block.setPointerCapture(event.pointerId);
}

function forget() {
  clearTimeout(pressed?.timer);
  pressed = null;
}

planner.addEventListener("pointerdown", (event) => {
  const block = event.target.closest("[data-block]");
  if (!block || held || event.button !== 0 || event.target.closest("[data-take]") || !isGrid(block.closest("[data-grid]") ?? planner)) return;
  pressed = { block, event, pull: Boolean(event.target.closest("[data-pull]")) };
  if (event.pointerType === "touch" && !pressed.pull) pressed.timer = setTimeout(takeByPointer, LONG_PRESS);
});

document.addEventListener("pointermove", (event) => {
  if (pressed?.event.pointerId === event.pointerId) {
    const { clientX, clientY } = pressed.event;
    if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < SLOP) return;
    if (pressed.timer) { forget(); return; } // a finger that moves at once scrolls the page
    takeByPointer();
  }
  if (held?.pointer !== event.pointerId) return;
  if (event.clientY < 40) scrollBy(0, -16);
  if (event.clientY > innerHeight - 40) scrollBy(0, 16);
  const place = placeAt(event);
  if (!same(place, held.to)) show(place);
});

document.addEventListener("pointerup", (event) => {
  forget();
  if (held?.pointer !== event.pointerId) return;
  // The click that follows would open the page without the new place.
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }));
  goOn();
});

document.addEventListener("pointercancel", () => { forget(); if (held?.pointer !== null) letGo(); });
planner.addEventListener("touchmove", (event) => { if (held) event.preventDefault(); }, { passive: false });
planner.addEventListener("contextmenu", (event) => { if (held || pressed?.timer) event.preventDefault(); });
planner.addEventListener("dragstart", (event) => { if (event.target.closest("[data-block]")) event.preventDefault(); });

// --- keys -----------------------------------------------------------------------------------------------------------

function part(place, steps) {
  const names = Object.keys(PARTS);
  return { ...place, part: names[limit(names.indexOf(place.part) + steps, 0, names.length - 1)] };
}

function down(place, quarters) {
  if (place.begin === null) return part(place, Math.sign(quarters));
  return atHour(place, onQuarter(place.begin) + quarters * QUARTER);
}

const monday = (day) => dayAfter(day, -((new Date(`${day}T12:00Z`).getUTCDay() + 6) % 7));
const within = (place, days) => {
  const day = dayAfter(place.day, days);
  return monday(day) === monday(place.day) ? { ...place, day } : place;
};

const MOVES = {
  ArrowLeft: (place) => within(place, -1),
  ArrowRight: (place) => within(place, 1),
  ArrowUp: (place, event) => down(place, event.shiftKey ? -4 : -1),
  ArrowDown: (place, event) => down(place, event.shiftKey ? 4 : 1),
  PageUp: (place) => ({ ...place, day: dayAfter(place.day, -7) }),
  PageDown: (place) => ({ ...place, day: dayAfter(place.day, 7) }),
  "+": (place) => (place.begin === null ? place : longer(place, 1)),
  "-": (place) => (place.begin === null ? place : longer(place, -1)),
};

function moveByKey(event) {
  if (event.key === "Escape") letGo();
  else if (event.key === "Enter") goOn();
  else if (MOVES[event.key]) show(MOVES[event.key](held.to, event));
  else if (/^[1-7]$/.test(event.key)) show({ ...held.to, day: dayAfter(monday(held.to.day), Number(event.key) - 1) });
  else if (event.key === "Tab") { letGo(); return; }
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (held) {
    if (held.pointer === null) moveByKey(event);
    else if (event.key === "Escape") letGo();
    return;
  }
  const block = event.target.closest?.("[data-block]");
  if (event.key === "m" && block && isGrid(block.closest("[data-grid]"))) { event.preventDefault(); take(block); }
});

for (const button of planner.querySelectorAll("[data-take]")) {
  button.hidden = false;
  button.addEventListener("click", () => take(button.closest("[data-block]")));
}
planner.addEventListener("focusout", (event) => {
  if (held?.pointer === null && !held.block.contains(event.relatedTarget)) letGo();
});

// --- empty cells: one stop for Tab in each grid, arrows from there ---------------------------------------------------

for (const grid of planner.querySelectorAll("[data-grid]")) {
  const cells = [...grid.querySelectorAll("[data-cell]")];
  const ahead = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -3, ArrowRight: 3 };
  if (cells.length) cells[0].tabIndex = 0;
  grid.addEventListener("keydown", (event) => {
    const next = cells[cells.indexOf(event.target) + ahead[event.key]];
    if (!event.target.matches("[data-cell]") || !next) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
