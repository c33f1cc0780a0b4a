// Number and code: shown once, remembered if somebody wants that, and used again. Additions are sent from here with their photos.
import { button, busy, copy, kept, make } from '/door/door.js';
import { photoField } from '/door/photos.js';

const receipt = document.querySelector('[data-receipt]');
if (receipt) {
  const { number, code, title } = receipt.dataset;
  document.querySelectorAll('[data-receipt-tools]').forEach(tools => { tools.hidden = false; });
  document.querySelector('[data-copy]').onclick = async ({ target }) => { await copy(receipt.innerText); target.textContent = target.dataset.copied; };
  const keep = document.querySelector('[data-keep]');
  keep.onclick = () => { if (kept.add({ number, code, title })) { keep.textContent = keep.dataset.kept; keep.disabled = true; } };
}

const shelf = document.querySelector('[data-kept]:not(button)');
if (shelf) {
  const form = document.querySelector('[data-follow]');
  const show = () => {
    shelf.hidden = kept.all().length === 0;
    shelf.querySelector('[data-kept-list]').replaceChildren(...kept.all().map(({ number, code, title }) => {
      const forget = button('×', () => { kept.drop(number); show(); }, 'forget');
      forget.ariaLabel = shelf.dataset.forget.replace('{0}', number);
      const open = button(title, () => { form.elements.number.value = number; form.elements.code.value = code; form.requestSubmit(); }, 'open');
      open.append(make('span', { textContent: number }));
      return make('li', {}, open, forget);
    }));
  };
  show();
}

document.querySelector('[data-leave]')?.addEventListener('submit', () => {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('public:')) sessionStorage.removeItem(key);
});

const facts = document.querySelector('[data-facts]');
if (facts) {
  const draft = `public:facts:${facts.dataset.facts}`;
  const field = photoField(facts);
  const { text, key } = facts.elements;
  text.value ||= sessionStorage.getItem(draft) ?? '';
  text.addEventListener('input', () => sessionStorage.setItem(draft, text.value));

  const later = facts.querySelector('[data-later]');
  const laterSays = later.textContent;
  facts.addEventListener('submit', event => {
    event.preventDefault();
    later.hidden = true;
    busy(facts, async () => {
      try {
        const { refusals } = await self.publicDoor.post('/public/facts', { text: text.value, key: key.value }, field.photos);
        if (!refusals) { sessionStorage.removeItem(draft); location.replace('/public/follow'); return; }
        later.textContent = refusals.map(refusal => refusal.text).join(' ');
      } catch (problem) {
        later.textContent = problem.said ?? laterSays;
      }
      later.hidden = false;
    });
  });
}
