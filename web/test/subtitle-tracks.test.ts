// @vitest-environment happy-dom
/** The tracks that a film brings along, behind one interface, and their cues. */
import { describe, expect, test, vi } from 'vitest';
import { DashTracks } from '../src/media/dash-tracks';
import type { HlsEngine } from '../src/media/hls-engine';
import { HlsTracks } from '../src/media/hls-tracks';
import { NativeTracks } from '../src/media/native-tracks';
import type { DashEngine, DashTrack } from '../src/media/stream-settings';
import { CUES_MAX } from '../src/subtitles/cue';
import { type EmbeddedCue, EmbeddedCues } from '../src/subtitles/embedded-cues';
import { textOf } from './support/subtitle-files';

const cue = (startTime: number, endTime: number, text: string, more: object = {}): VTTCue =>
  ({ startTime, endTime, text, line: 'auto', snapToLines: true, align: 'center', ...more }) as unknown as VTTCue;

class Emitter {
  private readonly runs = new Map<string, ((event: string, data: never) => void)[]>();
  on = (name: string, run: (event: string, data: never) => void) => {
    this.runs.set(name, [...(this.runs.get(name) ?? []), run]);
  };
  emit(name: string, data: unknown = {}): void {
    for (const run of this.runs.get(name) ?? []) run(name, data as never);
  }
}

describe('HLS', () => {
  const english = { name: 'English', lang: 'en' };
  const german = { name: 'Deutsch', lang: 'de' };

  function engine() {
    const emitter = new Emitter();
    const state = { subtitleTracks: [english, german], subtitleTrack: -1, audioTracks: [english, german], audioTrack: 0 };
    return Object.assign(emitter, state) as unknown as HlsEngine & Emitter & typeof state;
  }

  test('offers tracks, loads the selected one, and keeps its cues without repetitions', () => {
    const hls = engine();
    const tracks = new HlsTracks(hls);
    expect(tracks.text).toEqual([
      { id: 'en English', label: 'English', language: 'en' },
      { id: 'de Deutsch', label: 'Deutsch', language: 'de' },
    ]);
    tracks.selectText('de Deutsch');
    expect(hls.subtitleTrack).toBe(1);
    hls.emit('hlsCuesParsed', { cues: [cue(1, 2, 'eins'), cue(2, 3, 'zwei')], track: 'subtitles1', subtitleTrack: german });
    hls.emit('hlsCuesParsed', { cues: [cue(2, 3, 'zwei'), cue(3, 4, 'drei')], track: 'subtitles1', subtitleTrack: german });
    hls.emit('hlsCuesParsed', { cues: [cue(1, 2, 'one')], track: 'subtitles0', subtitleTrack: english });
    expect([...tracks.cues()].map(({ text }) => text)).toEqual(['eins', 'zwei', 'drei']);
    tracks.selectText(null);
    expect([hls.subtitleTrack, [...tracks.cues()]]).toEqual([-1, []]);
  });

  test('the selection survives a change of quality with another order of tracks, and nothing is chosen by the library', () => {
    const hls = engine();
    const tracks = new HlsTracks(hls);
    const changed = vi.fn();
    tracks.listen(changed);
    hls.subtitleTrack = 0;
    hls.emit('hlsSubtitleTracksUpdated');
    expect(hls.subtitleTrack).toBe(-1);
    tracks.selectText('de Deutsch');
    hls.subtitleTracks = [german, english];
    hls.emit('hlsSubtitleTracksUpdated');
    expect([hls.subtitleTrack, changed.mock.calls.length]).toEqual([0, 2]);
  });

  test('captions inside the stream are a track of their own', () => {
    const hls = engine();
    const tracks = new HlsTracks(hls);
    hls.emit('hlsNonNativeTextTracksFound', { tracks: [{ label: 'English', subtitleTrack: english }] });
    hls.emit('hlsNonNativeTextTracksFound', { tracks: [{ _id: 'textTrack1', label: 'CC', closedCaptions: { lang: 'en' } }] });
    expect(tracks.text.map(({ label }) => label)).toEqual(['English', 'Deutsch', 'CC']);
    tracks.selectText('in textTrack1');
    hls.emit('hlsCuesParsed', { cues: [cue(1, 2, 'spoken')], track: 'textTrack1' });
    expect([...tracks.cues()].map(({ text }) => text)).toEqual(['spoken']);
  });

  test('audio', () => {
    const hls = engine();
    const tracks = new HlsTracks(hls);
    expect([tracks.audio.map(({ label }) => label), tracks.audioId]).toEqual([['English', 'Deutsch'], '0']);
    tracks.selectAudio('1');
    expect([hls.audioTrack, tracks.audioId]).toEqual([1, '1']);
  });

  test('a broadcast keeps no more cues than a file may have', () => {
    const hls = engine();
    const tracks = new HlsTracks(hls);
    tracks.selectText('en English');
    const cues = Array.from({ length: CUES_MAX + 5 }, (_, i) => cue(i, i + 1, `${i}`));
    hls.emit('hlsCuesParsed', { cues, track: 'subtitles0', subtitleTrack: english });
    const kept = [...tracks.cues()];
    expect([kept.length, kept[0]!.text]).toEqual([CUES_MAX, '5']);
  });
});

