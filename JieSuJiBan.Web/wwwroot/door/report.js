// The report form: keeps what is being written, sends it, or puts it into the outbox until the line is back.
import { button, busy, copy, kept, make } from '/door/door.js';
import { photoField } from '/door/photos.js';

const { outbox, drafts, post, flush } = self.publicDoor;
const form = document.querySelector('[data-report]');
const shelf = document.querySelector('[data-outbox]');
const field = name => form.elements[name];
const written = ['nature', 'reported', 'text', 'street', 'place', 'latitude', 'longitude', 'accuracy'];
const contact = ['name', 'phone'];  // kept for this tab only, until it is sent
const photos = photoField(form, keepPhotos);

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
const read = names => Object.fromEntries(names.map(name => [name, field(name).value]));
const fields = () => ({ ...read(written), ...read(contact), key: field('key').value, opened: field('opened').value, website: field('website').value });

function fill(values) {
  for (const [name, value] of Object.entries(values)) if ([...written, ...contact].includes(name)) field(name).value = value;
  showPosition();
  showNature();
}

// ---------------------------------------------------------------- the draft

const remember = (store, key, value) => { try { store.setItem(key, JSON.stringify(value)); } catch { } };  // a browser that keeps nothing still sends
const forgetIn = (store, key) => { try { store.removeItem(key); } catch { } };
const recall = (store, key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };

// At once and not when the page is left: a phone closes pages without asking.
// A 举报 stays in this tab: whoever comes to a shared computer next must not find it.
const isMisconduct = () => field('nature').value === 'Report';
function keepDraft() {
  const [store, other] = isMisconduct() ? [sessionStorage, localStorage] : [localStorage, sessionStorage];
  forgetIn(other, 'public:draft');
  remember(store, 'public:draft', { report: field('key').value, opened: field('opened').value, fields: read(written) });
  remember(sessionStorage, 'public:contact', read(contact));
}

function keepPhotos() {
  keepDraft();
  const kept = isMisconduct() ? drafts.drop('photos') : drafts.put({ key: 'photos', report: field('key').value, photos: photos.photos });
  kept.catch(() => { });
}

async function restoreDraft() {
  const draft = recall(sessionStorage, 'public:draft') ?? recall(localStorage, 'public:draft');
  if (!draft || field('text').defaultValue) return;  // the server has sent back what was just written
  [field('key').value, field('opened').value] = [draft.report, draft.opened];
  fill({ ...draft.fields, ...recall(sessionStorage, 'public:contact') });
  const kept = await drafts.get('photos').catch(() => null);
  if (kept?.report === draft.report) photos.photos = kept.photos;
  document.querySelector('[data-restored]').hidden = !(draft.fields.text || draft.fields.place || photos.photos.length);
}

async function clear() {
  form.reset();
  fill({ latitude: '', longitude: '', accuracy: '', text: '', place: '', name: '', phone: '', street: '' });
  photos.photos = [];
  field('key').value = newKey();
  document.querySelector('[data-restored]').hidden = true;
  say({ refusals: [] });
  for (const store of [localStorage, sessionStorage]) for (const key of ['public:draft', 'public:contact']) forgetIn(store, key);
  await drafts.drop('photos').catch(() => { });
}

form.addEventListener('input', keepDraft);
document.querySelector('[data-clear]').onclick = clear;

// ---------------------------------------------------------------- nature and position

function showNature() {
  for (const part of form.querySelectorAll('[data-only-for]')) part.hidden = part.dataset.onlyFor !== field('nature').value;
}
form.addEventListener('change', showNature);
for (const nature of field('nature')) nature.addEventListener('change', keepPhotos);

const place = form.querySelector('[data-position]');
const [told, locate, forget] = ['[data-position-told]', '[data-locate]', '[data-forget]'].map(selector => place.querySelector(selector));
place.hidden = !navigator.geolocation;

function showPosition() {
  const has = field('latitude').value !== '';
  told.textContent = has ? place.dataset.told.replace('{0}', (+field('latitude').value).toFixed(4)).replace('{1}', (+field('longitude').value).toFixed(4)).replace('{2}', field('accuracy').value) : '';
  [locate.hidden, forget.hidden] = [has, !has];
}

