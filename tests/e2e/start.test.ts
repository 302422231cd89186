import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test as base } from './console.ts';
import { COMMAND_LINE } from './prepared.ts';

const ROOT = join(import.meta.dirname, '../..');
const PICTURE = join(ROOT, 'out/console.png');
const PNG_START = '89504e470d0a1a0a';
/** The time for the keys of a fleet, its board and two tables on a busy machine. */
const PATIENCE_MS = 240_000;

/** Gives each test the home folder of a new user, and a separate folder for temporary files. */
const test = base.extend<{ home: string; temporary: string }>({
  home: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-home-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  temporary: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-temporary-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});

// The tests run in sequence, because they write the same picture.
test.describe.configure({ mode: 'serial', timeout: PATIENCE_MS });

interface Places {
  home: string;
  temporary: string;
}

/** Returns the environment of a user on a machine without a display. */
function makeEnvironment({ home, temporary }: Places): NodeJS.ProcessEnv {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, XDG_CONFIG_HOME: _config, ...rest } = process.env;
  return {
    ...rest,
    HOME: home,
    TMPDIR: temporary,
    LANG: 'en_US.UTF-8',
    LC_ALL: 'en_US.UTF-8',
    // Earlier runs have cached the runtime in this folder.
    XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  };
}

async function npmStart(places: Places, ...options: string[]): Promise<string> {
  const words = [join(ROOT, 'build/start.mjs'), ...options];
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    env: makeEnvironment(places),
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

async function arcwarden(places: Places, ...words: string[]): Promise<void> {
  const env = makeEnvironment(places);
  await promisify(execFile)(process.execPath, [COMMAND_LINE, ...words], { env });
}

/** Imports a kubeconfig of the fleet. Without a sample marker near it, the file counts as an ordinary file. */
async function importKubeconfig(places: Places, fleet: string): Promise<void> {
  const folder = join(places.home, '.kube');
  mkdirSync(folder);
  cpSync(join(fleet, 'workstation/Users/tanaka.mika/.kube/config'), join(folder, 'config'));
  await arcwarden(places, 'inventory', 'import', folder);
}

function hashFiles(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

function defaultDataFolder({ home }: Places): string {
  return join(home, '.config/Arcwarden');
}

test('without a display or data, npm start shows the sample, its first plan and a picture', async ({
  home,
  temporary,
}) => {
  const places = { home, temporary };
  const text = await npmStart(places);
  expect(text).toContain('This is a demo: a fleet of invented clusters in a temporary folder.');
  expect(text).toContain('npm start -- --import PATH...');
  const [expired = -1, stalled = -1, due = -1, fine = -1, plan = -1, command = -1, picture = -1] = [
    /^■ Expired +logistics \(demo\)/mu,
    /^⧖ Renewal stalled +retail-east \(demo\)/mu,
    /^◐ Renewal due +osaka-plant \(demo\)/mu,
    /^… and \d+ more that are fine\.$/mu,
    /^The plan of the cluster to begin with .* --cluster sapporo-depot\):$/mu,
    /^ {6}> Update-AksHciClusterCertificates -name sapporo-depot -fixKubeletCredentials$/mu,
    /^A picture of the window is in out.console\.png\.$/mu,
  ].map((line) => text.search(line));
  expect(expired).toBeGreaterThan(0);
  const order = [expired, stalled, due, fine, plan, command, picture];
  expect(order).toEqual(order.toSorted((left, right) => left - right));
  expect(readFileSync(PICTURE).subarray(0, 8).toString('hex')).toBe(PNG_START);
  // The data folder does not exist yet, and no temporary files are left.
  expect(existsSync(defaultDataFolder(places))).toBe(false);
  expect(readdirSync(temporary).filter((name) => name.startsWith('arcwarden'))).toEqual([]);
});

test('a data folder whose board is empty is left unchanged, byte for byte', async ({ home, temporary, fleet }) => {
  const places = { home, temporary };
  // A cluster was imported once and then forgotten.
  await importKubeconfig(places, fleet);
  await arcwarden(places, 'inventory', 'forget', 'finance');
  const before = hashFiles(defaultDataFolder(places));
  expect(Object.keys(before).length).toBeGreaterThan(1);
  expect(await npmStart(places)).toContain('This is a demo');
  expect(hashFiles(defaultDataFolder(places))).toEqual(before);
});

test('the user’s own data is shown without a sample, even from a data folder given as an option', async ({
  home,
  temporary,
  fleet,
}) => {
  const places = { home, temporary };
  await importKubeconfig(places, fleet);
  const inventory = join(defaultDataFolder(places), 'clusters');
  const before = hashFiles(inventory);
  const shown = await npmStart(places);
  expect(shown).not.toContain('This is a demo');
  expect(shown).toMatch(/^■ Expired +finance +Workstation +Admin kubeconfig/mu);
  expect(shown).toContain('A picture of the window is in');
  expect(hashFiles(inventory)).toEqual(before);

  const named = join(home, 'named');
  const empty = await npmStart(places, '--data', named);
  expect(empty).toContain('No credentials. Import files with');
  expect(empty).not.toContain('This is a demo');
});
