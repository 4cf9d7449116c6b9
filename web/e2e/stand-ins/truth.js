/*
 * Follows the film of a stand-in in the page of the test, and knows its true position at any time. Runs before the page's
 * own scripts.
 */
(() => {
  if (window !== window.top) return;
  let film = null;
  window.addEventListener(
    'message',
    (event) => {
      if (event.data?.standIn === undefined) return;
      // The page must not see what no real player sends.
      event.stopImmediatePropagation();
      film = event.data.standIn;
    },
    true,
  );
  window.__standIn = {
    /** @param at by the machine's clock: `performance.timeOrigin + performance.now()` */
    truth(at = performance.timeOrigin + performance.now()) {
      if (film === null) return undefined;
      const run = film.moving ? ((at - film.at) / 1000) * film.rate * film.pace : 0;
      return { ...film, position: film.position + run };
    },
  };
})();
