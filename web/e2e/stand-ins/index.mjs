// Serves the stand-ins for the players of other sites in place of their hosts.
import { readFileSync } from 'node:fs';

const source = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const HTML = 'text/html';
const SCRIPT = 'text/javascript';

/** The host of the PeerTube instance. */
const TUBE = 'https://tube.example';
const TUBE_VIDEO = '52a10666-3a18-4e73-93da-e8d3c12c305a';

/** For each provider: a link to a film, and which addresses it serves, with what. `player`: the script of its frame. */
export const PROVIDERS = {
  vimeo: {
    link: 'https://vimeo.com/76979871',
    serves: [{ at: 'https://player.vimeo.com/video/**', player: 'vimeo.js' }],
  },
  twitch: {
    link: 'https://www.twitch.tv/videos/335921245',
    serves: [{ at: 'https://player.twitch.tv/**', player: 'twitch.js' }],
  },
  dailymotion: {
    link: 'https://www.dailymotion.com/video/x84sh87',
    serves: [
      { at: 'https://geo.dailymotion.com/libs/player.js', script: 'dailymotion-sdk.js' },
      { at: 'https://geo.dailymotion.com/player.html**', player: 'dailymotion.js' },
    ],
  },
  peertube: {
    link: `${TUBE}/w/${TUBE_VIDEO}`,
    serves: [{ at: `${TUBE}/videos/embed/**`, player: 'peertube.js' }],
  },
  youtube: {
    link: 'https://youtu.be/aqz-KE-bpKQ',
    serves: [
      { at: 'https://www.youtube.com/iframe_api', script: '../youtube-stand-in.js' },
      { at: 'https://www.youtube.com/embed/**', player: null },
      { at: 'https://www.youtube-nocookie.com/embed/**', player: null },
    ],
  },
};

/**
 * Serves the stand-in of one provider in a browser context, which then knows its true position (`window.__standIn`).
 * @param quirks of this page's player beyond those of its provider
 */
export async function serveStandIn(context, name, quirks = {}) {
  const { serves } = PROVIDERS[name];
  for (const { at, script, player } of serves) {
    const body = script !== undefined ? source(script) : page(player, quirks);
    await context.route(at, (route) => route.fulfill({ contentType: script !== undefined ? SCRIPT : HTML, body }));
  }
  // YouTube's stand-in runs in the page itself.
  if (name !== 'youtube') await context.addInitScript({ content: source('truth.js') });
}

function page(player, quirks) {
  const scripts =
    player === null ? [] : [`window.name = ${JSON.stringify(JSON.stringify(quirks))};`, source('film.js'), source(player)];
  return `<!doctype html><title>stand-in</title>${scripts.map((text) => `<script>${text}</script>`).join('')}`;
}
