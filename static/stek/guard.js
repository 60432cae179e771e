// Help with free text while somebody types: the server says what it sees, and the hint hangs under the field.
// Without this script the same hint comes with the answer to the form.
const help = document.currentScript.dataset.url;
const PAUSE = 700; // ms without a key
const SHORTEST = 4; // characters
const GLANCE = 120; // ms: what this page sees by itself is said at once, also while the answer is far away

// Numbers as long as somebody's telephone, account or register number, and mail addresses. Days and hours are none. The server looks better,
// and its answer takes the place of this one.
const DAYS_AND_HOURS = /\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{1,2}\s?[:.uh]\s?\d{2}\b/gi;
const HARD = /(?:\d[ .\/()\u00a0-]{0,3}){9}|[^\s@]@[^\s@]+\.\w/;
const glanced = document.querySelector("template[data-words=guard]");

// A name as well, where the answer takes so long that somebody has typed on by then: a word with a capital that does not begin a sentence and
// stands nowhere on this page, as places do. It is a question only, gone when the server knows better and not asked again of that word.
const FAR = 300; // ms for an answer
const WITH_CAPITAL = /(?<=\p{L}[\p{L},;'’]* )\p{Lu}\p{Ll}[\p{L}'’-]*/gu;
const capital = (text) => text.match(/\p{Lu}\p{Ll}[\p{L}'’-]*/gu) ?? [];
const [came] = performance.getEntriesByType("navigation");
const isFar = Math.max(navigator.connection?.rtt ?? 0, came ? came.responseEnd - came.requestStart : 0) > FAR;
const named = isFar && document.querySelector("template[data-words=guard-name]");
const known = new Set(named ? capital(`${document.body.innerText} ${calendar()}`) : []);

// Days and months have a capital in some languages; the firsts of these twelve are all seven days.
function calendar() {
  const { lang } = document.documentElement;
  const firsts = [...Array(12).keys()].map((one) => new Date(2024, one, 1));
  return firsts.map((day) => day.toLocaleDateString(lang, { weekday: "long", month: "long" })).join(" ");
}

for (const field of document.querySelectorAll("[data-guard]")) {
  const room = document.createElement("div");
  room.setAttribute("aria-live", "polite");
  const shown = field.parentElement.querySelector(":scope > .guard");
  field.after(room);
  if (shown) room.append(shown);

  // "Herschrijf": to the words that were seen, so that typing goes over them. Without this script the hint shows where they stand.
  const rewrite = () => {
    const seen = room.querySelector("mark");
    const before = (seen.previousSibling?.textContent ?? "").replace(/^.*…/s, "");
    const around = field.value.indexOf(before + seen.textContent);
    const start = around < 0 ? field.value.indexOf(seen.textContent) : around + before.length;
    field.focus();
    if (start >= 0) field.setSelectionRange(start, start + seen.textContent.length);
  };
  const offer = () => { for (const button of room.querySelectorAll("[data-rewrite]")) button.hidden = false; };
  room.addEventListener("click", (event) => { if (event.target.closest("[data-rewrite]")) rewrite(); });
  offer();

  let timer = 0;
  let glance = 0;
  let asked = null;

  const show = (hint) => {
    const ticked = room.querySelector("input:checked")?.value;
    room.innerHTML = hint; // escaped by the server's own template
    room.querySelector(".guard")?.removeAttribute("role"); // the room itself is what is read out
    const tick = room.querySelector("input");
    if (tick && tick.value === ticked) tick.checked = true;
    offer();
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const form = field.form;
    const token = form?.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token) return;
    if (field.value.trim().length < SHORTEST) { show(""); return; }
    const body = new URLSearchParams({ text: field.value, field: field.name, welcome: field.dataset.guard });
    try {
      const answer = await fetch(help, { method: "POST", body, headers: { "X-CSRFToken": token }, signal: asked.signal });
      if (!answer.ok) return;
      const { hint } = await answer.json();
      if (!hint) capital(body.get("text")).forEach((word) => known.add(word));
      show(hint);
    } catch {
      // Gone, or asked anew: the form itself looks once more when it is sent.
    }
  };

  // Only where none of it is welcome, and not over what the server said of the same words.
  const look = () => {
    if (!glanced || field.dataset.guard || room.querySelector(".is-block")) return;
    if (HARD.test(field.value.replace(DAYS_AND_HOURS, ""))) room.replaceChildren(glanced.content.cloneNode(true));
    else if (named && !room.querySelector(".guard") && seemsNamed()) room.replaceChildren(named.content.cloneNode(true));
  };
  // What is in capitals whole is a service.
  const seemsNamed = () => (field.value.match(WITH_CAPITAL) ?? []).some((word) => !known.has(word));

  field.addEventListener("input", () => {
    clearTimeout(glance);
    glance = setTimeout(look, GLANCE);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}
