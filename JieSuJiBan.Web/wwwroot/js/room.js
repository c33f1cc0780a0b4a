// The whistle room in the browser: answers the server's beat, stays at the end of the talk or where one reads, comes back to it.
let page, stream, toEnd, atEnd = true;

export function beat() { return document.hidden; }

export function enter(root, self) {
  page = self;
  stream = root.querySelector('[data-stream]');
  toEnd = root.querySelector('[data-to-end]');
  const place = (() => { try { return JSON.parse(sessionStorage.getItem(`place:${location.pathname}`))?.stream; } catch { return null; } })();
  stream.scrollTop = stream.scrollHeight - stream.clientHeight - (place?.fromEnd > 40 ? place.fromEnd : 0);

  stream.addEventListener('scroll', () => {
    atEnd = stream.scrollHeight - stream.scrollTop - stream.clientHeight < 60;
    if (atEnd) toEnd.hidden = true;
  }, { passive: true });
  toEnd.addEventListener('click', goToEnd);
  atEnd = !(place?.fromEnd > 40);

  let last = lastSequence();
  new MutationObserver(() => {
    const now = lastSequence();
    if (atEnd) goToEnd();
    else if (now > last) toEnd.hidden = false;
    last = now;
  }).observe(stream, { childList: true, subtree: true });
  new ResizeObserver(() => { if (atEnd) goToEnd(); }).observe(stream);
  stream.addEventListener('load', () => { if (atEnd) goToEnd(); }, true);

  removeEventListener('portal:back', back);
  addEventListener('portal:back', back);
  document.removeEventListener('visibilitychange', back);
  document.addEventListener('visibilitychange', back);
}

function back() { page?.invokeMethodAsync('BackAsync', document.hidden).catch(() => { }); }

function goToEnd() { stream.scrollTop = stream.scrollHeight; toEnd.hidden = true; atEnd = true; }

function lastSequence() { return Number(stream.querySelector('.talk:not(.outbox) > li:last-of-type')?.dataset.seq ?? 0); }
