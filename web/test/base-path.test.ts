// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { readBasePath, siteAddress, sitePath, siteStorage } from '../src/net/base-path';
import { readRoute } from '../src/app/router';
import { checkRoomCode } from '../src/protocol/rules';
import { MemoryStorage } from './support/memory-storage';

describe('TR16: a site below a path', () => {
  it('reads the base path', () => {
    expect(readBasePath('/')).toBe('');
    expect(readBasePath('/party/')).toBe('/party');
    expect(readBasePath('/a/b')).toBe('/a/b');
    for (const strange of [undefined, null, '', 'party', '//evil.example/', 'https://evil.example/'])
      expect(readBasePath(strange)).toBe('');
  });

  it('converts a path to its address and back', () => {
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

  it('reads its own links as room codes', () => {
    expect(checkRoomCode('https://example.org/party/room/ABC123')).toEqual({ ok: true, value: 'ABC123' });
  });

  it('shares no stored value with another site of the origin', () => {
    const storage = new MemoryStorage();
    siteStorage(storage, '/a').setItem('seat', '1');
    expect(siteStorage(storage, '/b').getItem('seat')).toBeNull();
    expect(siteStorage(storage, '').getItem('seat')).toBeNull();
    expect(siteStorage(storage, '/a').getItem('seat')).toBe('1');
    siteStorage(storage, '/a').removeItem('seat');
    expect(storage.length).toBe(0);
  });
});
