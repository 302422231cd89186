import { describe, expect, test } from 'vitest';
import { KNOWN_PLACES } from '../../../core/inventory/model/known-places.ts';
import type { LookedPlace } from '../../../core/inventory/model/known-place.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { lookAtPlaces } from '../../../core/inventory/places.ts';
import type { FileFacts } from '../../../core/shared/ports.ts';
import { MemoryFiles, RecordingOutside, TEST_NOW } from '../../support/ports.ts';

/** Files in memory that accept Windows paths, fail on request, and record calls. */
class TroubledFiles extends MemoryFiles {
  readonly troubles = new Map<string, string>();
  readonly asked: string[] = [];
  readonly others = new Set<string>();
  readonly listed: string[] = [];

  override async facts(path: string): Promise<FileFacts> {
    this.asked.push(path);
    const reason = this.troubles.get(path);
    if (reason !== undefined) throw new ConsoleError('file.not-readable', { path, reason });
    const isFolder = this.paths().some((name) => name.startsWith(`${path}\\`));
    if (isFolder) return { path, kind: 'folder', size: 0, modified: TEST_NOW };
    const facts = await super.facts(path);
    return this.others.has(path) ? { ...facts, kind: 'other' } : facts;
  }

  override async list(folder: string): Promise<string[]> {
    this.listed.push(folder);
    const reason = this.troubles.get(`${folder}*`);
    if (reason !== undefined) throw new ConsoleError('file.not-readable', { path: folder, reason });
    const names = this.paths()
      .filter((path) => path.startsWith(`${folder}\\`))
      .map((path) => path.slice(folder.length + 1).split('\\')[0] ?? '');
    return [...new Set(names)];
  }
}

const WINDOWS = { USERPROFILE: 'C:\\Users\\tanaka', SystemDrive: 'C:' };
const POSIX = { HOME: '/home/tanaka' };

async function lookWith(
  files: TroubledFiles,
  variables: Record<string, string>,
  platform = 'linux',
): Promise<LookedPlace[]> {
  const outside = new RecordingOutside(platform);
  outside.variables = variables;
  return lookAtPlaces({ files, processes: outside.processes });
}

function brief(places: readonly LookedPlace[]): string[] {
  return places.map(({ path, state, reason }) => [state, path, reason].filter(Boolean).join(' '));
}

describe('the known places on a node', () => {
  test('are listed with their sources and their state, without reading a file', async () => {
    const files = new TroubledFiles()
      .put('/home/tanaka/.kube/config', 'apiVersion: v1')
      .put('/etc/kubernetes/pki/ca.crt', 'x');
    const places = await lookWith(files, POSIX);
    expect(brief(places)).toEqual([
      'there /home/tanaka/.kube/config',
      'absent /etc/kubernetes/admin.conf',
      'there /etc/kubernetes/pki',
      'absent /opt/wssd/k8s/cloudlogin.yaml',
    ]);
    for (const { citations } of places) expect(citations.length).toBeGreaterThan(0);
    expect(files.reads).toBe(0);
    expect(files.listed).toEqual([]);
  });

  test('include each path in KUBECONFIG once, before the default path', async () => {
    const files = new TroubledFiles().put('/srv/b.yaml', 'x').put('/relative/c', 'x');
    const KUBECONFIG = '/srv/a.yaml::/srv/b.yaml:relative/c:/home/tanaka/.kube/config';
    const places = await lookWith(files, { ...POSIX, KUBECONFIG });
    expect(brief(places).slice(0, 4)).toEqual([
      'absent /srv/a.yaml',
      'there /srv/b.yaml',
      'there /relative/c',
      'absent /home/tanaka/.kube/config',
    ]);
    expect(places).toHaveLength(7);
  });

  test('are shown with the name of the variable on which they depend if it is not set', async () => {
    expect(brief(await lookWith(new TroubledFiles(), {}))[0]).toBe('not-named $HOME/.kube/config HOME');
  });

  test.each([
    ['EACCES', 'denied /etc/kubernetes/pki'],
    ['EPERM', 'denied /etc/kubernetes/pki'],
    ['ETIMEDOUT', 'no-answer /etc/kubernetes/pki'],
    ['EIO', 'unreadable /etc/kubernetes/pki EIO'],
  ])('have a reason if they cannot be checked, and do not hide other places: %s', async (reason, expected) => {
    const files = new TroubledFiles().put('/home/tanaka/.kube/config', 'x');
    files.troubles.set('/etc/kubernetes/pki', reason);
    const places = brief(await lookWith(files, POSIX));
    expect(places).toContain(expected);
    expect(places).toContain('there /home/tanaka/.kube/config');
  });

  test('cannot be imported if they are devices', async () => {
    const files = new TroubledFiles().put('/etc/kubernetes/admin.conf', '');
    files.others.add('/etc/kubernetes/admin.conf');
    expect(brief(await lookWith(files, POSIX))).toContain('not-a-file /etc/kubernetes/admin.conf');
  });

  test('are checked on macOS in the same way as on Linux', async () => {
    const files = new TroubledFiles().put('/home/tanaka/.kube/config', 'x');
    expect(brief(await lookWith(files, POSIX, 'darwin'))[0]).toBe('there /home/tanaka/.kube/config');
  });

  test('a bug during the check is rethrown instead of being reported as a state', async () => {
    const files = new TroubledFiles();
    files.facts = () => Promise.reject(new TypeError('bug'));
    await expect(lookWith(files, POSIX)).rejects.toThrow('bug');
  });
});

