/** Formats times, rates and lists of names. */

/** 75.4 → "1:15", 3675 → "1:01:15". */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const h = Math.floor(whole / 3600);
  const m = Math.floor((whole % 3600) / 60);
  const s = String(whole % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** "1 minute 15 seconds", for screen readers. */
export function spokenTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const parts = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor((whole % 3600) / 60), 'minute'],
    [whole % 60, 'second'],
  ] as const;
  const said = parts
    .filter(([n], i) => n > 0 || (i === 2 && whole === 0))
    .map(([n, unit]) => `${n} ${unit}${n === 1 ? '' : 's'}`);
  return said.join(' ');
}

const hourMinute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** Formats an ISO time as local hours and minutes. */
export function timeOfDay(iso: string): string {
  return formatDate(hourMinute, new Date(iso));
}

/** Returns '' for a date that does not exist, because a formatter throws for it. */
function formatDate(format: Intl.DateTimeFormat, date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : format.format(date);
}

/** Formats a server time (ms) as local hours and minutes. */
export function timeOfMoment(ms: number): string {
  return formatDate(hourMinute, new Date(ms));
}

const dayAndTime = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** Formats a server time (ms) as local date, hours and minutes. */
export function dateOfMoment(ms: number): string {
  return formatDate(dayAndTime, new Date(ms));
}

/** "Ana", "Ana and Ben", "Ana, Ben and Cem". */
export function listNames(names: string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** 1.25 → "1.25×". */
export function rateText(rate: number): string {
  return `${Math.round(rate * 100) / 100}×`;
}
