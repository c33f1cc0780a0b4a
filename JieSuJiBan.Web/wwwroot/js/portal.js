// Starts the portal in the browser: the line to the server and what happens when it drops, drafts, alarms, uploads.
import { upload } from './upload.js';
import { subscribe, forget } from './push.js';

const [storage, tabStorage] = ['localStorage', 'sessionStorage'].map(kind => {
  try { window[kind].setItem('probe', '1'); window[kind].removeItem('probe'); return window[kind]; }
  catch { const kept = new Map(); return { getItem: k => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v), removeItem: k => kept.delete(k) }; }
});

// ---------------------------------------------------------------- the line

// Blazor offers no way to drop a socket that is dead but does not know it; so the portal keeps hold of it, and knows when it last spoke.
let socket, heard = Date.now();
const NativeSocket = window.WebSocket;
window.WebSocket = class extends NativeSocket {
  constructor(url, protocols) {
    super(url, protocols);
    if (new URL(url, location.href).pathname.endsWith('/_blazor')) {
      socket = this;
      this.addEventListener('message', () => heard = Date.now());
    }
  }
};

const line = document.getElementById('line');
let reconnecting = false;

const reachable = async () => {
  try { return (await fetch('health/line', { cache: 'no-store', signal: AbortSignal.timeout(1200) })).ok; }
  catch { return false; }
};

const pause = ms => new Promise(resolve => {
  const timer = setTimeout(done, ms);
  function done() { clearTimeout(timer); ['online', 'pageshow', 'focus'].forEach(e => removeEventListener(e, done)); document.removeEventListener('visibilitychange', done); resolve(); }
  ['online', 'pageshow', 'focus'].forEach(e => addEventListener(e, done));
  document.addEventListener('visibilitychange', done);
});

// Asks every half second whether the server can be reached, without waiting for the last question's answer; the first yes counts.
const untilReachable = () => new Promise(resolve => {
  let found = false;
  (async () => {
    while (!found) {
      reachable().then(yes => { if (yes && !found) { found = true; resolve(); } });
      await pause(document.hidden ? 5000 : 500);
    }
  })();
});

const reload = () => { rememberPlace(); location.reload(); };

async function reconnect() {
  if (reconnecting) return;
  reconnecting = true;
  const shown = setTimeout(() => { document.documentElement.dataset.line = 'lost'; line.className = ''; line.textContent = line.dataset.lost; }, 700);
  try {
    for (;;) {
      await untilReachable();
      try {
        if (!await Blazor.reconnect()) return reload();  // the circuit is gone: the page comes again and catches up
        break;
      } catch { await pause(300); }
    }
  } finally { clearTimeout(shown); reconnecting = false; }

  if (document.documentElement.dataset.line === 'lost') {
    line.className = 'back';
    line.textContent = line.dataset.back;
    setTimeout(() => { line.textContent = ''; line.className = ''; }, 2000);
  }
  delete document.documentElement.dataset.line;
  dispatchEvent(new Event('portal:back'));
}

// A page that was asleep cannot know whether its line still holds: the server must answer within a second.
let probing = false;
async function probe() {
  if (probing || reconnecting || !socket || socket.readyState !== NativeSocket.OPEN) return;
  probing = true;
  try {
    await Promise.race([DotNet.invokeMethodAsync('JieSuJiBan.Web', 'AnswerLine'), new Promise((_, no) => setTimeout(no, 1000))]);
  } catch {
    const dead = socket;
    dead.onclose?.(new CloseEvent('close', { code: 4000, reason: 'no answer' }));
    dead.close();
  } finally { probing = false; }
}

// The server speaks every two seconds. A page in view that has heard nothing for twice as long asks; one that is touched asks sooner.
const silentFor = ms => !document.hidden && Date.now() - heard > ms;
setInterval(() => { if (silentFor(4200)) probe(); }, 500);
for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, () => { if (silentFor(2600)) probe(); }, { capture: true, passive: true });
addEventListener('online', probe);
addEventListener('pageshow', event => { if (event.persisted) probe(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) probe(); });

Blazor.start({
  circuit: {
    reconnectionHandler: { onConnectionDown: () => { reconnect(); }, onConnectionUp: () => { } },
    configureSignalR: builder => builder.withServerTimeout(15000).withKeepAliveInterval(5000),
  },
});

// ---------------------------------------------------------------- drafts: what is typed stays in this browser until it is done

const draftOf = form => `draft:${form.dataset.draft}`;
const fields = form => [...form.elements].filter(e => e.name && e.type !== 'password' && e.type !== 'file');

