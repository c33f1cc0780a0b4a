// Shows what the push service brings, also while no page of the portal is open. The same notice twice is shown once: it has one tag.
addEventListener('push', event => {
  const notice = event.data?.json();
  if (!notice) return;
  event.waitUntil(registration.showNotification(notice.title, {
    body: notice.text, tag: notice.id, data: notice.link, requireInteraction: notice.emergency, lang: 'zh-CN', icon: '/favicon.svg',
  }));
});

addEventListener('notificationclick', event => {
  event.notification.close();
  const link = new URL(event.notification.data, location.origin);
  const target = link.origin === location.origin ? link.href : location.origin;
  event.waitUntil((async () => {
    const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
    const page = pages.find(one => new URL(one.url).origin === location.origin);
    if (!page) return clients.openWindow(target);
    await page.focus();
    return page.navigate(target).catch(() => clients.openWindow(target));
  })());
});

addEventListener('activate', event => event.waitUntil(clients.claim()));
