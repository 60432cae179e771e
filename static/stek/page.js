// Four helpers a page can do without: read aloud, share, copy, print. Their buttons are hidden until this runs.
const page = document.documentElement.lang;

// A voice of the reader's own machine: others send the words elsewhere to be spoken.
function voiceOf(language) {
  const speaks = (voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === language;
  return speechSynthesis.getVoices().find(speaks);
}

// What there is to read: whole blocks, in pieces of one language. What is open now stands on the front, outside main.
function pieces() {
  const found = [];
  const blocks = "h1, h2, h3, h4, p, li, dt, dd, td, th, summary";
  for (const part of document.querySelectorAll("body > header, main")) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const at = texts.currentNode.parentElement;
      const words = texts.currentNode.data.replace(/\s+/g, " ");
      if (!words.trim() || !at.checkVisibility() || at.closest("script, button, nav, .welcome, .wish")) continue;
      const [language, block, last] = [at.closest("[lang]").lang, at.closest(blocks), found.at(-1)];
      if (last && last.language === language && last.block === block) last.words += words;
      else found.push({ language, block, words });
    }
  }
  return found;
}

function readAloud(button) {
  const label = button.querySelector("[data-label]");
  const stop = () => { speechSynthesis.cancel(); label.textContent = button.dataset.read; };
  button.dataset.read ??= label.textContent;
  if (label.textContent === button.dataset.stop) { stop(); return; }
  const said = pieces().map(({ language, words }) => {
    const speech = new SpeechSynthesisUtterance(words.trim());
    speech.voice = voiceOf(language) || voiceOf(page);
    speech.lang = speech.voice?.lang || language;
    return speech;
  });
  said.at(-1).addEventListener("end", stop);
  speechSynthesis.cancel();
  label.textContent = button.dataset.stop;
  said.forEach((speech) => speechSynthesis.speak(speech));
  addEventListener("pagehide", stop, { once: true });
}

async function copy(words, button) {
  await navigator.clipboard.writeText(words);
  button.querySelector("[data-label]").textContent = button.dataset.done;
}

async function share(button) {
  const told = { title: document.title, url: location.href };
  if (navigator.share) { await navigator.share(told).catch(() => {}); return; }
  await copy(told.url, button);
}

const helpers = {
  share: { works: Boolean(navigator.share || navigator.clipboard), run: share },
  copy: { works: Boolean(navigator.clipboard), run: (button) => copy(document.getElementById(button.dataset.from).value, button) },
  print: { works: true, run: () => print() },
  "read-aloud": { works: "speechSynthesis" in window, needsVoice: true, run: readAloud },
};

for (const button of document.querySelectorAll("[data-helper]")) {
  const helper = helpers[button.dataset.helper];
  if (!helper.works) continue;
  const show = () => { button.hidden = Boolean(helper.needsVoice && !voiceOf(page)); };
  show();
  if (helper.needsVoice) speechSynthesis.addEventListener?.("voiceschanged", show); // a browser learns its voices late
  button.addEventListener("click", () => helper.run(button));
}
