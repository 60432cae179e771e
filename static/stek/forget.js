// Who signs out, or has to sign in anew, leaves nothing in this window: no text that was not sent yet, no code.
const forget = () => { try { sessionStorage.clear(); } catch { /* a browser that keeps nothing */ } };
if ("now" in document.currentScript.dataset) forget();
document.querySelector("[data-signs-out]")?.addEventListener("submit", forget);
