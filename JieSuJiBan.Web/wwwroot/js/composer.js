// Writing in the room. The draft and everything not yet acknowledged lie in this browser: a cut, a sleeping phone, a reload or a
// restarted server loses no word, and the key of each message lets it be sent again without being said twice.
import { upload } from './upload.js';

const composers = new WeakMap();

export function attach(root, self) { composers.set(root, new Composer(root, self)); }
export function detach(root) { composers.get(root)?.detach(); composers.delete(root); }

const read = (key, otherwise) => { try { return JSON.parse(portal.storage.getItem(key)) ?? otherwise; } catch { return otherwise; } };

class Composer {
  constructor(root, self) {
    Object.assign(this, { root, self, busy: false });
    const { user, room } = root.dataset;
    this.draftKey = `talk:${user}:${room}`;
    this.outboxKey = `outbox:${user}:${room}`;
    this.text = root.querySelector('[data-text]');
    this.list = root.querySelector('[data-list]');
    this.menu = root.querySelector('[data-mentions]');
    this.outboxList = root.closest('.room').querySelector('[data-outbox]');

    const draft = read(this.draftKey, { text: '', files: [] });
    this.text.value = draft.text;
    this.files = draft.files;
    this.outbox = read(this.outboxKey, []);
    this.grow();
    this.showFiles();
    this.showOutbox();

    this.off = new AbortController();
    const on = (target, name, handler) => target.addEventListener(name, handler, { signal: this.off.signal });
    on(this.text, 'input', () => { this.keep(); this.grow(); this.suggest(); });
    on(this.text, 'keydown', event => this.key(event));
    on(this.text, 'blur', () => setTimeout(() => this.menu.hidden = true, 150));
    on(this.text, 'paste', event => { const files = [...event.clipboardData.files]; if (files.length) { event.preventDefault(); this.add(files); } });
    on(root.querySelector('[data-send]'), 'click', () => this.send());
    const input = root.querySelector('[data-files]');
    on(input, 'change', () => { this.add([...input.files]); input.value = ''; });
    const room_ = root.closest('.room-talk');
    on(room_, 'dragover', event => { event.preventDefault(); root.classList.add('drop'); });
    on(room_, 'dragleave', () => root.classList.remove('drop'));
    on(room_, 'drop', event => { event.preventDefault(); root.classList.remove('drop'); this.add([...event.dataTransfer.files]); });
    on(window, 'portal:back', () => this.flush());
    root.dataset.composerReady = '1';
    this.flush();
  }

  detach() { this.off.abort(); }

  keep() { portal.storage.setItem(this.draftKey, JSON.stringify({ text: this.text.value, files: this.files })); }

  grow() { this.text.style.height = 'auto'; this.text.style.height = `${this.text.scrollHeight + 2}px`; }

