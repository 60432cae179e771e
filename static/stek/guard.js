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
      if (answer.ok) show((await answer.json()).hint);
    } catch {
      // Gone, or asked anew: the form itself looks once more when it is sent.
    }
  };

  // Only where none of it is welcome, and not over what the server said of the same words.
  const look = () => {
    if (!glanced || field.dataset.guard || room.querySelector(".is-block")) return;
    if (HARD.test(field.value.replace(DAYS_AND_HOURS, ""))) room.replaceChildren(glanced.content.cloneNode(true));
  };

  field.addEventListener("input", () => {
    clearTimeout(glance);
    glance = setTimeout(look, GLANCE);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}