describe('DASH', () => {
  function engine(tracks: Partial<Record<'text' | 'audio', DashTrack[]>> | null) {
    const emitter = new Emitter();
    const calls = { text: [] as number[], audio: [] as DashTrack[] };
    const api = {
      calls,
      getTracksFor: (type: 'text' | 'audio') => {
        if (tracks === null) throw new Error('not initialised');
        return tracks[type] ?? [];
      },
      getCurrentTrackFor: (type: 'text' | 'audio') => calls.audio.at(-1) ?? tracks?.[type]?.[0],
      setCurrentTrack: (track: DashTrack) => calls.audio.push(track),
      setTextTrack: (index: number) => calls.text.push(index),
    };
    return Object.assign(emitter, api) as unknown as DashEngine & Emitter & typeof api;
  }
  const list = [
    { index: 1, lang: 'en', labels: [{ text: 'English' }] },
    { index: 2, lang: 'fr' },
  ];
  const media = (...tracks: object[]) => ({ textTracks: tracks }) as unknown as HTMLMediaElement;

  test('has no tracks before the manifest is read', () => {
    const tracks = new DashTracks(engine(null), media());
    tracks.selectText(null);
    expect([tracks.text, tracks.audio, tracks.audioId]).toEqual([[], [], null]);
  });

  test('hides what the library shows, and reads the cues of the selected track', () => {
    const first = { kind: 'subtitles', mode: 'showing', cues: [cue(1, 2, 'one')] };
    const second = { kind: 'subtitles', mode: 'showing', cues: [cue(1, 2, 'un')] };
    const dash = engine({ text: list });
    const tracks = new DashTracks(dash, media({ kind: 'metadata' }, first, second));
    dash.emit('allTextTracksAdded');
    expect([first.mode, second.mode, dash.calls.text, [...tracks.cues()]]).toEqual(['hidden', 'hidden', [-1], []]);
    tracks.selectText('1');
    expect([dash.calls.text, [...tracks.cues()].map(({ text }) => text)]).toEqual([[-1, 1], ['un']]);
    expect(tracks.text).toEqual([
      { id: '0', label: 'English', language: 'en' },
      { id: '1', label: '', language: 'fr' },
    ]);
  });

  test('audio', () => {
    const dash = engine({ audio: list });
    const tracks = new DashTracks(dash, media());
    const changed = vi.fn();
    tracks.listen(changed);
    expect(tracks.audioId).toBe('0');
    tracks.selectAudio('1');
    expect([dash.calls.audio, tracks.audioId]).toEqual([[list[1]], '1']);
    dash.emit('trackChangeRendered');
    expect(changed).toHaveBeenCalledOnce();
    tracks.close();
    dash.emit('trackChangeRendered');
    expect(changed).toHaveBeenCalledOnce();
  });
});