  // Enter sends and Shift+Enter breaks the line, except while an input method is still composing a word.
  key(event) {
    if (!this.menu.hidden && ['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'].includes(event.key)) return this.menuKey(event);
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229 && matchMedia('(pointer: fine)').matches) { event.preventDefault(); this.send(); }
  }

  send() {
    const text = this.text.value.trim();
    if (!text && !this.files.length) return;
    if (text.length > Number(this.root.dataset.max)) { this.text.setCustomValidity(this.root.dataset.long); this.text.reportValidity(); this.text.setCustomValidity(''); return; }
    this.outbox.push({ key: portal.newId(), text, files: this.files });
    this.saveOutbox();
    this.text.value = '';
    this.files = [];
    this.keep();
    this.grow();
    this.showFiles();
    this.showOutbox();
    this.flush();
    this.text.focus();
  }

  // One after the other, in the order they were written. What gets no answer stays and is sent again when the line is back; an
  // answer that was on its way when the line broke never comes.
  async flush() {
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    try {
      for (let next; (next = this.outbox.find(message => !message.why)) && !this.off.signal.aborted;) {
        let answer;
        try { answer = await this.orLost(this.self.invokeMethodAsync('SendAsync', next.key, next.text, next.files.map(file => file.id))); }
        catch { this.later(); return; }
        if (answer.done) this.outbox = this.outbox.filter(message => message !== next);
        else next.why = answer.why;
        this.saveOutbox();
        this.showOutbox();
      }
    } finally {
      this.busy = false;
      if (this.again) { this.again = false; this.flush(); }
    }
  }

  // A failure that is not the line's: asked again after a pause, until it is said or the page is left.
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), 5000);
    this.off.signal.addEventListener('abort', () => clearTimeout(this.timer), { once: true });
  }

  orLost(answer) {
    return new Promise((resolve, reject) => {
      addEventListener('portal:back', () => reject(new Error('lost')), { once: true });
      answer.then(resolve, reject);
    });
  }

  saveOutbox() { portal.storage.setItem(this.outboxKey, JSON.stringify(this.outbox)); }

  showOutbox() {
    const { sending, failed, back } = this.root.dataset;
    this.outboxList.replaceChildren(...this.outbox.map(message => {
      const item = document.createElement('li');
      item.className = `msg own ${message.why ? 'failed' : 'pending'}`;
      item.dataset.pending = message.key;
      const by = Object.assign(document.createElement('p'), { className: 'msg-by', textContent: message.why ? `${failed}：${message.why}` : sending });
      const text = Object.assign(document.createElement('p'), { className: 'msg-text long', textContent: [message.text, ...message.files.map(file => file.name)].filter(Boolean).join('\n') });
      item.append(by, text);
      if (message.why) {
        const take = Object.assign(document.createElement('button'), { type: 'button', className: 'button small', textContent: back });
        take.onclick = () => this.takeBack(message);
        item.append(take);
      }
      return item;
    }));
  }

  takeBack(message) {
    this.outbox = this.outbox.filter(other => other !== message);
    this.saveOutbox();
    this.text.value = [this.text.value, message.text].filter(Boolean).join('\n');
    this.files = [...this.files, ...message.files];
    this.keep();
    this.grow();
    this.showFiles();
    this.showOutbox();
    this.text.focus();
  }

  async add(files) {
    for (const file of files) {
      const item = Object.assign(document.createElement('li'), { textContent: `${file.name} …` });
      this.list.append(item);
      try {
        const saved = await upload(file);
        this.files = [...this.files, { id: saved.id, name: saved.name }];
        this.keep();
        this.showFiles();
      } catch (problem) {
        item.className = 'wrong';
        item.textContent = `${file.name}：${problem.message}`;
      }
    }
  }

  showFiles() {
    this.list.replaceChildren(...this.files.map(file => {
      const item = Object.assign(document.createElement('li'), { textContent: file.name });
      const remove = Object.assign(document.createElement('button'), { type: 'button', textContent: '×', ariaLabel: `× ${file.name}` });
      remove.onclick = () => { this.files = this.files.filter(other => other !== file); this.keep(); this.showFiles(); };
      item.append(remove);
      return item;
    }));
  }

  // ---- @unit

  suggest() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    const started = before.match(/@([^@\s]{0,12})$/);
    const units = started ? this.root.dataset.units.split('|').filter(unit => unit.includes(started[1])) : [];
    this.menu.hidden = units.length === 0;
    this.menu.replaceChildren(...units.map((unit, at) => {
      const item = Object.assign(document.createElement('li'), { textContent: unit });
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', at === 0);
      item.onmousedown = event => { event.preventDefault(); this.mention(unit); };
      return item;
    }));
  }

  menuKey(event) {
    event.preventDefault();
    const items = [...this.menu.children];
    const at = items.findIndex(item => item.ariaSelected === 'true');
    if (event.key === 'Escape') this.menu.hidden = true;
    else if (event.key === 'Enter' || event.key === 'Tab') this.mention(items[at].textContent);
    else items.forEach((item, n) => item.setAttribute('aria-selected', n === (at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length));
  }

  mention(unit) {
    const end = this.text.selectionStart;
    const start = this.text.value.slice(0, end).lastIndexOf('@');
    this.text.setRangeText(`@${unit} `, start, end, 'end');
    this.menu.hidden = true;
    this.keep();
    this.text.focus();
  }
}
