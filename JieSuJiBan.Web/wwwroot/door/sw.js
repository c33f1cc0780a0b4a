// Keeps the form and what draws it, so that it opens without a line; sends what waits when the line is back. Answers about a case
// are never kept.
importScripts('/door/outbox.js');

const shelf = 'public-shell-1';
const shell = [
  '/public', '/app.css', '/door/door.css', '/door/outbox.js', '/door/door.js', '/door/report.js', '/door/follow.js', '/door/photos.js', '/js/upload.js',
  '/door/icon.svg', '/door/icon-192.png', '/public/manifest.webmanifest',
];

addEventListener('install', event => event.waitUntil(caches.open(shelf).then(kept => kept.addAll(shell)).then(() => skipWaiting())));

addEventListener('activate', event => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('public-shell-') && name !== shelf) await caches.delete(name);
  await clients.claim();
})()));

addEventListener('fetch', event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (shell.includes(pathname)) event.respondWith(newest(request, pathname));
  else if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match('/public')));
});

// The server's own if it answers, so that nobody works with yesterday's form; else, or if it takes its time, the copy.
async function newest(request, pathname) {
  const kept = await caches.match(pathname);
  const asked = fetch(request).then(async answer => {
    if (answer.ok && !answer.redirected) await (await caches.open(shelf)).put(pathname, answer.clone());
    return answer;
  });
  if (!kept) return asked;
  const patience = new Promise(resolve => setTimeout(resolve, 5000, kept));
  return Promise.race([asked.catch(() => kept), patience]);
}

addEventListener('sync', event => {
  if (event.tag === 'public-outbox') event.waitUntil(publicDoor.flush().then(tell));
});

async function tell() {
  for (const page of await clients.matchAll()) page.postMessage('outbox');
  if ((await publicDoor.outbox.all()).some(report => !report.receipt && !report.refusals)) throw new Error('still waiting');  // the browser tries again
}
