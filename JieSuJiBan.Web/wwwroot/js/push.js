// Web Push for officers: this browser subscribes where one asks for it, and whoever signs out takes his subscription with him.
const worker = '/notice-worker.js';

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));

export async function subscribe(part) {
  const status = part.querySelector('[data-push-status]');
  const say = what => status.textContent = status.dataset[what];
  status.textContent = '';
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return say('failed');
  if (await Notification.requestPermission() !== 'granted') return say('denied');
  try {
    const registration = await navigator.serviceWorker.register(part.dataset.worker, { scope: '/' });
    await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(part.dataset.push) });
    const answer = await fetch('/account/push', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Antiforgery': document.querySelector('meta[name=antiforgery]').content },
      body: JSON.stringify(subscription),
    });
    say(answer.ok ? 'done' : 'failed');
  } catch { say('failed'); }
}

export async function forget() {
  const registration = await navigator.serviceWorker?.getRegistration('/');
  if (!registration?.active?.scriptURL.endsWith(worker)) return;
  await (await registration.pushManager.getSubscription())?.unsubscribe();
}
