import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { parse } from 'yaml';
import { translator, type Language, type Translate } from '../../core/shared/text/text.ts';
import { runAxe } from './axe.ts';
import { answerSaveDialog, expect, rowCount, test } from './console.ts';
import { tabTo } from './keyboard.ts';

/** Generating RSA keys takes time on a busy machine. */
const PATIENCE = { timeout: 120_000 };

test.use({ clusters: 2, content: 'fleet' });

let folder: string;
let facts: Facts;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-wizard-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
test.beforeEach(({ fleet }) => {
  facts = readFacts(fleet);
});

/** Facts that openssl reads from the files of the fleet. Serial numbers are in lower-case hex. */
interface Facts {
  /** Serial number of the certificate in an admin's kubeconfig, and the name of that file. */
  kubeconfig: string;
  file: string;
  /** The name of a worker with a valid certificate, and the serial number of that certificate. */
  worker: { name: string; serial: string };
  peer: string;
}

function openssl(args: string[], input?: string): string {
  return execFileSync('openssl', args, { encoding: 'utf8', input });
}

function readSerial(certificate: string): string {
  const printed = openssl(['x509', '-noout', '-serial'], certificate);
  return printed.trim().replace('serial=', '').toLowerCase();
}

function isValid(certificate: string): boolean {
  try {
    openssl(['x509', '-noout', '-checkend', '600'], certificate);
    return true;
  } catch {
    return false;
  }
}

function filesNamed(fleet: string, name: RegExp): string[] {
  return readdirSync(fleet, { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path))
    .map((path) => join(fleet, path))
    .sort();
}

function firstValid(fleet: string, name: RegExp): { path: string; certificate: string } {
  const all = filesNamed(fleet, name).map((path) => ({ path, certificate: readFileSync(path, 'utf8') }));
  const [first] = all.filter(({ certificate }) => isValid(certificate));
  if (first === undefined) throw new Error(`the fleet has no valid ${String(name)}`);
  return first;
}

function readFacts(fleet: string): Facts {
  const [kubeconfig = ''] = filesNamed(fleet, /\.kube\/config-/u);
  const { users } = parse(readFileSync(kubeconfig, 'utf8')) as {
    users: { user: { 'client-certificate-data': string } }[];
  };
  const data = users[0]?.user['client-certificate-data'] ?? '';
  const worker = firstValid(fleet, /-md-[^/]+\/var\/lib\/kubelet\/pki\/kubelet-client-current\.pem$/u);
  const peer = firstValid(fleet, /pki\/etcd\/peer\.crt$/u);
  return {
    file: basename(kubeconfig),
    kubeconfig: readSerial(Buffer.from(data, 'base64').toString('utf8')),
    worker: { name: basename(worker.path.split('/var/')[0] ?? ''), serial: readSerial(worker.certificate) },
    peer: readSerial(peer.certificate),
  };
}

type Entry = Record<string, string>;
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string };
  spec: { description: string; revocations: Entry[] };
}

/** How the user works: with the mouse or with the keyboard alone. Typing is the same in both. */
interface Hand {
  press(target: Locator): Promise<void>;
  /** Finds and selects the only row that `query` matches. */
  choose(list: { grid: Locator; search: Locator }, query: string): Promise<void>;
  write(target: Locator, text: string): Promise<void>;
}

interface Words {
  t: Translate;
  hand: Hand;
}

const MOUSE: Hand = {
  press: (target) => target.click(),
  choose: async ({ grid, search }, query) => {
    await search.click();
    await search.page().keyboard.type(query);
    await expect(grid).toHaveAttribute('aria-rowcount', '2');
    const row = grid.getByRole('row').nth(1);
    await row.click();
    await expect(row).toHaveAttribute('aria-selected', 'true');
  },
  write: async (target, text) => {
    await target.click();
    await target.page().keyboard.type(text);
  },
};

const KEYS: Hand = {
  press: async (target) => {
    await expect(target).toBeEnabled();
    await tabTo(target);
    await target.page().keyboard.press('Enter');
  },
  choose: async ({ grid }, query) => {
    const { keyboard } = grid.page();
    await tabTo(grid);
    // A letter typed in the list is entered in the search field.
    await keyboard.type(query);
    await expect(grid).toHaveAttribute('aria-rowcount', '2');
    await keyboard.press('ArrowDown');
    await expect(grid).toBeFocused();
    await keyboard.press(' ');
    await expect(grid.getByRole('row').nth(1)).toHaveAttribute('aria-selected', 'true');
  },
  write: async (target, text) => {
    await tabTo(target);
    await target.page().keyboard.type(text);
  },
};

