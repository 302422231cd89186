import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { WINE, WinePrefix } from '../rigs/wine.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('Wine', () => {
  test('is absent, with a reason, if it has never been unpacked', () => {
    const nowhere = { PATH: '/nowhere', XDG_CACHE_HOME: temporaryFolder() };
    expect(WINE.find(nowhere)).toBeUndefined();
    expect(WINE.whyAbsent(nowhere)).toMatch(
      /^it is unpacked on Linux x64 alone$|^there is no apt-get, which Debian has$/u,
    );
    expect(() => WinePrefix.create(join(nowhere.XDG_CACHE_HOME, 'prefix'), nowhere)).toThrow('there is no Wine here');
  });

  test('maps files on its drive to C: and all others to Z:', () => {
    const prefix = new WinePrefix('/prefixes/one', '/nowhere');
    expect(prefix.windowsPath(join(prefix.drive, '証明書 1', 'ca.pem'))).toBe(String.raw`C:\証明書 1\ca.pem`);
    expect(prefix.windowsPath(prefix.drive)).toBe('C:\\');
    expect(prefix.windowsPath('/elsewhere/ca.pem')).toBe(String.raw`Z:\elsewhere\ca.pem`);
  });

  test('runs each program in a separate namespace, even if the path of its files is hard to quote', () => {
    const { program, args, env } = new WinePrefix('/prefixes/one', '/a:b,c').command('setup.exe', ['/S'], { A: 'b' });
    expect(program).toBe('unshare');
    expect(args.slice(-4)).toEqual([String.raw`/a\:b\,c/usr`, '/usr/lib/wine/wine64', 'setup.exe', '/S']);
    expect(env).toMatchObject({ WINEPREFIX: '/prefixes/one', A: 'b' });
  });
});
