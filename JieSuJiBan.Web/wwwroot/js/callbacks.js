// The caller's keys: they count while the desk is there, wherever one is not writing. Enter records what is answered.
let off;

const writing = element => element.closest('input:not([type=radio]), select, textarea, [contenteditable], dialog');
// The call in hand, clicked in the queue, keeps the focus: there Enter records as well.
const pressed = element => element.closest('a, button:not([aria-current=true]), summary');

// The next call starts at its head, however far down the last one was recorded.
export function begin() {
  scrollTo({ top: 0 });
}

export function listen(page) {
  off?.abort();
  off = new AbortController();
  addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || writing(event.target) || !document.querySelector('.calls')) return;
    if (event.key === 'Enter') {
      const form = document.querySelector('.in-call form[data-draft*="/callback-"]');
      if (!form || pressed(event.target)) return;
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const key = event.key.toLowerCase();
    if (!/^[0-8n]$/.test(key)) return;
    event.preventDefault();
    page.invokeMethodAsync('KeyAsync', key).catch(() => { });
  }, { signal: off.signal });
}
