// Passkeys: ask the server what to ask the device, ask the device, send its answer. Buttons are hidden until this runs.
const form = document.querySelector("[data-passkey]");
const start = form.querySelector("[data-start]");
const failed = form.querySelector("[data-failed]");

async function ask() {
  const response = await fetch(form.dataset.ask, { method: "POST", body: new FormData(form) });
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

async function answer() {
  failed.hidden = true;
  start.disabled = true;
  try {
    const credential = await webauthnJSON[form.dataset.passkey](await ask());
    form.elements.credential.value = JSON.stringify(credential);
    if (form.dataset.answer) form.action = form.dataset.answer;
    form.submit();
  } catch {
    // Also when somebody closes the window of the device: nothing is lost, they may try again.
    failed.hidden = false;
    start.disabled = false;
  }
}

if (webauthnJSON.supported()) {
  start.hidden = false;
  form.querySelector("[data-missing]")?.remove();
  start.addEventListener("click", () => {
    if (form.dataset.passkey === "get" || form.reportValidity()) answer();
  });
  // Enter in a field: a form without a button to send it would send itself without the answer.
  if (form.dataset.passkey === "create") {
    form.addEventListener("submit", (event) => { event.preventDefault(); start.click(); });
  }
}
