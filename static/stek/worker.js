// The worker, at /sw.js. `STEK` stands above this: the release, its own files, and addresses (sites/views/phone.py).
//
// It keeps pages of one reader at a time: only those that the server says may be kept, until the moment the server says, under a
// random tag of the session from which nobody can tell who that is. It shows them only when the network does not answer. A page of
// another session, or one that says that nobody is signed in, and all that was kept is gone.

const SLOW = 4000; // milliseconds after which a page that is kept is better than one that may still come
const LONG = 15000; // milliseconds that signing out may take
const SHELL = `stek shell ${STEK.release}`, PAGES = `stek pages ${STEK.release}`, STATE = "stek state";
const NOBODY = { tag: "", ended: [], isLeaving: false };

// --- who reads ---

async function read() {
  const kept = await caches.match("/sw.js", { cacheName: STATE });
  return kept ? kept.json() : NOBODY;
}

async function write(state) {
  await (await caches.open(STATE)).put("/sw.js", new Response(JSON.stringify(state)));
}

// What reads and writes the state does so one after the other.
let turn = Promise.resolve();
const inTurn = (work) => (turn = turn.then(work, work));

// A session that ended never comes back: an answer to it that is late must not be kept.
const ended = (state) => [state.tag, ...state.ended].filter(Boolean).slice(0, 20);

async function forget() {
  const names = (await caches.keys()).filter((name) => name.startsWith("stek pages"));
  await Promise.all(names.map((name) => caches.delete(name)));
  const shown = (await self.registration.getNotifications?.()) ?? [];
  shown.forEach((one) => one.close());
}

// `tag` is what a page says of its reader: a session, or "-" when nobody is signed in.
const meet = (tag) => inTurn(async () => {
  const state = await read(), reader = tag === "-" ? "" : tag;
  if (state.ended.includes(reader) || state.tag === reader) return;
  await forget();
  await write({ ...state, tag: reader, ended: ended(state) });
});

// --- pages ---

