export const SEED: number;
export const COUNT: number;
export const FILE: string;
export function cases(seed?: number, count?: number): [string, string | null][];
export function toText(list: [string, string | null][]): string;
export function siteLinks(seed?: number, count?: number): string[];
