// Pushes on this device. They are asked for after a tap only; what the browser gives goes to the server by a plain form.
const check = document.querySelector("[data-push-check]");
const form = document.querySelector("form[data-push]");
const ask = document.querySelector("[data-push-ask]");
const can = "PushManager" in window && "Notification" in window && "serviceWorker" in navigator;
const say = (word) => { document.querySelector(`[data-push-${word}]`).hidden = false; };

const key = Uint8Array.from(atob(check.dataset.key.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const isOurs = ({ options }) => {
  const asked = new Uint8Array(options?.applicationServerKey ?? key);
  return asked.every((byte, place) => byte === key[place]);
};

// What the browser still has of who was here before, or of a former key of ours, goes.
async function own() {
  const { pushManager } = await navigator.serviceWorker.ready;
  const found = await pushManager.getSubscription();
  if (!found) return null;
  const body = new FormData(check);
  body.set("endpoint", found.endpoint);
  if (isOurs(found) && ("here" in check.dataset || (await fetch(check.action, { method: "POST", body })).status !== 410)) return found;
  await found.unsubscribe();
  return null;
}

async function subscribe() {
  document.querySelectorAll("[data-push-denied], [data-push-failed]").forEach((one) => { one.hidden = true; });
  try {
    if (await Notification.requestPermission() !== "granted") { say("denied"); return; }
    const { pushManager } = await navigator.serviceWorker.ready;
    const { endpoint, keys } = (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON();
    Object.assign(form.elements.endpoint, { value: endpoint });
    Object.assign(form.elements.p256dh, { value: keys.p256dh });
    Object.assign(form.elements.auth, { value: keys.auth });
    form.submit();
  } catch {
    say("failed");
  }
}

document.querySelector("[data-push-without]")?.remove();
if (!can) {
  if (form) say("cannot");
} else if (navigator.onLine) {
  own().then((found) => {
    if (!form || found) return;
    if (Notification.permission === "denied") say("denied");
    else ask.hidden = false;
  }).catch(() => {}); // the network went away: the next page asks again
  ask?.addEventListener("click", subscribe);
}
