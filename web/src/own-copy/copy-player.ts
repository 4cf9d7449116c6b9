/** Player of a viewer's own file. It counts in the positions of the room's film, from which its copy may be shifted. */
import { ElementPlayer } from '../media/element-player';
import type { MediaProblem, PlayerEvents } from '../media/player';
import { missingPart } from '../media/missing-part';
import type { PlayerReading, TimeSpan } from '../playback/controller-types';
import { isAudioFile } from './examine-film';

export interface CopyOfFilm {
  file: File;
  /** Returns the length of the room's film, s; null while it is not known. */
  filmLength(): number | null;
  /** Returns how many seconds later than in the room's film each scene is in the copy. */
  offset(): number;
  /** The file cannot be read any more, or what is in it cannot be played. */
  onFailed(): Promise<MediaProblem | null>;
}

/** A copy that ends by less than this before the film ends with it, s. */
const END_S = 2;

export class CopyPlayer extends ElementPlayer {
  readonly kind = 'local';

  constructor(
    video: HTMLVideoElement,
    events: PlayerEvents,
    private readonly url: string,
    private readonly copy: CopyOfFilm,
  ) {
    super(video, video, events, url);
  }

  /** 0 while it is not known; the copy's own length is not that of the film. */
  get filmLength(): number {
    return this.copy.filmLength() ?? 0;
  }

  override measure(): PlayerReading {
    const reading = super.measure();
    const offset = this.copy.offset();
    const position = reading.position - offset;
    return {
      ...reading,
      position,
      duration: Math.max(0, reading.duration - offset),
      seekable: reading.seekable?.map(({ start, end }): TimeSpan => ({ start: start - offset, end: end - offset })) ?? null,
      // A shorter copy does not end the film for the room.
      ended: reading.ended && this.filmLength > 0 && position >= this.filmLength - END_S,
    };
  }

  override seek(to: number): void {
    super.seek(Math.max(0, to + this.copy.offset()));
  }

  override bufferedTo(): number {
    return Math.max(0, super.bufferedTo() - this.copy.offset());
  }

  override destroy(): void {
    super.destroy();
    URL.revokeObjectURL(this.url);
  }

  protected override async failed(): Promise<void> {
    const problem = await this.copy.onFailed();
    if (problem !== null && !this.destroyed.aborted) this.events.onProblem(problem);
  }
}

export function openCopy(copy: CopyOfFilm, mount: HTMLElement, events: PlayerEvents): CopyPlayer {
  const video = document.createElement('video');
  video.preload = 'auto';
  video.playsInline = true;
  const url = URL.createObjectURL(copy.file);
  const player = new CopyPlayer(video, events, url, copy);
  if (!isAudioFile(copy.file)) player.missing = () => missingPart(video);
  video.src = url;
  mount.append(video);
  return player;
}