const bare = (path) => path.replace(/^\/[a-z]{2}\//, "/");
const language = (path) => STEK.languages.find((code) => path.startsWith(`/${code}/`)) ?? STEK.languages[0];
const cacheOf = (tag) => `${PAGES} ${tag}`;

const isOver = (page) => Number(page.headers.get("Stek-Keep")) * 1000 <= Date.now();

// What was kept too long is gone before anything is looked for.
async function tidy(tag) {
  const cache = await caches.open(cacheOf(tag));
  for (const one of await cache.keys()) if (isOver(await cache.match(one))) await cache.delete(one);
  return cache;
}

const find = async (path, { tag }) => (tag ? (await tidy(tag)).match(path) : undefined);

// Pages tell by such a word on their first tag what became of them.
const marked = async (word, answer) => {
  const headers = new Headers(answer.headers);
  ["Content-Encoding", "Content-Length"].forEach((name) => headers.delete(name)); // the text is neither any more
  return new Response((await answer.text()).replace("<html ", `<html data-${word} `), { headers });
};

async function learn(path, answer, isWhole = true) {
  const tag = answer.headers.get("Stek-Reader");
  if (!tag) return; // the same for everyone
  await meet(tag);
  // Whatever the answer says: nothing else is ever kept.
  if (!bare(path).startsWith("/mijn/")) return;
  if (!isWhole || answer.status !== 200 || answer.redirected || !answer.headers.has("Stek-Keep")) return;
  const page = await marked("kept", answer);
  await inTurn(async () => {
    if ((await read()).tag === tag) await (await tidy(tag)).put(path, page);
  });
}

const ask = async (path) => learn(path, await fetch(path));

// The same page in another language is better than none.
async function inAnotherLanguage(path, { tag }) {
  const kept = tag ? await (await tidy(tag)).keys() : [];
  const other = kept.map(({ url }) => new URL(url).pathname).find((one) => bare(one) === bare(path));
  return other && Response.redirect(other);
}

const own = async (path) => (await caches.match(path, { cacheName: SHELL })) ?? Response.error();
const isSignOut = (path) => bare(path) === STEK.signOut;
const offline = (path) => own(STEK[isSignOut(path) ? "leaving" : "offline"][language(path)]);

async function open(event, { pathname: path, search }) {
  const state = await read();
  if (state.isLeaving && !(await signOut())) return marked("wiped", await own(STEK.leaving[language(path)]));
  const kept = await find(path, state);
  const fresh = fetch(event.request);
  event.waitUntil(fresh.then((answer) => learn(path, answer.clone(), !search)).catch(() => {}));
  try {
    const answer = await (kept ? Promise.race([fresh, late()]) : fresh);
    return kept && answer.status >= 500 ? kept : answer;
  } catch {
    return kept ?? (await inAnotherLanguage(path, state)) ?? offline(path);
  }
}

const late = () => new Promise((_, fail) => setTimeout(fail, SLOW));

// --- signing out without the internet: what is here goes at once, the session as soon as it can ---

async function leave() {
  await inTurn(async () => {
    const state = await read();
    await forget();
    await write({ tag: "", ended: ended(state), isLeaving: true });
  });
  await (await self.registration.pushManager?.getSubscription())?.unsubscribe();
  await self.registration.sync?.register("sign-out").catch(() => {});
}

// Whether nobody is signed in any more.
async function signOut() {
  try {
    const signal = AbortSignal.timeout(LONG);
    const page = await fetch(STEK.signOut, { signal });
    if (page.headers.get("Stek-Reader") !== "-") {
      const body = new URLSearchParams({ csrfmiddlewaretoken: /name="csrfmiddlewaretoken" value="(\w+)"/.exec(await page.text())[1] });
      const answer = await fetch(STEK.signOut, { method: "POST", body, redirect: "manual", signal });
      if (answer.type !== "opaqueredirect") return false;
    }
    await inTurn(async () => write({ ...(await read()), isLeaving: false }));
    return true;
  } catch {
    return false;
  }
}

// --- the life of the worker ---

async function prepare() {
  const files = STEK.shell.map((path) => new Request(path, { cache: "reload" }));
  await (await caches.open(SHELL)).addAll(files);
  await self.skipWaiting();
}

// Pages of the former release ask for files of it, so they are asked anew; there was a network a moment ago.
async function moveIn() {
  const names = await caches.keys(), { tag } = await read();
  const former = names.filter((name) => name.startsWith("stek pages") && name.endsWith(` ${tag}`) && name !== cacheOf(tag));
  const kept = await Promise.all(former.map(async (name) => (await caches.open(name)).keys()));
  const old = names.filter((name) => name.startsWith("stek ") && ![SHELL, STATE, cacheOf(tag)].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
  await Promise.allSettled(kept.flat().map(({ url }) => ask(new URL(url).pathname)));
}

self.addEventListener("install", (event) => event.waitUntil(prepare()));
self.addEventListener("activate", (event) => event.waitUntil(moveIn()));

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode !== "navigate") {
    if (STEK.shell.includes(url.pathname)) event.respondWith(own(url.pathname).then((file) => (file.ok ? file : fetch(request))));
  } else if (url.pathname.endsWith("/")) { // a page; files go by themselves
    event.respondWith(open(event, url));
  }
});

const orders = {
  keep: ({ path }) => ask(path).catch(() => {}),
  async forget() {
    await inTurn(async () => {
      const state = await read();
      await forget();
      await write({ ...state, tag: "", ended: ended(state) });
    });
    await (await self.registration.pushManager?.getSubscription())?.unsubscribe();
  },
  leave,
};

self.addEventListener("message", (event) => {
  event.waitUntil(orders[event.data.do](event.data).then(() => event.ports[0]?.postMessage("done")));
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "sign-out") return;
  event.waitUntil(read().then(async ({ isLeaving }) => {
    if (isLeaving && !(await signOut())) throw new Error("not yet"); // the browser tries again later
  }));
});

// --- words beside the mail ---

self.addEventListener("push", (event) => {
  let said = {};
  try { said = event.data.json(); } catch { /* nothing that we sent; a browser still wants something shown */ }
  const { text = "", path = "/", tag = "stek", lang = "" } = said;
  event.waitUntil(self.registration.showNotification("STEK", { body: text, tag, lang, icon: STEK.icon, badge: STEK.badge, data: path }));
});

async function show(path) {
  const { pathname } = new URL(path, self.location.origin); // ours, whatever was sent
  const [window] = await self.clients.matchAll({ type: "window" });
  if (!window) return self.clients.openWindow(pathname);
  await window.focus().catch(() => {});
  return window.navigate(pathname);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data));
});
