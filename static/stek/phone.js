// On a telephone: a page that is not fresh, or has no internet, says so and takes nothing in. Without this script nothing is kept.
const { worker } = document.currentScript.dataset;
const root = document.documentElement;
const place = document.querySelector("[data-offline]");
const words = (name) => document.querySelector(`template[data-words=${name}]`).content.cloneNode(true);

// Signing out, and a count, which waits on the device by itself (`count.js`).
const THROUGH = "[data-leave], [data-count]";
const SECOND_TAP = 3000; // ms in which one counts as the first
const isKept = "kept" in root.dataset;
const isAway = () => isKept || !navigator.onLine;

function show() {
  const away = isAway();
  place.replaceChildren(...(away ? [words(navigator.onLine ? "silent" : "offline")] : []));
  document.querySelectorAll("[data-later]").forEach((one) => one.remove());
  for (const control of document.querySelectorAll("main button[type=submit], main [data-online]")) {
    if (control.form?.matches(THROUGH)) continue;
    control.toggleAttribute("data-stopped", away);
    if (away) control.setAttribute("aria-disabled", "true"); else control.removeAttribute("aria-disabled");
    if (!away) continue;
    // Said once above each list or form.
    const whole = control.closest("ul") ?? control.closest("form") ?? control;
    if (!whole.previousElementSibling?.matches("[data-later]")) whole.before(words("later"));
  }
}

// Also for who presses Enter in a field.
function stop(event) {
  if (!isAway() || event.target.closest(THROUGH)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  place.focus();
}

// A second tap while the first is on its way sends nothing more. After a while it may: an answer can be a file, and leaves the page as it is.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if ("sent" in form.dataset) { event.preventDefault(); return; }
  form.dataset.sent = "";
  setTimeout(() => delete form.dataset.sent, SECOND_TAP);
});

const tell = (order) => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  navigator.serviceWorker.controller.postMessage(order, [port2]);
});

if (place) {
  document.addEventListener("submit", stop, true);
  document.addEventListener("click", (event) => { if (event.target.closest("a[data-stopped]")) stop(event); }, true);
  // A network is not yet an answer: what is kept makes place only when there is one.
  addEventListener("online", () => {
    if (isKept) fetch(worker, { method: "HEAD", cache: "no-store" }).then(() => location.reload(), () => {});
    else show();
  });
  addEventListener("offline", show);
  show();
}

if ("serviceWorker" in navigator) {
  const { serviceWorker } = navigator;
  // Once the page is there: a slow network has other things to do first.
  if (worker) addEventListener("load", () => {
    serviceWorker.register(worker).catch(() => {}); // a browser that keeps nothing: the page works as it is
    // What was opened before there was a worker is asked once more, so that it can be kept.
    if (!serviceWorker.controller) {
      serviceWorker.ready.then(({ active }) => active.postMessage({ do: "keep", path: location.pathname }));
    }
  });
  // Signing out: what is kept here goes first, whatever becomes of the rest.
  document.querySelector("form[data-leave]")?.addEventListener("submit", (event) => {
    if (!navigator.onLine) { event.preventDefault(); location.reload(); }
    else serviceWorker.controller?.postMessage({ do: "forget" });
  });
  const wipe = document.querySelector("button[data-wipe]");
  const wiped = () => {
    wipe.hidden = document.querySelector("[data-before]").hidden = document.querySelector("[data-unsent]").hidden = true;
    document.querySelector("[data-wiped-here]").replaceChildren(words("wiped"));
  };
  if (wipe && serviceWorker.controller) {
    wipe.hidden = false;
    const stored = (what) => { try { return what(localStorage); } catch { return null; } }; // a browser that keeps nothing
    document.querySelector("[data-unsent]").hidden = [null, "[]"].includes(stored((here) => here.getItem("stek-counts")));
    wipe.addEventListener("click", () => tell({ do: "leave" }).then(() => { stored((here) => here.clear()); wiped(); }));
    if ("wiped" in root.dataset) wiped();
  }
}

// A browser that can put STEK on the home screen says so; others are told how in words.
const install = document.querySelector("[data-install]");
if (install) {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    install.hidden = false;
    install.onclick = () => { event.prompt(); install.hidden = true; };
  });
}
