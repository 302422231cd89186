import { describe, expect, test } from 'vitest';
import { childEnvironment, locateProgram, OwnVariables, systemFolder } from '../../../core/node/programs.ts';

/**
 * Returns the environment and the program search of a computer with these variables and files. Variable names ignore
 * case.
 */
function computer(platform: string, variables: Record<string, string>, files: readonly string[] = []) {
  const places = {
    platform,
    environment: (wanted: string) =>
      Object.entries(variables).find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1],
  };
  return { places, locate: (program: string) => locateProgram(program, places, (path) => files.includes(path)) };
}

describe('on Windows', () => {
  test.each([
    ['powershell.exe', String.raw`D:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`],
    ['PowerShell', String.raw`D:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`],
    ['ssh', String.raw`D:\Windows\System32\OpenSSH\ssh.exe`],
    ['scp.exe', String.raw`D:\Windows\System32\OpenSSH\scp.exe`],
    ['taskkill.exe', String.raw`D:\Windows\System32\taskkill.exe`],
  ])('%s comes from the system’s folder, whatever PATH contains', (program, path) => {
    const planted = [
      'C:\\tools\\powershell.exe',
      'C:\\tools\\ssh.exe',
      'C:\\tools\\scp.exe',
      'C:\\tools\\taskkill.exe',
    ];
    const { locate } = computer('win32', { SystemRoot: 'D:\\Windows', Path: 'C:\\tools' }, planted);
    expect(locate(program)).toBe(path);
  });

  test.each<[string, Record<string, string>, string]>([
    ['is not set', {}, 'C:\\Windows'],
    ['is relative', { SystemRoot: 'Windows' }, 'C:\\Windows'],
    ['depends on the current drive', { SystemRoot: '\\Windows', windir: '\\Windows' }, 'C:\\Windows'],
    ['has only its older name', { windir: 'E:\\WINNT' }, 'E:\\WINNT'],
  ])('the system’s folder is found even if its variable %s', (_what, variables, folder) => {
    const { locate, places } = computer('win32', variables);
    expect(locate('taskkill.exe')).toBe(`${folder}\\System32\\taskkill.exe`);
    expect(systemFolder(places)).toBe(`${folder}\\System32`);
  });

  test('kubectl is found in the first absolute folder in PATH that contains it, or else in the product’s folder', () => {
    const path = ['', '.', 'bin', '\\tools', 'C:', 'C:bin', '"C:\\Program Files\\k8s"', 'C:\\tools', '\\\\srv\\tools'];
    const files = [
      ...['kubectl.exe', 'bin\\kubectl.exe', '\\tools\\kubectl.exe', 'C:kubectl.exe', 'C:bin\\kubectl.exe'],
      ...['C:\\Program Files\\k8s\\kubectl.exe', 'C:\\tools\\kubectl.exe', '\\\\srv\\tools\\kubectl.exe'],
      'C:\\Program Files\\AksHci\\kubectl.exe',
    ];
    const variables = { Path: path.join(';'), ProgramFiles: 'C:\\Program Files' };
    const found: (string | undefined)[] = [];
    for (const left = [...files]; ;) {
      const next = computer('win32', variables, left).locate('kubectl');
      found.push(next);
      if (next === undefined) break;
      left.splice(left.indexOf(next), 1);
    }
    expect(found).toEqual([
      'C:\\Program Files\\k8s\\kubectl.exe',
      'C:\\tools\\kubectl.exe',
      '\\\\srv\\tools\\kubectl.exe',
      'C:\\Program Files\\AksHci\\kubectl.exe',
      undefined,
    ]);
  });

  test('a file that only a shell can run is not accepted as a program', () => {
    const { locate } = computer('win32', { Path: 'C:\\tools' }, ['C:\\tools\\kubectl.cmd', 'C:\\tools\\kubectl']);
    expect(locate('kubectl')).toBeUndefined();
  });

  test('an absolute path is used unchanged, and any other path is rejected', () => {
    const { locate } = computer('win32', { Path: 'C:\\tools' }, ['C:\\tools\\bin\\kubectl.exe']);
    expect(locate('D:\\own\\kubectl.exe')).toBe('D:\\own\\kubectl.exe');
    for (const relative of ['bin\\kubectl', '.\\kubectl.exe', '\\kubectl.exe', 'D:kubectl.exe', 'bin/kubectl'])
      expect(locate(relative)).toBeUndefined();
  });
});

describe('on other systems', () => {
  test('a program name is looked up only in absolute folders in PATH', () => {
    const files = ['kubectl', './kubectl', 'bin/kubectl', '/usr/bin/kubectl', '/opt/kubectl'];
    const { locate, places } = computer('linux', { PATH: ':.:bin:/opt:/usr/bin' }, files);
    expect(locate('kubectl')).toBe('/opt/kubectl');
    expect(locate('bin/kubectl')).toBeUndefined();
    expect(locate('/own/kubectl')).toBe('/own/kubectl');
    expect(systemFolder(places)).toBe('/');
    expect(computer('linux', {}, files).locate('kubectl')).toBeUndefined();
  });
});

describe('environment variables of Arcwarden', () => {
  const makeEnvironment = () => ({
    PATH: '/usr/bin',
    ARCWARDEN_PASSPHRASE: 'of the keys',
    ARCWARDEN_CHANNEL_Hook: 'of a channel',
    arcwarden_data: 'as Windows would take it',
  });

  test('are removed from the environment, and only secrets of channels can be looked up', () => {
    const environment = makeEnvironment();
    const own = new OwnVariables(environment, 'linux');
    expect(environment).toEqual({ PATH: '/usr/bin' });
    expect(own.lookUp('ARCWARDEN_CHANNEL_Hook')).toBe('of a channel');
    for (const name of ['ARCWARDEN_PASSPHRASE', 'ARCWARDEN_CHANNEL_HOOK', 'arcwarden_data', 'PATH'])
      expect(own.lookUp(name)).toBeUndefined();
  });

  test('are found regardless of case on Windows', () => {
    const own = new OwnVariables(makeEnvironment(), 'win32');
    expect(own.lookUp('ARCWARDEN_CHANNEL_hook')).toBe('of a channel');
  });

  test('are restored for channel secrets when the console restarts', () => {
    const environment = makeEnvironment();
    const own = new OwnVariables(environment, 'linux');
    own.restore(environment);
    expect(environment).toEqual({ PATH: '/usr/bin', ARCWARDEN_CHANNEL_Hook: 'of a channel' });
    expect(childEnvironment(environment)).toEqual({ PATH: '/usr/bin' });
  });
});