interface Goal {
  id: 'lost-kubeconfig' | 'node' | 'group' | 'serial';
  choose(page: Page, words: Words): Promise<void>;
  /** The expected entries without their descriptions. */
  entries(): Entry[];
  /** The phrase that confirms the revocation; absent if no confirmation is required. */
  phrase?: string;
}

/** Placeholder for each instant in the compared entries. */
const A_MOMENT = 'a moment';

function findChoice(
  page: Page,
  { t }: Words,
  goal: 'lost-kubeconfig' | 'node' | 'group',
): { grid: Locator; search: Locator } {
  return {
    grid: page.getByRole('grid', { name: t(`choice.list.${goal}`), exact: true }),
    search: page.getByRole('textbox', { name: t('field.search'), exact: true }),
  };
}

const GOALS: readonly Goal[] = [
  {
    id: 'lost-kubeconfig',
    choose: (page, words) =>
      words.hand.choose(findChoice(page, words, 'lost-kubeconfig'), facts.kubeconfig.slice(0, 12)),
    entries: () => [{ kind: 'serialnumber', serialNumber: facts.kubeconfig }],
  },
  {
    id: 'node',
    choose: (page, words) => words.hand.choose(findChoice(page, words, 'node'), facts.worker.name),
    entries: () => [{ kind: 'serialnumber', serialNumber: facts.worker.serial }],
  },
  {
    id: 'group',
    choose: (page, words) => words.hand.choose(findChoice(page, words, 'group'), 'system:nodes'),
    entries: () => [{ kind: 'Group', group: 'system:nodes', notBefore: A_MOMENT }],
    phrase: 'revoke all kubelets',
  },
  {
    id: 'serial',
    choose: async (page, { t, hand }) => {
      // The serial number is in the form that openssl prints.
      const printed = `Serial Number: ${facts.peer.replaceAll(/..(?=.)/gu, '$&:')}`;
      const field = page.getByRole('textbox', { name: t('choice.serials.label') });
      await hand.write(field, printed);
      const found = page.getByText(`${t('choice.serials.state.known')}:`, { exact: true });
      await expect(found).toHaveCount(1);
    },
    entries: () => [{ kind: 'serialnumber', serialNumber: facts.peer }],
    // Without the member that has this certificate, the cluster's etcd has no majority.
    phrase: 'revoke etcd',
  },
];

/** Follows a goal from the list of goals to a manifest on disk. */
async function work(
  goal: Goal,
  { page, application, path }: { page: Page; application: ElectronApplication; path: string },
  { t, hand }: Words,
): Promise<void> {
  const button = (name: string): Locator => page.getByRole('main').getByRole('button', { name, exact: true });
  const heading = (name: string): Locator => page.getByRole('heading', { name, exact: true });
  await hand.press(page.getByRole('button', { name: t(`revocation.goal.${goal.id}`) }).first());
  await expect(heading(t(`choice.title.${goal.id}`))).toBeVisible();
  await goal.choose(page, { t, hand });
  await hand.press(button(t('choice.make', { count: 1 })));
  await hand.press(button(t('revocation.wizard.next.impact')));
  const phrase = page.getByRole('textbox', { name: t('revocation.save.guard.label'), exact: true });
  const save = button(t('revocation.save.save'));
  if (goal.phrase === undefined) await expect(phrase).toHaveCount(0);
  else {
    await expect(page.getByText(goal.phrase, { exact: true })).toBeVisible();
    await expect(save).toBeDisabled();
    await hand.write(phrase, goal.phrase);
  }
  await answerSaveDialog(application, path);
  await hand.press(save);
  await expect(page.getByText(t('revocation.save.saved', { name: basename(path) }))).toBeVisible();
  await hand.press(button(t('action.close')));
  await expect(page.getByRole('heading', { name: t('revocation.home.goals') })).toBeVisible();
}