describe('the known places on a host', () => {
  test('are the defaults of the product, in the user profile and on the system drive', async () => {
    const files = new TroubledFiles()
      .put('C:\\Users\\tanaka\\.wssd\\kvactl\\cloudconfig', '{}')
      .put('C:\\AksHci\\1.0.13\\kubeconfig-mgmt', 'x')
      .put('C:\\AksHci\\1.0.14\\kubeconfig-mgmt', 'x')
      .put('C:\\ProgramData\\wssdagent\\cloudlogin.yaml', 'x')
      .put('C:\\AksHci\\images\\disk.vhdx', 'x');
    expect(brief(await lookWith(files, WINDOWS, 'win32'))).toEqual([
      'absent C:\\Users\\tanaka\\.kube\\config',
      'there C:\\AksHci\\1.0.13\\kubeconfig-mgmt',
      'there C:\\AksHci\\1.0.14\\kubeconfig-mgmt',
      'there C:\\Users\\tanaka\\.wssd\\kvactl\\cloudconfig',
      'absent C:\\Users\\tanaka\\.wssd\\mocctl\\cloudconfig',
      'absent C:\\AksHci\\CloudCfg\\kvactl\\cloudconfig',
      'absent C:\\AksHci\\CloudCfg\\mocctl\\cloudconfig',
      'absent C:\\Users\\tanaka\\.wssd\\.token',
      'absent C:\\AksHci\\.AksHci\\psconfig.json',
      'there C:\\ProgramData\\wssdagent',
      'absent C:\\wssdcloudagent',
    ]);
    expect(files.listed).toEqual(['C:\\AksHci']);
    expect(files.reads).toBe(0);
  });

  test('include the kubeconfig of every version in the working folder, even if it cannot be read', async () => {
    const files = new TroubledFiles()
      .put('C:\\AksHci\\1.0.13\\kubeconfig-mgmt', 'x')
      .put('C:\\AksHci\\1.0.14\\kubeconfig-mgmt', 'x')
      .put('C:\\AksHci\\images\\disk.vhdx', 'x');
    files.troubles.set('C:\\AksHci\\1.0.14\\kubeconfig-mgmt', 'EACCES');
    const places = brief(await lookWith(files, WINDOWS, 'win32'));
    expect(places.filter((place) => place.endsWith('-mgmt'))).toEqual([
      'there C:\\AksHci\\1.0.13\\kubeconfig-mgmt',
      'denied C:\\AksHci\\1.0.14\\kubeconfig-mgmt',
    ]);
    files.troubles.set('C:\\AksHci*', 'EPERM');
    expect(brief(await lookWith(files, WINDOWS, 'win32'))).toContain('denied C:\\AksHci\\<version>\\kubeconfig-mgmt');
  });

  test('include the paths in environment variables of kubectl and MOC, without duplicates that differ in case', async () => {
    const places = await lookWith(
      new TroubledFiles(),
      {
        ...WINDOWS,
        KUBECONFIG: 'D:\\k\\one;c:\\users\\TANAKA\\.kube\\config',
        WSSD_CONFIG_PATH: 'D:\\moc\\cloudconfig',
        ACCESSFILE_DIR_PATH: 'D:\\access\\',
        WSSD_CLIENT_TOKEN: 'D:\\moc\\token',
      },
      'win32',
    );
    expect(brief(places)).toEqual(
      expect.arrayContaining([
        'absent D:\\k\\one',
        'absent D:\\moc\\cloudconfig',
        'absent D:\\access\\kvactl\\cloudconfig',
        'absent D:\\access\\mocctl\\cloudconfig',
        'absent D:\\moc\\token',
      ]),
    );
    expect(places.filter(({ path }) => /\.kube\\config$/iu.test(path))).toHaveLength(1);
  });

  test('in a user profile that does not respond are not queried after the first one', async () => {
    const files = new TroubledFiles().put('C:\\wssdcloudagent', 'x');
    files.troubles.set('C:\\Users\\tanaka\\.kube\\config', 'ETIMEDOUT');
    const places = await lookWith(files, WINDOWS, 'win32');
    const profile = places.filter(({ path }) => path.startsWith('C:\\Users'));
    expect(profile.map(({ state }) => state)).toEqual(profile.map(() => 'no-answer'));
    expect(files.asked.filter((path) => path.startsWith('C:\\Users'))).toHaveLength(1);
    expect(brief(places)).toContain('there C:\\wssdcloudagent');
  });
});

test('every known place has a source, and is absolute or begins with a variable', () => {
  for (const { pattern, citations } of KNOWN_PLACES) {
    expect(pattern).toMatch(/^(?:%\w+%|\$\w+|\/)/u);
    expect(citations.length).toBeGreaterThan(0);
  }
});
