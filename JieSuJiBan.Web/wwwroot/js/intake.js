// A table is brought: dropped or chosen, sent with its progress in sight, and looked at on its own page.
export function attach(drop) {
  const input = drop.querySelector('input[type=file]');
  const told = drop.querySelector('.told');
  const sending = drop.querySelector('.sending');
  const bar = sending.querySelector('progress');
  const say = (text, wrong = false) => { told.textContent = text; told.classList.toggle('wrong', wrong); };

  drop.addEventListener('dragover', event => { event.preventDefault(); drop.classList.add('over'); });
  drop.addEventListener('dragleave', event => { if (!drop.contains(event.relatedTarget)) drop.classList.remove('over'); });
  drop.addEventListener('drop', event => { event.preventDefault(); drop.classList.remove('over'); take([...event.dataTransfer.files]); });
  input.addEventListener('change', chosen);
  drop.dataset.ready = 'yes';
  chosen();  // who was faster than this script

  function chosen() {
    take([...input.files]);
    input.value = '';
  }

  function take(files) {
    if (!files.length || input.disabled) return;
    if (files.length > 1) return say(drop.dataset.many, true);
    if (files[0].size > Number(drop.dataset.most)) return say(drop.dataset.large, true);
    send(files[0]);
  }

  function send(file) {
    input.disabled = true;
    sending.hidden = false;
    bar.value = 0;
    say(`${drop.dataset.sending} ${file.name}`);
    const request = new XMLHttpRequest();
    request.upload.onprogress = event => {
      if (!event.lengthComputable) return;
      bar.value = 100 * event.loaded / event.total;
      if (event.loaded === event.total) { bar.removeAttribute('value'); say(drop.dataset.reading); }
    };
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status === 200) return Blazor.navigateTo(`/imports/${answer.id}`);
      over((document.documentElement.lang === 'en' ? answer.english : answer.detail) ?? drop.dataset.failed, file);
    };
    request.onerror = () => over(drop.dataset.failed, file);
    request.open('POST', 'imports/files');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    request.setRequestHeader('X-Antiforgery', document.querySelector('meta[name=antiforgery]').content);
    request.send(file);
  }

  function over(why, file) {
    input.disabled = false;
    sending.hidden = true;
    say(`${file.name}：${why}`, true);
  }
}

const parse = text => { try { return JSON.parse(text); } catch { return {}; } };
