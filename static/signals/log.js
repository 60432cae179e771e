// A signal that is being written stays in the memory of this one window until it is sent; so does the code of one that waits.
// Neither ever reaches another window, and signing out empties both (stek/forget.js). Without this script everything works but that.
const DRAFT = "stek-signal-draft";
const CODES = "stek-signal-codes";

const kept = (name, otherwise) => {
  try { return JSON.parse(sessionStorage.getItem(name)) ?? otherwise; } catch { return otherwise; }
};
const keep = (name, value) => {
  try { sessionStorage.setItem(name, JSON.stringify(value)); } catch { /* a browser that keeps nothing */ }
};

const done = document.querySelector("[data-done]");
if (done) {
  sessionStorage.removeItem(DRAFT);
  const { code } = done.dataset;
  const others = kept(CODES, []).filter((one) => one !== code);
  const waits = ["given", "changed"].includes(done.dataset.done);
  keep(CODES, waits && code ? [...others, code] : others);
}

const held = document.querySelector("[data-held]");
const codes = kept(CODES, []);
if (held && codes.length && !document.querySelector("[name=wijzig]")) {
  held.elements.code.value = codes.at(-1);
  held.hidden = false;
}

const form = document.querySelector("form[data-draft]");
if (form) {
  // What is not the form's own: tokens and codes are of one page.
  const own = [...form.elements].filter((one) => one.name && one.type !== "hidden" && !one.closest(".guard"));
  const draft = kept(DRAFT, null);
  if (draft && "isEmpty" in form.dataset && draft.site === form.dataset.draft) {
    for (const one of own) {
      if (one.type === "radio" || one.type === "checkbox") one.checked = (draft.values[one.name] ?? []).includes(one.value);
      else if (one.name in draft.values) [one.value] = draft.values[one.name];
    }
    if (form.querySelector("details.more [name]") && ["barrier", "service", "idea", "is_positive"].some((name) => draft.values[name]?.[0])) {
      form.querySelector("details.more").open = true;
    }
    form.querySelector("textarea").dispatchEvent(new Event("input"));
  }
  form.addEventListener("input", () => {
    if (form.querySelector("[name=wijzig]")) return; // it waits already; there is nothing to lose
    const values = {};
    for (const one of own) {
      if ((one.type === "radio" || one.type === "checkbox") && !one.checked) continue;
      (values[one.name] ??= []).push(one.value);
    }
    keep(DRAFT, { site: form.dataset.draft, values });
  });
}