function keepDraft(event) {
  const form = event.target.closest?.('form[data-draft]');
  if (!form || form.dataset.restoring) return;
  const values = among => among.map(e => e.type === 'radio' ? (e.checked ? [e.name, e.value, 'radio'] : null) : e.type === 'checkbox' ? [e.name, e.checked, 'checkbox'] : [e.name, e.value]).filter(Boolean);
  const isPrivate = field => 'private' in field.dataset;
  const keep = (store, among) => {
    const text = JSON.stringify(values(among));
    if (store.getItem(draftOf(form)) === text) return;
    store.setItem(draftOf(form), text);
    storage.removeItem(`sent:${form.dataset.draft}`);
  };
  keep(storage, fields(form).filter(field => !isPrivate(field)));
  // Who the petitioner is outlives a reload, but not the tab.
  const secret = fields(form).filter(isPrivate);
  if (secret.length) keep(tabStorage, secret);
}
document.addEventListener('input', keepDraft);
document.addEventListener('change', keepDraft);

// The page is there before it is alive, and its boxes are drawn anew when it comes alive: what was typed into them, and where, is kept.
let focused;
document.addEventListener('focusin', event => focused = { form: event.target.form?.dataset.draft, name: event.target.name, at: Date.now() });
document.addEventListener('input', event => {
  const composer = event.target.matches?.('[data-text]') && event.target.closest('.composer:not([data-composer-ready])');
  if (composer) storage.setItem(`talk:${composer.dataset.user}:${composer.dataset.room}`, JSON.stringify({ text: event.target.value, files: [] }));
});