function expectManifest(path: string, goal: Goal, since: Date): void {
  const bytes = readFileSync(path, 'utf8');
  const { apiVersion, kind, metadata, spec } = parse(bytes) as Manifest;
  expect({ apiVersion, kind, namespace: metadata.namespace }).toEqual({
    apiVersion: 'certificates.microsoft.com/v1',
    kind: 'RenewRevocation',
    namespace: 'kube-system',
  });
  expect(metadata.name).toMatch(new RegExp(`^${goal.id}-\\d{8}-\\d{4}$`, 'u'));
  const entries = spec.revocations.map(({ description: _, notBefore, ...entry }) => {
    if (notBefore === undefined) return entry;
    expect(bytes).toContain(`notBefore: "${notBefore}"`);
    expect(Date.parse(notBefore)).toBeGreaterThanOrEqual(since.getTime() - 1_000);
    expect(Date.parse(notBefore)).toBeLessThanOrEqual(Date.now());
    return { ...entry, notBefore: A_MOMENT };
  });
  expect(entries).toEqual(goal.entries());
  for (const { serialNumber } of entries)
    if (serialNumber !== undefined) expect(bytes).toContain(`serialNumber: "${serialNumber}"`);
  expect(bytes).not.toContain('\r');
  expect(bytes.endsWith('\n')).toBe(true);
}

for (const language of ['en', 'ja'] as const satisfies readonly Language[])
  for (const [name, hand] of [
    ['the mouse', MOUSE],
    ['the keyboard alone', KEYS],
  ] as const)
    test(`with ${name}, in ${language}, every goal produces its manifest`, async ({ start }) => {
      test.slow();
      const { page, application } = await start();
      await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(50);
      if (language === 'ja') await page.keyboard.press('Control+Shift+L');
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      const words = { t: translator(language), hand };
      if (hand === KEYS) await page.keyboard.press('Control+Shift+R');
      else await page.getByRole('button', { name: words.t('navigation.revocation') }).click();
      for (const goal of GOALS) {
        const path = join(folder, `${language}-${hand === KEYS ? 'keys' : 'mouse'}-${goal.id}.yaml`);
        const since = new Date();
        await work(goal, { page, application, path }, words);
        expectManifest(path, goal, since);
      }
    });

test('a lost laptop takes six clicks to the manifest and its undo manifest', async ({ start, folder: own }) => {
  const { page, application } = await start();
  await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(50);
  const t = translator('en');
  const button = (name: string): Locator => page.getByRole('main').getByRole('button', { name, exact: true });
  const path = join(own, 'rev.yaml');
  await answerSaveDialog(application, path);
  await page.evaluate(() => {
    const counted = { clicks: 0 };
    Object.assign(globalThis, { counted });
    addEventListener('click', () => (counted.clicks += 1), true);
  });

  await page.getByRole('button', { name: t('navigation.revocation') }).click();
  await page.getByRole('button', { name: t('revocation.goal.lost-kubeconfig') }).click();
  const row = page.getByRole('grid').getByRole('row').filter({ hasText: facts.file });
  await expect(row).toHaveCount(1);
  await row.click();
  await button(t('choice.make', { count: 1 })).click();
  await expect(page.getByRole('heading', { name: / may accept the certificate until / })).toBeVisible();
  await button(t('revocation.wizard.next.impact')).click();
  await button(t('revocation.save.save')).click();

  await expect(page.getByText(t('revocation.save.saved', { name: 'rev.yaml' }))).toBeVisible();
  expect(await page.evaluate(() => (globalThis as unknown as { counted: object }).counted)).toEqual({ clicks: 6 });
  const undo = join(own, 'rev.undo.yaml');
  const [written, lifted] = [path, undo].map((each) => parse(readFileSync(each, 'utf8')) as Manifest);
  expect(written?.spec.revocations.map(({ serialNumber }) => serialNumber)).toEqual([facts.kubeconfig]);
  expect(lifted).toEqual({ apiVersion: written?.apiVersion, kind: written?.kind, metadata: written?.metadata });
  const screen = page.getByRole('main');
  await expect(screen).toContainText(`kubectl apply -f '${path}' --kubeconfig <kubeconfig>`);
  await expect(screen).toContainText(`kubectl delete -f '${undo}' --kubeconfig <kubeconfig>`);
  await expect(screen).not.toContainText('revocation.yaml');
});

test('axe finds no problems in the selection for any goal', async ({ shared }) => {
  const { page } = shared;
  await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(50);
  const t = translator('en');
  await page.keyboard.press('Control+Shift+R');
  for (const goal of GOALS) {
    await page
      .getByRole('button', { name: t(`revocation.goal.${goal.id}`) })
      .first()
      .click();
    await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible();
    await page.getByRole('grid').getByRole('row').nth(1).click();
    expect(await runAxe(page), goal.id).toEqual([]);
    await page
      .getByRole('main')
      .getByRole('button', { name: t('action.close'), exact: true })
      .click();
  }
});
