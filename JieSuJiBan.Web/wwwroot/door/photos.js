// Photos on their way: drawn anew and smaller, so that neither where nor with what they were taken leaves the phone.
import { scaled } from '/js/upload.js';
import { make } from '/door/door.js';

const edge = 1600;

export function photoField(form, changed = () => { }) {
  const input = form.querySelector('[data-photos]');
  const list = form.querySelector('[data-photo-list]');
  const refusal = form.querySelector('[data-refusal=photos]');
  const most = +input.dataset.most;
  let photos = [];

  input.removeAttribute('name');  // they are sent from here
  input.classList.add('sr');
  form.querySelector('.pick').hidden = false;
  input.addEventListener('change', take);
  if (input.files.length) take();  // chosen on a slow phone before this script was there

  async function take() {
    const [files, problems] = [[...input.files], []];
    input.value = '';
    for (const file of files) {
      if (photos.length >= most) { problems.push(list.dataset.many); break; }
      const photo = await scaled(file, edge, true);
      if (photo) photos.push(photo); else problems.push(list.dataset.broken);
    }
    show();
    changed();
    refusal.hidden = problems.length === 0;
    refusal.textContent = [...new Set(problems)].join(' ');
  }

  function show() {
    list.querySelectorAll('img').forEach(image => URL.revokeObjectURL(image.src));
    list.replaceChildren(...photos.map((photo, at) => make('li', {},
      make('img', { src: URL.createObjectURL(photo), alt: '' }),
      make('button', { type: 'button', textContent: '×', ariaLabel: list.dataset.remove.replace('{0}', at + 1), onclick: () => { photos.splice(at, 1); show(); changed(); } }))));
  }

  return {
    get photos() { return [...photos]; },
    set photos(chosen) { photos = [...chosen]; show(); },
  };
}
