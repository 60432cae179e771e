// Four helpers a page can do without: read aloud, share, copy, print. Their buttons are hidden until this runs.
// What is open now stands on the front, outside main.
const wordsOfPage = () => [...document.querySelectorAll("body > header, main")].map((part) => part.innerText).join("\n");

const helpers = {
  "read-aloud": {
    works: "speechSynthesis" in window,
    run() {
      if (speechSynthesis.speaking) { speechSynthesis.cancel(); return; }
      const speech = new SpeechSynthesisUtterance(wordsOfPage());
      speech.lang = document.documentElement.lang;
      speechSynthesis.speak(speech);
    },
  },
  share: {
    works: Boolean(navigator.share || navigator.clipboard),
    async run(button) {
      const page = { title: document.title, url: location.href };
      if (navigator.share) { await navigator.share(page).catch(() => {}); return; }
      await navigator.clipboard.writeText(page.url);
      button.querySelector("[data-label]").textContent = button.dataset.done;
    },
  },
  copy: {
    works: Boolean(navigator.clipboard),
    async run(button) {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.from).value);
      button.querySelector("[data-label]").textContent = button.dataset.done;
    },
  },
  print: { works: true, run() { window.print(); } },
};

for (const button of document.querySelectorAll("[data-helper]")) {
  const helper = helpers[button.dataset.helper];
  if (!helper.works) continue;
  button.hidden = false;
  button.addEventListener("click", () => helper.run(button));
}
