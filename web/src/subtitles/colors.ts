/** Maps the colours of files to the few that the page shows. */
import { COLORS, type CueColor } from './cue';

const RGB: Record<CueColor, [number, number, number]> = {
  white: [255, 255, 255],
  yellow: [255, 255, 0],
  lime: [0, 255, 0],
  cyan: [0, 255, 255],
  red: [255, 0, 0],
  magenta: [255, 0, 255],
  blue: [0, 0, 255],
};
const OTHER_NAMES: Record<string, CueColor> = {
  green: 'lime',
  aqua: 'cyan',
  fuchsia: 'magenta',
  purple: 'magenta',
  pink: 'magenta',
  orange: 'yellow',
  gold: 'yellow',
};
/** Darker colours are not readable over a film, and keep the usual one. */
const BRIGHTEST_MIN = 96;

/** Returns the nearest colour to a name or a hexadecimal value; undefined for the usual colour. */
export function colorOf(text: string): CueColor | undefined {
  const name = text.trim().toLowerCase();
  const known = COLORS.find((color) => color === name) ?? (Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined);
  if (known !== undefined) return notWhite(known);
  const hex = /^#?([\da-f]{3}|[\da-f]{6})$/.exec(name)?.[1];
  if (hex === undefined) return undefined;
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
  return nearest([0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)));
}

/** Returns the nearest colour to a value of an ASS file, which is written as blue, green, red. */
export function colorOfBgr(hex: string): CueColor | undefined {
  return colorOf(hex.replace(/^(..)(..)(..)$/, '$3$2$1'));
}

function nearest(rgb: number[]): CueColor | undefined {
  const brightest = Math.max(...rgb);
  if (brightest < BRIGHTEST_MIN) return undefined;
  // Compared at full brightness, so that a dark yellow is a yellow.
  const full = rgb.map((part) => (part * 255) / brightest);
  const far = (color: CueColor) => RGB[color].reduce((sum, part, i) => sum + (part - full[i]!) ** 2, 0);
  return notWhite(COLORS.reduce((best, color) => (far(color) < far(best) ? color : best)));
}

function notWhite(color: CueColor): CueColor | undefined {
  return color === 'white' ? undefined : color;
}