locate.onclick = () => {
  told.textContent = place.dataset.asking;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => { fill({ latitude: coords.latitude, longitude: coords.longitude, accuracy: Math.round(coords.accuracy) }); keepDraft(); },
    () => { told.textContent = place.dataset.failed; },
    { enableHighAccuracy: true, timeout: 10000 });
};
forget.onclick = () => { fill({ latitude: '', longitude: '', accuracy: '' }); keepDraft(); };

// ---------------------------------------------------------------- sending

function say({ refusals }) {
  for (const note of form.querySelectorAll('[data-refusal]')) {
    const own = refusals.filter(refusal => (refusal.field ?? '') === note.dataset.refusal || (!note.dataset.refusal && !form.querySelector(`[data-refusal="${refusal.field}"]`)));
    note.textContent = own.map(refusal => refusal.text).join(' ');
    note.hidden = own.length === 0;
    note.closest('.field')?.classList.toggle('wrong', own.length > 0);
  }
  if (refusals.length) (form.querySelector('.field.wrong :is(input, textarea, select)') ?? form.querySelector('[data-refusal]:not([hidden])')).focus?.();
}

const later = form.querySelector('[data-later]');
const laterSays = later.textContent;

form.addEventListener('submit', event => {
  event.preventDefault();
  later.hidden = true;
  busy(form, async () => {
    const report = { key: field('key').value, at: Date.now(), fields: fields(), photos: photos.photos };
    try {
      if (!navigator.onLine) throw new TypeError('no line');
      const answer = await post('/public', report.fields, report.photos);
      if (answer.refusals) { say(answer); return; }
      await clear();
      location.href = '/public/received';
    } catch (problem) {
      if (problem instanceof TypeError && await putAside(report)) return;
      later.textContent = problem.said ?? laterSays;
      later.hidden = false;
    }
  });
});

async function putAside(report) {
  try { await outbox.put(report); } catch { return false; }
  await clear();
  navigator.storage?.persist?.();
  navigator.serviceWorker?.ready.then(worker => worker.sync?.register('public-outbox')).catch(() => { });
  await showOutbox();
  scrollTo(0, 0);
  return true;
}

// ---------------------------------------------------------------- the outbox

const says = shelf.dataset;
const drop = key => outbox.drop(key).then(showOutbox);

function card(report) {
  const card = make('section', { className: 'card aside' }, make('p', { className: 'aside-text', textContent: report.fields.text }));
  if (report.receipt) {
    const { number, code } = report.receipt;
    card.append(
      make('p', { role: 'status', textContent: says.sent }),
      make('dl', { className: 'receipt' }, make('dt', { textContent: says.number }), make('dd', { textContent: number }), make('dt', { textContent: says.code }), make('dd', { className: 'code', textContent: code })),
      make('div', { className: 'buttons' },
        button(says.copy, () => copy(`${says.number} ${number}\n${says.code} ${code}`)),
        button(says.keep, event => { kept.add({ number, code, title: report.fields.text.slice(0, 40) }); event.target.disabled = true; }),
        button(says.done, () => drop(report.key))));
  } else {
    card.append(
      make('p', { role: 'status', className: report.refusals ? 'refusal' : 'sub', textContent: report.refusals ? `${says.refused}：${report.refusals.map(refusal => refusal.text).join(' ')}` : says.waiting }),
      make('div', { className: 'buttons' },
        report.refusals ? button(says.edit, () => takeBack(report)) : button(says.send, () => send()),
        button(says.drop, () => confirm(says.sure) && drop(report.key))));
  }
  return card;
}

async function takeBack(report) {
  await outbox.drop(report.key);
  fill(report.fields);
  field('key').value = report.key;
  photos.photos = report.photos;
  say(report);
  await showOutbox();
}

async function showOutbox() {
  const reports = await outbox.all().catch(() => []);
  shelf.replaceChildren(...reports.sort((left, right) => left.at - right.at).map(card));
}

async function send() {
  if (await flush().catch(() => false)) await showOutbox();
}

addEventListener('online', send);
document.addEventListener('visibilitychange', () => { if (!document.hidden) send(); });
navigator.serviceWorker?.addEventListener('message', ({ data }) => { if (data === 'outbox') showOutbox(); });
setInterval(send, 30000);  // a phone does not always say when its line is back

showNature();
showPosition();
if (!form.querySelector('[data-refusal]:not([hidden])')) field('key').value = newKey();
restoreDraft();
showOutbox().then(send);
