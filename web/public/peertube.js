/*
 * Frames the player of one PeerTube instance, which the address names, and passes messages between it and the page around.
 * The policy of this document allows that instance alone.
 */
(() => {
  const asked = new URLSearchParams(location.search);
  const id = asked.get('id') ?? '';
  let origin = '';
  try {
    origin = new URL(asked.get('origin') ?? '').origin;
  } catch {
    return;
  }
  // This site's own pages would not be confined by the frame below.
  if (origin === location.origin || !/^https?:/.test(origin)) return;
  if (!/^[A-Za-z0-9-]{1,64}$/.test(id) || window.parent === window) return;

  const frame = document.createElement('iframe');
  window.addEventListener('message', (event) => {
    if (event.source === frame.contentWindow && event.origin === origin) {
      window.parent.postMessage(event.data, location.origin);
    } else if (event.source === window.parent && event.origin === location.origin) {
      frame.contentWindow?.postMessage(event.data, origin);
    }
  });
  frame.title = 'PeerTube video';
  frame.allow = 'autoplay; encrypted-media';
  // Any host can be in a link: it may not lead the page away, open windows or ask for anything.
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  const settings = new URLSearchParams({
    api: '1',
    autoplay: '0',
    controls: '0',
    controlBar: '0',
    peertubeLink: '0',
    title: '0',
    warningTitle: '0',
    p2p: '0',
  });
  frame.src = `${origin}/videos/embed/${id}?${settings}`;
  document.body.append(frame);
})();