// One field after another, each given time to be answered: a street must be chosen before its communities are there to choose from.
async function restoreDraft(form) {
  const kept = [storage, tabStorage].flatMap(store => JSON.parse(store.getItem(draftOf(form)) ?? '[]'));
  if (!kept.length) return;
  form.dataset.restoring = '1';
  for (const [name, value, type] of kept) {
    for (let tries = 0; tries < 20 && form.isConnected; tries++) {
      const field = fields(form).find(e => e.name === name && (type !== 'radio' || e.value === value));
      const fits = field && (field.tagName !== 'SELECT' || [...field.options].some(o => o.value === value));
      if (!fits) { await new Promise(r => setTimeout(r, 50)); continue; }
      if (type === 'radio' || type === 'checkbox') {
        const wanted = type === 'radio' || value;
        if (field.checked !== wanted) { field.checked = wanted; field.dispatchEvent(new Event('change', { bubbles: true })); }
      } else if (field.value !== value) {
        field.value = value;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
      break;
    }
  }
  delete form.dataset.restoring;
  form.querySelectorAll('[data-picker]').forEach(showPicked);
  if (focused?.form === form.dataset.draft && Date.now() - focused.at < 5000) form.elements[focused.name]?.focus?.();
}

function dropDraft(key) {
  clearTimeout(typing);  // or the last words would come back as a draft of what is done
  for (const store of [storage, tabStorage]) for (const kind of ['draft', 'sent']) store.removeItem(`${kind}:${key}`);
}

// Names sort by time, as the ids do that they may become (a UUID of version 7).
function newId() {
  const random = [...crypto.getRandomValues(new Uint8Array(10))].map(byte => byte.toString(16).padStart(2, '0')).join('');
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

// A form has the same name until its answer has arrived or something else is written into it: so it can be sent again, and is done once.
function nameOf(key) {
  const [name, at] = (storage.getItem(`sent:${key}`) ?? '').split(' ');
  if (name && Date.now() - at < 24 * 3600 * 1000) return name;
  const fresh = newId();
  storage.setItem(`sent:${key}`, `${fresh} ${Date.now()}`);
  return fresh;
}

// Whoever signs out leaves nothing of his on a shared computer, except messages that he sent and the server has not got yet.
document.addEventListener('submit', event => {
  const user = event.target.dataset?.signOut;
  if (!user) return;
  forget().catch(() => { });
  for (const store of [storage, tabStorage]) {
    for (const key of Object.keys(store)) {
      const isSent = key.startsWith(`outbox:${user}:`) && store.getItem(key) === '[]';
      if (isSent || key === 'files' || key.startsWith(`draft:${user}/`) || key.startsWith(`sent:${user}/`) || key.startsWith(`talk:${user}:`)) store.removeItem(key);
    }
  }
});

// A text that is being typed reaches the server while one pauses, not only when one leaves the box.
let typing;
document.addEventListener('input', event => {
  if (!event.target.closest?.('form[data-draft]') || !event.target.matches('textarea, input[type=text], input:not([type])')) return;
  clearTimeout(typing);
  typing = setTimeout(() => event.target.isConnected && event.target.dispatchEvent(new Event('change', { bubbles: true })), 800);
});

// ---------------------------------------------------------------- place: where one was on the page

const placeKey = () => `place:${location.pathname}`;
function rememberPlace() {
  const stream = document.querySelector('[data-stream]');
  const seen = stream && { fromEnd: stream.scrollHeight - stream.scrollTop - stream.clientHeight };
  try { sessionStorage.setItem(placeKey(), JSON.stringify({ page: scrollY, stream: seen })); } catch { }
}
addEventListener('pagehide', rememberPlace);

// ---------------------------------------------------------------- files picked in forms

function showPicked(picker) {
  const hidden = picker.querySelector('input[type=hidden]');
  const list = picker.querySelector('[data-list]');
  const known = JSON.parse(storage.getItem('files') ?? '{}');
  const photo = id => picker.dataset.photos === undefined ? null : `files/${id}`;
  list.replaceChildren(...hidden.value.split(',').filter(Boolean).map(id => pickedItem(known[id] ?? id, () => setPicked(picker, hidden.value.split(',').filter(x => x && x !== id)), photo(id))));
}

function pickedItem(name, remove, photo) {
  const item = document.createElement('li');
  if (photo) item.append(Object.assign(new Image(), { src: photo, alt: name }));
  else item.textContent = name;
  if (remove) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = '×';
    button.ariaLabel = `× ${name}`;
    button.onclick = remove;
    item.append(button);
  }
  return item;
}

function setPicked(picker, ids) {
  const hidden = picker.querySelector('input[type=hidden]');
  hidden.value = ids.join(',');
  hidden.dispatchEvent(new Event('change', { bubbles: true }));
  showPicked(picker);
}

// A picker may come onto the page later than its form.
document.addEventListener('change', ({ target }) => {
  const picker = target.matches?.('[data-files]') && target.closest('[data-picker]');
  if (picker) pick(picker, [...target.files]).then(() => target.value = '');
});

// A form sent while its files are still on their way would go without them: it waits, and goes by itself unless one of them failed.
const waiting = new Map();
addEventListener('submit', event => {
  if (!event.target.querySelector('[data-picker][data-sending]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting.set(event.target, event.submitter);
}, true);

function sendWaiting(form) {
  if (!waiting.has(form) || form.querySelector('[data-picker][data-sending]')) return;
  const button = waiting.get(form);
  waiting.delete(form);
  if (form.isConnected && !form.querySelector('[data-list] .wrong')) form.requestSubmit(button);
}

async function pick(picker, files) {
  const list = picker.querySelector('[data-list]');
  const picked = () => picker.querySelector('input[type=hidden]').value.split(',').filter(Boolean);
  picker.dataset.sending = '1';
  for (const file of files) {
    const item = pickedItem(`${file.name} …`);
    list.append(item);
    if (picker.dataset.most && picked().length >= picker.dataset.most) {
      item.textContent = picker.dataset.full;
      item.className = 'wrong';
      break;
    }
    try {
      const saved = await upload(file);
      rememberFile(saved);
      setPicked(picker, [...picked(), saved.id]);
    } catch (problem) {
      item.textContent = `${file.name}：${problem.message}`;
      item.className = 'wrong';
    }
  }
  delete picker.dataset.sending;
  sendWaiting(picker.closest('form'));
}

function rememberFile(file) {
  const known = JSON.parse(storage.getItem('files') ?? '{}');
  known[file.id] = file.name;
  storage.setItem('files', JSON.stringify(Object.fromEntries(Object.entries(known).slice(-200))));
}

// ---------------------------------------------------------------- a report from the street: frequent words, and where one stands

document.addEventListener('click', event => {
  const quick = event.target.closest('[data-quick]');
  const box = quick?.form.elements[quick.dataset.into];
  if (!box || box.value.includes(quick.dataset.quick)) return;
  box.value = [box.value.trim(), quick.dataset.quick].filter(Boolean).join('，');
  box.dispatchEvent(new Event('change', { bubbles: true }));
  box.focus();
});

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-locate]');
  if (!button) return;
  const part = button.closest('[data-locate-part]');
  const [hidden, status] = [part.querySelector('input'), part.querySelector('[data-status]')];
  status.textContent = '';
  button.disabled = true;
  const at = await portal.position();
  button.disabled = false;
  if (!at) { status.textContent = button.dataset.failed; return; }
  hidden.value = `${at.latitude.toFixed(6)},${at.longitude.toFixed(6)},${Math.round(at.accuracy)}`;
  hidden.dispatchEvent(new Event('change', { bubbles: true }));
});