describe('the browser’s own tracks', () => {
  const list = <T extends object>(...tracks: T[]) =>
    Object.assign(new EventTarget(), { length: tracks.length }, tracks) as EventTarget & { length: number; [at: number]: T };

  test('a selected track loads its cues and is not drawn by the browser', () => {
    const metadata = { kind: 'metadata', mode: 'hidden' };
    const one = { kind: 'subtitles', label: 'English', language: 'en', mode: 'disabled', cues: [cue(1, 2, 'one')] };
    const two = { kind: 'captions', label: '', language: 'fr', mode: 'showing', cues: null };
    const textTracks = list(metadata, one, two);
    const tracks = new NativeTracks(textTracks as unknown as TextTrackList, null);
    const changed = vi.fn();
    tracks.listen(changed);
    textTracks.dispatchEvent(new Event('addtrack'));
    expect(changed).toHaveBeenCalledOnce();
    expect(tracks.text.map(({ language }) => language)).toEqual(['en', 'fr']);
    tracks.selectText('0');
    expect([metadata.mode, one.mode, two.mode]).toEqual(['hidden', 'hidden', 'disabled']);
    expect([...tracks.cues()].map(({ text }) => text)).toEqual(['one']);
    tracks.selectText(null);
    expect([one.mode, [...tracks.cues()], tracks.audio, tracks.audioId]).toEqual(['disabled', [], [], null]);
    tracks.close();
    textTracks.dispatchEvent(new Event('addtrack'));
    expect(changed).toHaveBeenCalledOnce();
  });

  test('a player that draws its tracks shows the selected one', () => {
    const one = { kind: 'subtitles', label: 'English', language: 'en', mode: 'disabled', cues: null };
    const tracks = new NativeTracks(list(one) as unknown as TextTrackList, null, true);
    tracks.selectText('0');
    expect([tracks.drawsText, one.mode]).toEqual([true, 'showing']);
  });

  test('audio', () => {
    const audio = list({ label: 'A', language: 'en', enabled: true }, { label: 'B', language: 'fr', enabled: false });
    const tracks = new NativeTracks(list() as unknown as TextTrackList, audio);
    expect(tracks.audioId).toBe('0');
    tracks.selectAudio('1');
    expect([tracks.audioId, audio[0]?.enabled]).toEqual(['1', false]);
  });
});

describe('cues of a film', () => {
  const shown = (cues: EmbeddedCue[], at: number) => new EmbeddedCues().activeAt(cues, at);

  test('those of the moment, in order', () => {
    const cues = [cue(5, 9, 'later'), cue(1, 8, 'first'), cue(8, 9, 'no'), cue(1, 5, 'ended')];
    expect(shown(cues, 6).map(textOf)).toEqual(['first', 'later']);
  });

  test('markup is read as in files, and the same cue stays the same', () => {
    const raw = cue(1, 2, '<i>hi</i><script>x</script>', { line: 0, align: 'start' });
    const reader = new EmbeddedCues();
    const [read] = reader.activeAt([raw], 1);
    expect(read).toMatchObject({ place: 'top', align: 'start', lines: [[{ text: 'hi', italic: true }, { text: 'x' }]] });
    expect(reader.activeAt([raw], 1.5)[0]).toBe(read);
  });

  test('a line in percent, an endless cue, and a cue without text', () => {
    expect(shown([cue(1, Infinity, 'on', { line: 10, snapToLines: false })], 1e9)[0]).toMatchObject({ place: 'top' });
    expect(shown([cue(1, 2, '<b></b>')], 1)).toEqual([]);
  });

  test('the text of TTML is plain', () => {
    const p = { kind: 'p', contents: [{ kind: 'span', text: 'a <b> & c' }, { kind: 'br' }, { kind: 'span', text: 'd' }] };
    const isd = { contents: [{ kind: 'region', contents: [{ kind: 'body', contents: [{ kind: 'div', contents: [p] }] }] }] };
    expect(shown([cue(1, 2, '', { isd })], 1).map(textOf)).toEqual(['a <b> & c\nd']);
  });

  test('a document that contains itself ends', () => {
    const loop: { kind: string; contents: object[] } = { kind: 'p', contents: [] };
    loop.contents.push(loop);
    expect(shown([cue(1, 2, '', { isd: loop })], 1)).toEqual([]);
  });
});
