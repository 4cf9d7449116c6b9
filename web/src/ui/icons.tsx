/** Line icons on a grid of 24. Decorative: the control that contains one has the name. */
const PATHS = {
  play: 'M7 4.5v15l12.5-7.5z',
  pause: 'M8 5v14M16 5v14',
  replay: 'M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4 4v4.5h4.5',
  back: 'M11 7 5.5 12 11 17M18.5 7 13 12l5.5 5',
  ahead: 'm13 7 5.5 5-5.5 5M5.5 7l5.5 5-5.5 5',
  volume: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11',
  muted: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5',
  captions: 'M3.5 5.5h17v13h-17zM10.5 10.6a2.2 2.2 0 1 0 0 2.8M17 10.6a2.2 2.2 0 1 0 0 2.8',
  pip: 'M3.5 5.5h17v13h-17zM12 12h6v4.5h-6z',
  full: 'M4 9V4.5h4.5M20 9V4.5h-4.5M4 15v4.5h4.5M20 15v4.5h-4.5',
  unfull: 'M8.5 4.5V9H4M15.5 4.5V9H20M8.5 19.5V15H4M15.5 19.5V15H20',
  panel: 'M3.5 5h17v14h-17zM15 5v14',
  people:
    'M9 11.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M3 19c.4-3.2 2.8-5 6-5s5.6 1.8 6 5M15.5 5.4a3 3 0 0 1 0 5.8M17.5 14.4c2 .7 3.2 2.3 3.5 4.6',
  link: 'M10 14.5a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 9.5a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  share: 'M12 15V4M8 7.5 12 3.5l4 4M5 12v8h14v-8',
  queue: 'M3.5 6.5h11M3.5 12h11M3.5 17.5h7M16 12.5v7l5-3.5z',
  film: 'M3.5 5h17v14h-17zM8 5v14M16 5v14M3.5 9.7H8M3.5 14.3H8M16 9.7h4.5M16 14.3h4.5',
  send: 'M4 12 20 4.5 15.5 20l-4-6.2zM11.5 13.8 20 4.5',
  chat: 'M4 5h16v11H11l-4.5 4v-4H4zM8 9h8M8 12h5',
  close: 'm6 6 12 12M18 6 6 18',
  leave: 'M14 4.5H5v15h9M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5',
  remote: 'M8 3.5h8v17H8zM12 7.2v.1M10.5 11.5h3M10.5 14.5h3',
  down: 'm6 9.5 6 6 6-6',
  keyboard: 'M2.5 6.5h19v11h-19zM6 10h.1M10 10h.1M14 10h.1M18 10h.1M7.5 14h9',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  door: 'M6 20.5V3.5h12v17M3.5 20.5h17M14.5 12v.1',
  settings: 'M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4',
  undo: 'M8 5 4 9l4 4M4 9h10.5a5 5 0 0 1 0 10H9',
  lock: 'M5.5 10.5h13v10h-13zM8 10.5V7.7a4 4 0 0 1 8 0v2.8',
  more: 'M5.5 12h.1M12 12h.1M18.5 12h.1',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7.5V12l3 2',
  crown: 'M4 18.5h16M4.5 15 3.5 6.5l5 4L12 5l3.5 5.5 5-4-1 8.5z',
  mic: 'M12 3.5a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0v-5a3 3 0 0 0-3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
  'mic-off':
    'M9 9v2.5a3 3 0 0 0 5 2.2M15 11V6.5a3 3 0 0 0-5.7-1.3M5.5 11.5a6.5 6.5 0 0 0 10.6 5M18.5 11.5a6.4 6.4 0 0 1-.6 2.7M12 18v3M4 4l16 16',
  silent: 'M4 5h16v11H11l-4.5 4v-4H4zM9.5 8l5 5M14.5 8l-5 5',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon that only one part of the page uses, by its path. */
export function Drawing({ path, filled = false }: { path: string; filled?: boolean }) {
  return (
    <svg class={filled ? 'icon icon-filled' : 'icon'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }) {
  return <Drawing path={PATHS[name]} filled={filled} />;
}
