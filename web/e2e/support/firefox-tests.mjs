// What the browser tests do in Firefox: the tests of the Firefox suite, and those that Firefox cannot run, with the reasons.

/**
 * The tests that run in Firefox too, by their files: at least one for each capability that depends on the browser. The
 * whole suite runs there by `BROWSER_ENGINE=firefox npm run e2e`, which takes as long as in Chromium.
 */
export const FIREFOX_SUITE = {
  'accessibility': ['on a screen of 320 × 640 nothing overflows, and controls have names and sizes'],
  'bad-network': ['steady playback: no seeks, and an inaudible rate'],
  'browsers': ['in full screen, / opens a field over the picture, and typing does not control the film'],
  'chat': [
    'messages go both ways, once, and a new member reads them',
    'a mention is chosen by keyboard and counted apart; a spoiler is shown on demand',
    'CH5 200 messages are read back without a jump, and searched',
  ],
  'engines': [
    'a file plays in step in Firefox and Chromium, without an audible rate',
    'HLS plays in step in Firefox and Chromium, without an audible rate',
    'DASH plays in step in Firefox and Chromium, without an audible rate',
  ],
  'entry': ['EN4 a host lets one in and declines another, and a reload keeps the place at the door'],
  'library': ['LB2 LB4 folders, pages and a search lead to a film, which plays in step on two pages and after a reload'],
  'live': ['LS2 LS4 DASH: one moment for all, and a way back for a viewer on its own'],
  'outage': ['unavailable room: a banner is shown, the film plays on, and messages are sent afterwards'],
  'over-the-film': ['FX1 a reaction of one page floats on the other, until that viewer turns them off'],
  'own-copy': ['OC1 two viewers play their own copies in step, and a third without one holds up nobody'],
  'playback': [
    'two viewers play the sample film in sync, and pause, seek and play reach both',
  ],
  'players': ['HLS: loads its library, plays in sync, and offers captions', 'DASH: loads its library and plays in sync'],
  'queue': ['QU8 QU10 at the end of a film the next one plays on both pages, in step, without a click'],
  'rooms': [
    'a room is created, another member joins by the link, and both see each other',
    'a reload keeps seat, role and position of host and guest',
    'a late joiner reaches the position, playing or paused',
  ],
  'subtitles': [
    'a file of one’s own: cues come at the film’s time and go, after a seek, with a delay, and for oneself alone',
    'HLS: embedded subtitles and audio tracks are each viewer’s own choice',
  ],
  'voice-firefox': ['VO1 Firefox and Chromium hear each other, also after a refresh of Firefox'],
}; // prettier-ignore

const NO_TAPS = 'Firefox cannot imitate a touch screen: no taps, and no viewport of a phone';
const NO_SOCKETS = 'Firefox reports no websockets to the tests';
const NO_MOUSE = 'Firefox without a window has no pointer that hovers, so the tools of a message stay in its menu';

/** Why tests cannot run in Firefox, by their files and names. */
export const FIREFOX_CANNOT = {
  'base-path': { 'TR16 a room is created, joined and reloaded, and its film plays': NO_SOCKETS },
  'browsers': { 'without full screen, settable volume and kept pitch: window mode, in sync, with inaudible rates': NO_TAPS },
  'chat': {
    'a message written offline is sent after the reconnect': NO_SOCKETS,
    'CH6 a reply quotes, and leads to, what it answers; CH9 reactions are counted once for each': NO_MOUSE,
    'CH7 an edit and CH8 a deletion reach everybody, also in what quotes them': NO_MOUSE,
    'the chat is accessible at 1440 × 900, and can be used without a mouse': NO_MOUSE,
    'the chat is accessible at 390 × 844, and can be used without a mouse': NO_TAPS,
  },
  'library': {
    'OC6 a viewer plays an own file of the film in step, also after a reload, and goes back to that of the server': NO_SOCKETS,
  },
  'own-copy': { 'OC1 nothing of a file is sent but its fingerprint': NO_SOCKETS },
  'playback': {
    'a blocked start shows one button, which starts in sync':
      'Firefox refuses each start without a click just before (blocking policy 2), or after a reload shows no button (policy 0)',
  },
  'sync': { 'on a phone the panel is a sheet that fits': NO_TAPS },
}; // prettier-ignore

const count = (files) => Object.values(files).reduce((sum, tests) => sum + Object.keys(tests).length, 0);

/** Returns how many tests the Firefox suite has. */
export const firefoxSuiteSize = () => count(FIREFOX_SUITE);

/** Returns a line for each test that Firefox cannot run. */
export function firefoxLeftOut() {
  return Object.entries(FIREFOX_CANNOT).flatMap(([file, tests]) =>
    Object.entries(tests).map(([name, reason]) => `${file}: ${name}: ${reason}`),
  );
}
