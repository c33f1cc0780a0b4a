// What every page of the public door does: works without a line, and says so.
const banner = document.querySelector('[data-offline]');
const showLine = () => { banner.hidden = navigator.onLine; };
addEventListener('online', showLine);
addEventListener('offline', showLine);
showLine();

navigator.serviceWorker?.register('/public/sw.js', { scope: '/public' }).catch(() => { });

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function button(text, onclick, className = 'button small') {
  return make('button', { type: 'button', textContent: text, className, onclick });
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = make('textarea', { value: text, className: 'sr' });
    document.body.append(box);
    box.select();
    document.execCommand('copy');
    box.remove();
  }
}

// Numbers and codes that somebody asked this browser to remember.
export const kept = {
  all: () => { try { return JSON.parse(localStorage.getItem('public:kept') ?? '[]'); } catch { return []; } },
  add: receipt => save([receipt, ...kept.all().filter(known => known.number !== receipt.number)].slice(0, 50)),
  drop: number => save(kept.all().filter(known => known.number !== number)),
};
const save = receipts => { try { localStorage.setItem('public:kept', JSON.stringify(receipts)); return true; } catch { return false; } };

/** While it works the button says so, and is pressed once. */
export async function busy(form, work) {
  const submit = form.querySelector('[type=submit]');
  const says = submit.textContent;
  submit.disabled = true;
  submit.textContent = submit.dataset.busy ?? says;
  try { await work(); } finally { submit.disabled = false; submit.textContent = says; }
}

const page = document.body.dataset.page;
if (page === 'report') import('/door/report.js');
else if (page !== 'notice') import('/door/follow.js');