// ---------------------------------------------------------------- alarms: sound after the first click, title badge, notification

let audio;
addEventListener('pointerdown', () => { audio ??= new AudioContext(); audio.resume(); }, { once: true, capture: true });

function whistle(urgent) {
  if (!audio || audio.state !== 'running') return;
  const volume = audio.createGain();
  volume.connect(audio.destination);
  for (let n = 0; n < (urgent ? 4 : 2); n++) {
    const tone = audio.createOscillator();
    const at = audio.currentTime + n * .38;
    tone.frequency.setValueAtTime(2100, at);
    tone.frequency.linearRampToValueAtTime(2500, at + .28);
    tone.connect(volume);
    tone.start(at);
    tone.stop(at + .3);
  }
  volume.gain.value = .12;
}

let alarms = 0;
const plainTitle = () => document.title.replace(/^[（(]\d+[）)]\s*/, '');
function showBadge() {
  const wanted = alarms > 0 ? `（${alarms}）${plainTitle()}` : plainTitle();
  if (document.title !== wanted) document.title = wanted;
}
new MutationObserver(showBadge).observe(document.head, { subtree: true, childList: true, characterData: true });

// Which alarms have sounded here, the newest hundred: a reload or a cut neither swallows one nor rings it again.
let bell;
addEventListener('portal:back', () => bell?.invokeMethodAsync('BackAsync').catch(() => { }));
const heardBefore = user => JSON.parse(storage.getItem(`heard:${user}`));
function rememberHeard(user, keys) {
  const others = (heardBefore(user) ?? []).filter(key => !keys.includes(key));
  storage.setItem(`heard:${user}`, JSON.stringify([...others, ...keys].slice(-100)));
}

function notify(title, text, link) {
  if (!('Notification' in window) || Notification.permission !== 'granted' || !document.hidden) return;
  const notice = new Notification(title, { body: text, tag: link });
  notice.onclick = () => { window.focus(); Blazor.navigateTo(link); notice.close(); };
}

document.addEventListener('click', event => {
  if (event.target.closest('[data-print]')) window.print();
  if (event.target.closest('[data-push-on]')) subscribe(event.target.closest('[data-push]'));
  if (event.target.closest('[data-ask-notify]')) Notification.requestPermission().then(offerNotifications);
  for (const open of document.querySelectorAll('header details[open]')) if (!open.contains(event.target) || event.target.closest('a')) open.open = false;
  const fill = event.target.closest('[data-fill]');
  if (fill) {
    for (const [id, value] of [['user', fill.dataset.fill], ['password', fill.dataset.password]]) document.getElementById(id).value = value;
    document.querySelector('form [type=submit]').click();
  }
});
document.addEventListener('keydown', event => { if (event.key === 'Escape') document.querySelectorAll('header details[open]').forEach(open => open.open = false); });

function offerNotifications() {
  for (const button of document.querySelectorAll('[data-ask-notify]')) button.hidden = !('Notification' in window) || Notification.permission !== 'default';
}

// Filters change the address, and the address is the filter.
document.addEventListener('submit', event => {
  if (!event.target.matches('form.filters')) return;
  event.preventDefault();
  const query = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value));
  Blazor.navigateTo(`${new URL(event.target.action).pathname}?${query}`);
});

// ---------------------------------------------------------------- what pages on the server call

window.portal = {
  restoreDraft,
  dropDraft,
  nameOf,
  newId,
  showRefusal: form => (form.querySelector('.field.wrong input, .field.wrong textarea, .field.wrong select') ?? form.querySelector('[role=alert]'))?.focus?.(),
  heardBefore: (user, self) => { bell = self; return heardBefore(user); },
  badge: (count, user, heard) => { alarms = count; showBadge(); offerNotifications(); rememberHeard(user, heard); },
  alarm: (title, text, link, urgent) => { whistle(urgent); notify(title, text, link); },
  position: () => new Promise(resolve => navigator.geolocation
    ? navigator.geolocation.getCurrentPosition(
        at => resolve({ latitude: at.coords.latitude, longitude: at.coords.longitude, accuracy: at.coords.accuracy }), () => resolve(null), { enableHighAccuracy: true, timeout: 8000 })
    : resolve(null)),
  touch: element => element.dispatchEvent(new Event('change', { bubbles: true })),
  rememberFile,
  storage,
};
