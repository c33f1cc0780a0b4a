// The dispatcher's keys: they count while the desk is there, wherever one is not writing.
let off;

const writing = element => element.closest('input, select, textarea, [contenteditable], dialog');

export function listen(page) {
  off?.abort();
  off = new AbortController();
  addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || writing(event.target) || !document.querySelector('.desk')) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!['1', '2', '3', 'm', 'o', 'ArrowDown', 'ArrowUp'].includes(key)) return;
    event.preventDefault();
    page.invokeMethodAsync('KeyAsync', key).catch(() => { });
  }, { signal: off.signal });
}
