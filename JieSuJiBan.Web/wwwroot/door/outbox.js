// Reports that wait for a line, in this browser's own database. The page and the service worker both use it, so it is no module.
(() => {
  const open = () => new Promise((resolve, reject) => {
    const asked = indexedDB.open('public-door', 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('outbox', { keyPath: 'key' });
      asked.result.createObjectStore('drafts', { keyPath: 'key' });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

  async function ask(store, mode, question) {
    const db = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = db.transaction(store, mode);
        const asked = question(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      db.close();
    }
  }

  const shelf = store => ({
    all: () => ask(store, 'readonly', kept => kept.getAll()),
    get: key => ask(store, 'readonly', kept => kept.get(key)),
    put: thing => ask(store, 'readwrite', kept => kept.put(thing)),
    drop: key => ask(store, 'readwrite', kept => kept.delete(key)),
  });

  const outbox = shelf('outbox');

  // A token is asked for just before it is used: the one in a page that lay on the phone for a day is worth nothing.
  async function post(path, fields, photos) {
    const { token } = await (await fetch('/public/token', { cache: 'no-store' })).json();
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    photos.forEach((photo, at) => body.append('photos', photo, `${at + 1}.jpg`));
    const answer = await fetch(path, { method: 'POST', headers: { Accept: 'application/json', 'X-Antiforgery': token }, body });
    const isOurs = answer.headers.get('Content-Type')?.includes('json');  // a hotel's own page is no answer of ours
    const said = isOurs ? await answer.json() : { text: (await answer.text()).slice(0, 300) };
    if (answer.ok && isOurs) return said;
    if (answer.status === 422 && isOurs && said.refusals.every(refusal => refusal.code !== 'public.stale')) return said;
    throw Object.assign(new Error(`${path}: ${answer.status}`), { said: answer.status === 429 ? said.text : undefined });
  }

  // Sent twice is one case: the key says that it is the same report. So two tabs, or a page and the worker, do no harm.
  async function flush() {
    let changed = false;
    for (const report of await outbox.all()) {
      if (report.receipt || report.refusals) continue;
      try {
        const { number, code, refusals } = await post('/public', report.fields, report.photos);
        if (!await outbox.get(report.key)) continue;  // thrown away meanwhile
        await outbox.put(refusals ? { ...report, refusals } : { key: report.key, at: report.at, fields: { text: report.fields.text }, photos: [], receipt: { number, code } });
        changed = true;
      } catch (problem) {
        if (problem instanceof TypeError) break;  // no line: the others wait too
      }
    }
    return changed;
  }

  const alone = work => navigator.locks ? navigator.locks.request('public-outbox', work) : work();

  self.publicDoor = { outbox, drafts: shelf('drafts'), post, flush: () => alone(flush) };
})();
