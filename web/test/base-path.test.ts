// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { readBasePath, siteAddress, sitePath, siteStorage } from '../src/net/base-path';
import { readRoute } from '../src/app/router';
import { checkRoomCode } from '../src/protocol/rules';

describe('TR16: a site below a path', () => {
  it('reads where it begins', () => {
    expect(readBasePath('/')).toBe('');
    expect(readBasePath('/party/')).toBe('/party');
    expect(readBasePath('/a/b')).toBe('/a/b');
    for (const strange of [undefined, null, '', 'party', '//evil.example/', 'https://evil.example/'])
      expect(readBasePath(strange)).toBe('');
  });

  it('leads from a path to its address and back', () => {
    expect(siteAddress('/room/ABC123', '/party')).toBe('/party/room/ABC123');
    expect(siteAddress('/', '')).toBe('/');
    expect(sitePath('/party/room/ABC123', '/party')).toBe('/room/ABC123');
    expect(sitePath('/party/', '/party')).toBe('/');
    expect(sitePath('/party', '/party')).toBe('/');
    expect(sitePath('/partying', '/party')).toBe('/partying');
    expect(sitePath('/room/ABC123', '/party')).toBe('/room/ABC123');
    expect(readRoute(sitePath('/party/room/abc123', '/party'))).toEqual({ page: 'room', roomId: 'ABC123' });
    expect(readRoute(sitePath('/party', '/party'))).toEqual({ page: 'home' });
  });

  it('takes its own links for room codes', () => {
    expect(checkRoomCode('https://example.org/party/room/ABC123')).toEqual({ ok: true, value: 'ABC123' });
  });

  it('shares nothing that it remembers with another site of the origin', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    } as Storage;
    siteStorage(storage, '/a').setItem('seat', '1');
    expect(siteStorage(storage, '/b').getItem('seat')).toBeNull();
    expect(siteStorage(storage, '').getItem('seat')).toBeNull();
    expect(siteStorage(storage, '/a').getItem('seat')).toBe('1');
    siteStorage(storage, '/a').removeItem('seat');
    expect(kept.size).toBe(0);
  });
});
