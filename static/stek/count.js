// Counting on a telephone: large buttons, and a count that was sent without a connection waits on this device, in sight.
// Without this script the form is sent as any other. Each form has a key, so that one that is sent twice is kept once.
const ROOM = "stek-counts"; // in this browser only
const PATIENCE = 15000; // ms before a network that does not answer counts as none
const PAUSE = 10000; // ms between two tries while something waits

const panel = document.querySelector("[data-waiting]");
const form = document.querySelector("form[data-count]");
const owner = panel.dataset.owner;

// --- The number between two buttons

for (const button of document.querySelectorAll("[data-step]")) {
  const field = button.parentElement.querySelector("input");
  button.hidden = false;
  button.addEventListener("click", () => {
    const most = Number(field.max || 999);
    field.value = Math.min(most, Math.max(0, Number(field.value || 0) + Number(button.dataset.step)));
  });
}

// --- What waits. Of everybody who uses this device; only one's own is shown and sent. A borrowed device keeps nothing: there it waits in
// this window.

const inWindow = { getItem: () => inWindow.kept ?? null, setItem(_room, kept) { inWindow.kept = kept; } };
const onDevice = () => { try { return localStorage; } catch { return inWindow; } }; // who refuses cookies refuses this too
const store = "keeps" in panel.dataset ? onDevice() : inWindow;
const everything = () => { try { return JSON.parse(store.getItem(ROOM)) ?? []; } catch { return []; } };
// What this very page shows in its form, with what is wrong about it, is no longer on its way.
const isHere = (entry) => Boolean(form && "answered" in form.dataset && entry.url === location.pathname);
const mine = () => everything().filter((entry) => entry.owner === owner && !isHere(entry));
const keep = (entries) => {
  try { store.setItem(ROOM, JSON.stringify(entries)); return true; } catch { return false; }
};
// One for each date: who counts it anew without a connection means the new numbers.
const put = (entry) => keep([...everything().filter((one) => one.owner !== owner || one.url !== entry.url), entry]);
const take = (entry) => keep(everything().filter((one) => one.owner !== owner || one.url !== entry.url || one.key !== entry.key));

const same = (one, other) => one.key === other.key && JSON.stringify(one.fields) === JSON.stringify(other.fields);

// --- Sending. The answer is what became of it: kept, refused, signed out, or nothing that can be trusted.

const send = async (entry) => {
  const body = new URLSearchParams(entry.fields);
  body.set("csrfmiddlewaretoken", panel.querySelector("[name=csrfmiddlewaretoken]").value);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  let answer;
  try {
    answer = await fetch(entry.url, { method: "POST", body, headers: { Accept: "application/json" }, signal: patience.signal });
  } catch {
    return { is: "later" };
  } finally {
    clearTimeout(timer);
  }
  if (answer.status >= 500 || answer.status === 429) return { is: "later" };
  const isData = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (!isData) return { is: answer.redirected ? "signed-out" : "refused", why: "" };
  try {
    const told = await answer.json();
    return told.is_kept ? { is: "kept", to: told.to } : { is: "refused", why: told.why };
  } catch {
    return { is: "later" }; // the connection fell away in the middle of the answer
  }
};

// --- The panel

const show = () => {
  const rows = panel.querySelector("[data-rows]");
  const entries = mine();
  rows.replaceChildren(...entries.map(row));
  panel.hidden = entries.length === 0;
};

const row = (entry) => {
  const one = panel.querySelector("template").content.cloneNode(true);
  const { notYet, signedOut, refused, gone } = panel.dataset;
  const words = { later: notYet, "signed-out": signedOut, refused: entry.why ? `${refused} ${entry.why}` : gone };
  one.querySelector("[data-title]").textContent = entry.title;
  one.querySelector("[data-numbers]").textContent = entry.numbers;
  one.querySelector("[data-state]").textContent = words[entry.is] ?? "";
  const open = one.querySelector("[data-open]");
  open.hidden = entry.is === "later";
  open.addEventListener("click", () => look(entry));
  const drop = one.querySelector("[data-drop]");
  drop.addEventListener("click", () => {
    if (drop.dataset.asked) { take(entry); show(); return; }
    drop.dataset.asked = "1";
    drop.textContent = panel.dataset.sure;
  });
  return one;
};

// To the page itself, with all that was typed: it says what is wrong, or what somebody else counted. What waits stays until it is kept.
const look = (entry) => {
  const plain = document.createElement("form");
  plain.method = "post";
  plain.action = entry.url;
  const fields = [...entry.fields, ["csrfmiddlewaretoken", panel.querySelector("[name=csrfmiddlewaretoken]").value]];
  for (const [name, value] of fields) plain.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  document.body.append(plain);
  plain.submit();
};

let isSending = false;
let isTouched = false;
form?.addEventListener("input", () => { isTouched = true; });
form?.addEventListener("click", (event) => { isTouched ||= Boolean(event.target.closest("[data-step]")); });

const sendAll = async () => {
  if (isSending) return;
  isSending = true;
  const kept = [];
  for (const entry of mine()) {
    const told = await send(entry);
    const now = mine().find((one) => one.url === entry.url);
    if (!now || !same(now, entry)) continue; // counted anew meanwhile
    if (told.is === "kept") { take(entry); kept.push(entry.url); } else put({ ...entry, ...told });
    if (told.is === "later") break;
  }
  isSending = false;
  show();
  if (!kept.length) return;
  // What stands on this page is older than what was just kept; a form that somebody is filling in is left alone.
  if (!form || (kept.includes(location.pathname) && !isTouched)) { location.reload(); return; }
  panel.hidden = false;
  panel.querySelector("[data-rows]").append(Object.assign(document.createElement("li"), { textContent: panel.dataset.sent }));
};

// --- The form

const entryOf = (button) => {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  data.delete("csrfmiddlewaretoken");
  const isOff = data.has("off");
  return {
    owner, url: location.pathname, key: data.get("key"), fields: [...data], title: form.dataset.title, is: "later",
    numbers: isOff ? form.dataset.off : form.dataset.numbers.replace("{number}", data.get("people")),
  };
};

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.dataset.busy) return; // a second click on the way
  form.dataset.busy = "1";
  const entry = entryOf(event.submitter);
  const told = await send(entry);
  delete form.dataset.busy;
  if (told.is === "kept") { take(entry); location.assign(told.to); return; }
  delete form.dataset.answered; // what is sent from here is on its way again
  if (!told.why && put({ ...entry, ...told })) {
    show();
    panel.scrollIntoView({ block: "start" });
    return;
  }
  // The page itself says what is wrong with the numbers; where this device keeps nothing, the browser says what is wrong with the network.
  if (event.submitter?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: event.submitter.name, value: event.submitter.value }));
  form.submit();
});

// --- Signing out: one's own goes, and what somebody else counted on this device stays for them.

const leave = document.querySelector("form[data-leave]");
const theirs = () => everything().filter((entry) => entry.owner !== owner);
if (leave && store !== inWindow && theirs().length) {
  document.querySelector("[data-others]").hidden = false;
  leave.elements.others.disabled = false; // without it the answer wipes all that is here
  leave.addEventListener("submit", () => keep(theirs()));
}

const tryAgain = () => { if (!document.hidden && mine().some((entry) => entry.is === "later")) sendAll(); };
addEventListener("beforeunload", (event) => { if (store === inWindow && mine().length) event.preventDefault(); });
panel.querySelector("[data-again]").addEventListener("click", sendAll);
addEventListener("online", sendAll);
document.addEventListener("visibilitychange", tryAgain);
setInterval(tryAgain, PAUSE);
show();
sendAll();
