/** Opens a DASH film. */
import 'dash-video-element';
import { DashTracks } from './dash-tracks';
import { ElementPlayer } from './element-player';
import { streamProblem } from './media-problems';
import type { Player, PlayerEvents } from './player';
import { appendStreamElement } from './stream-element';
import { dashProgramme } from './stream-programme';
import { dashEdge, onDashEngine, refreshUntilStarted } from './stream-settings';
import type { MediaTracks } from './tracks';

export function openDash(url: string, mount: HTMLElement, events: PlayerEvents): Player {
  const element = appendStreamElement('dash-video', mount);
  const player = new ElementPlayer(element, element.nativeEl, events, url, true);
  // The library makes its engine after its own code has loaded.
  const tracks = new Promise<MediaTracks>((resolve) =>
    onDashEngine(element, (engine) => {
      resolve(new DashTracks(engine, element.nativeEl));
      player.liveEdge = () => dashEdge(engine);
      player.programme = dashProgramme(engine);
      refreshUntilStarted(engine, element.nativeEl, () => element.isConnected);
      // Codes of dash.js for a manifest that cannot be fetched.
      engine.on('error', ({ error }) => {
        if (error?.code === 11 || error?.code === 25) events.onProblem(streamProblem(error.data?.response?.status));
      });
    }),
  );
  player.openTracks = () => tracks;
  element.setAttribute('src', url);
  return player;
}
