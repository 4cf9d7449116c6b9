// Puts the lab's instruments into one script for the page.
import { installClock } from './clock.mjs';
import { installHooks } from './hooks.mjs';
import { installSampler } from './sampler.mjs';

export function initScript(clock) {
  return `(() => {
    if (window !== window.top || !location.protocol.startsWith('http')) return;
    const lab = { clock: ${JSON.stringify(clock)}, samples: [], frames: [], seeks: [], tones: [], packets: [], lastPress: null };
    Object.defineProperty(window, '__lab', { value: lab });
    (${installClock})(lab);
    (${installHooks})(lab);
    (${installSampler})(lab);
  })();`;
}
