import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { unpackRows } from '../../core/inventory/model/row-columns.ts';
import { translator, type Language } from '../../core/shared/text/text.ts';
import { findingsInBothThemes } from './axe.ts';
import { answerSaveDialog, COMMAND_LINE, expect, rowCount, test } from './console.ts';
import { answerByShortcut, tabTo } from './keyboard.ts';
import { mainApi } from './main-api.ts';
import { MOST_ROWS_UNREAD } from './screens.ts';

/** Every answer recomputes plans, which takes time on a busy machine. */
const PATIENCE = { timeout: 120_000 };
/** Output from a host: builds, two clusters (one of them in the fleet), and the updates available for that one. */
const SESSION = readFileSync(join(import.meta.dirname, '../fixtures/update/session.txt'), 'utf8');

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-update-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DAY_MS = 24 * 60 * 60 * 1000;

/** How the user works: with the mouse or with the keyboard alone. */
interface Hand {
  press(target: Locator): Promise<void>;
  toggle(target: Locator): Promise<void>;
  paste(target: Locator, text: string): Promise<void>;
}

const MOUSE: Hand = {
  press: (target) => target.click(),
  toggle: (target) => target.click(),
  paste: async (target, text) => {
    await target.click();
    await target.page().keyboard.insertText(text);
  },
};

const KEYS: Hand = {
  press: async (target) => {
    await expect(target).toBeEnabled();
    await tabTo(target);
    await target.page().keyboard.press('Enter');
  },
  toggle: async (target) => {
    await tabTo(target);
    await target.page().keyboard.press('Space');
  },
  paste: async (target, text) => {
    await tabTo(target);
    await target.page().keyboard.insertText(text);
  },
};

interface ScriptPlan {
  values: string[];
  steps: { id: string; words: Partial<Record<Language, { title: string }>>; command?: { name?: string } }[];
}

/** Parses the plan that an exported script contains in a here-string. */
function readPlan(script: string): ScriptPlan {
  const data = /^\$Plan = @'\n([^]*?)\n'@/mu.exec(script.replaceAll('\r\n', '\n'))?.[1];
  if (data === undefined) throw new Error('the script holds no plan');
  return JSON.parse(data) as ScriptPlan;
}

/** Lists the commands of the cards, in display order. */
function readCommands(page: Page, steps: string): Promise<string[]> {
  return page
    .getByRole('list', { name: steps, exact: true })
    .locator('> li article > details > .command code')
    .allTextContents();
}

const WAYS: readonly { way: string; language: Language; hand: Hand }[] = [
  { way: 'with the mouse in English', language: 'en', hand: MOUSE },
  { way: 'by keys alone in Japanese', language: 'ja', hand: KEYS },
];

test.describe('with two clusters', () => {
  test.use({ clusters: 2, content: 'fleet' });

  for (const { way, language, hand } of WAYS)
    test(`an update is chosen, checked, planned and exported, ${way}`, async ({ shared }) => {
      const t = translator(language);
      const { page, application } = shared;
      await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(0);
      if (language === 'ja') await page.keyboard.press('Control+Shift+L');
      const main = page.getByRole('main');
      const button = (name: string): Locator => main.getByRole('button', { name, exact: true });

      if (hand === MOUSE) await page.getByRole('button', { name: t('navigation.update'), exact: true }).click();
      else await page.keyboard.press('Control+Shift+U');
      await expect(main.getByRole('heading', { level: 1 })).toHaveText(t('navigation.update'));

      // In the first step, the admin chooses one cluster and pastes the output of the host.
      await hand.toggle(main.getByRole('checkbox', { name: 'osaka-plant', exact: true }));
      await hand.paste(main.getByRole('textbox', { name: t('update.paste.label') }), SESSION);
      await expect(main.getByText('1.0.14.10928', { exact: false }).last()).toBeVisible();
      const seasons = main.getByRole('checkbox', { name: 'seasons', exact: true });
      await expect(seasons).toBeChecked();
      await hand.toggle(seasons);
      await expect(
        main.getByRole('textbox', { name: t('update.choose.now.label', { name: 'retail-east' }) }),
      ).toHaveAttribute('placeholder', 'v1.21.9');
      await hand.press(button(t('update.wizard.next.choose')));

      // In the second step, the admin confirms what no program can check.
      const answer = main.getByRole('heading', { level: 2 });
      await expect(answer).toContainText(/\d/u);
      const before = await answer.innerText();
      await hand.press(button(t('update.preflight.looked')).first());
      await expect(answer).not.toHaveText(before);
      await expect(answer).toBeFocused();
      await hand.press(button(t('update.wizard.next.preflight')));

      // In the plan, the hosts come before the cluster, and no excluded item occurs.
      await expect(main.getByRole('list', { name: t('steps.steps') })).toBeVisible(PATIENCE);
      const commands = await readCommands(page, t('steps.steps'));
      const updates = commands.filter((command) => command.startsWith('Update-AksHci'));
      expect(updates.filter((command) => !command.includes('Certificates'))).toEqual([
        'Update-AksHci',
        'Update-AksHciCluster -name retail-east -kubernetesVersion v1.22.11',
      ]);
      expect(commands.join('\n')).not.toMatch(/osaka-plant|seasons/u);
      await expect(main.getByRole('heading', { name: t('steps.after') })).toBeAttached();
      await hand.press(button(t('update.wizard.next.plan')));

      // All exported files contain the same steps.
      const files: Record<string, string> = {};
      for (const format of ['ps1', 'md', 'html'] as const) {
        const path = join(folder, `${language}.${format}`);
        await answerSaveDialog(application, path);
        await hand.press(button(t('update.export.save.label', { format: t(`update.export.${format}`) })));
        await expect(main.getByText(t('action.saved', { name: `${language}.${format}` }))).toBeVisible(PATIENCE);
        files[format] = readFileSync(path, 'utf8');
      }
      const calendar = join(folder, `${language}.ics`);
      await answerSaveDialog(application, calendar);
      await hand.press(button(t('update.schedule.save')));
      await expect(main.getByText(t('action.saved', { name: `${language}.ics` }))).toBeVisible(PATIENCE);
      expect(readFileSync(calendar, 'utf8').replaceAll('\r\n ', '')).toContain(
        'Update-AksHciCluster -name retail-east -kubernetesVersion v1.22.11',
      );
      const { steps } = readPlan(files['ps1'] ?? '');
      expect(steps.map(({ command }) => command?.name)).toContain('Update-AksHciCluster');
      expect(files['html']).not.toMatch(/<script/iu);
      for (const { words } of steps) expect(files['md']).toContain(words[language]?.title);
      for (const command of updates) expect(files['md']).toContain(command);
      expect(files['html']).toContain(`lang="${language}"`);
    });

  test('axe finds no problems in any step of the wizard, in either theme', async ({ shared }) => {
    const t = translator('en');
    const { page } = shared;
    await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(0);
    const main = page.getByRole('main');
    await page.keyboard.press('Control+Shift+U');
    await KEYS.paste(main.getByRole('textbox', { name: t('update.paste.label') }), SESSION);
    for (const step of ['choose', 'preflight', 'plan', 'export', 'run'] as const) {
      if (step !== 'choose') await page.keyboard.press('Control+PageDown');
      await expect(main.getByRole('region', { name: t(`update.wizard.step.${step}`), exact: true })).toBeVisible();
      expect(await findingsInBothThemes(page), step).toEqual([]);
    }
  });
});

test('an update can be planned for a cluster that is known only by its name', async ({ shared }) => {
  const t = translator('en');
  const { page } = shared;
  const main = page.getByRole('main');
  await page.keyboard.press('Control+Shift+U');
  await KEYS.paste(main.getByRole('textbox', { name: t('update.choose.name') }), 'branch-7');
  await page.keyboard.press('Enter');
  await expect(main.getByRole('checkbox', { name: 'branch-7' })).toBeChecked();
  const version = main.getByRole('textbox', { name: t('update.choose.now.label', { name: 'branch-7' }) });
  await KEYS.paste(version, '1,21');
  await expect(main.getByText(t('update.choose.fault.version'))).toBeVisible();
  await expect(main.getByRole('button', { name: t('update.wizard.next.choose') })).toBeDisabled();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('v1.21.9');
  // Each of these key presses advances by one step.
  await page.keyboard.press('Control+PageDown');
  await page.keyboard.press('Control+PageDown');
  const list = main.getByRole('list', { name: t('steps.steps') });
  await expect(list).toContainText('Update-AksHciCluster -name branch-7', PATIENCE);
});

test.describe('with the whole demo fleet', () => {
  test.use({ content: 'fleet' });

  test('broken clusters wait for their repair, and a plan has a group for each cluster', async ({ shared }) => {
    const t = translator('en');
    const { page } = shared;
    await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(0);
    await page.keyboard.press('Control+Shift+U');
    const main = page.getByRole('main');
    const box = (name: string): Locator => main.getByRole('checkbox', { name, exact: true });
    await expect(main.getByRole('heading', { level: 2 }).first()).toContainText(/Repair first: .*logistics/u, PATIENCE);
    for (const name of ['osaka-plant', 'retail-east', 'finance']) await expect(box(name)).toBeChecked();
    for (const name of ['logistics', 'sapporo-depot', 'nagoya-lab']) await expect(box(name)).not.toBeChecked();

    // The row of a broken cluster says what comes first, and leads there.
    const row = main.getByRole('row').filter({ has: page.getByRole('checkbox', { name: 'logistics', exact: true }) });
    await expect(row).toContainText(/Repair first: \d+ steps/u);
    await row.getByRole('button', { name: t('action.repair', { cluster: 'logistics' }) }).click();
    await expect(main.getByRole('heading', { level: 1 })).toHaveText(
      t('repair.wizard.title.of', { cluster: 'logistics' }),
    );
    await page.keyboard.press('Control+Shift+U');
    await row.getByRole('button', { name: 'logistics', exact: true }).click();
    await expect(main.getByRole('heading', { level: 1, name: 'logistics' })).toBeFocused();
    await page.keyboard.press('Control+Shift+U');

    // The admin updates it nevertheless.
    await box('logistics').check();
    for (const name of ['retail-east', 'finance']) await box(name).uncheck();
    await page.keyboard.press('Control+PageDown');
    await expect(main.getByRole('heading', { name: /^logistics: \d+ credentials have expired$/u })).toBeVisible(
      PATIENCE,
    );
    await page.keyboard.press('Control+PageDown');
    const groups = main.getByRole('list', { name: t('steps.steps'), exact: true }).locator('> li > details');
    const last = groups.filter({ hasText: 'osaka-plant' }).last();
    await expect(last).toContainText(/\d steps, about 1 hour/u, PATIENCE);
    await expect(groups.first()).toHaveAttribute('open', '');
    await expect(last).not.toHaveAttribute('open');
    await expect(main.getByText('Update-AksHciCluster -name osaka-plant')).toHaveCount(0);
    await last.locator('> summary').click();
    await expect(last.getByText('Update-AksHciCluster -name osaka-plant').first()).toBeAttached();
  });
});

test.describe('on a lab', () => {
  test.use({ outage: 'none' });

  test('an update runs by keyboard in Japanese, and its credentials last 90 days from then', async ({ start, lab }) => {
    const t = translator('ja');
    const { page } = await start('--import', lab.folder);
    const main = page.getByRole('main');
    await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(MOST_ROWS_UNREAD);
    await page.keyboard.press('Control+Shift+L');
    await page.keyboard.press('Control+Shift+U');
    const clusters = ['lab-logistics', 'lab-retail'];
    for (const name of clusters) {
      await expect(main.getByRole('checkbox', { name, exact: true })).toBeChecked(PATIENCE);
      const type = (key: 'update.choose.to.label' | 'update.choose.now.label', text: string): Promise<void> =>
        KEYS.paste(main.getByRole('textbox', { name: t(key, { name }) }), text);
      await type('update.choose.to.label', 'v1.22.11');
      await type('update.choose.now.label', 'v1.21.9');
    }
    for (const step of ['preflight', 'plan', 'export', 'run'] as const) {
      await page.keyboard.press('Control+PageDown');
      await expect(main.getByRole('region', { name: t(`update.wizard.step.${step}`), exact: true })).toBeVisible();
    }
    const startedMs = Date.now();
    await KEYS.press(main.getByRole('button', { name: t('run.begin.start') }));
    // The run says where in its group it is.
    const [anyCount, place] = [999, { name: t('place.host'), at: 1, total: clusters.length, done: 0 }];
    const [, after = ''] = t('run.step.group', { ...place, count: anyCount }).split(String(anyCount));
    await expect(main).toContainText(after, PATIENCE);
    await expect(main.getByRole('navigation', { name: t('run.steps') })).toContainText('lab-retail');
    const heading = main.getByRole('heading', { level: 2 });
    const end = heading.filter({ hasText: t('run.end.done') });
    const button = (key: 'run.ask.run' | 'run.ask.by-hand' | 'run.ask.not-the-case'): Locator =>
      main.getByRole('button', { name: t(key), exact: true });
    const next = button('run.ask.run').or(button('run.ask.by-hand'));
    for (let done = 0; done < 60; done += 1) {
      await expect(next.or(end).first()).toBeVisible(PATIENCE);
      if ((await end.count()) > 0) break;
      // The warnings precede the first step.
      const before = await heading.last().innerText();
      if ((await button('run.ask.not-the-case').count()) > 0) await KEYS.press(button('run.ask.not-the-case'));
      else await answerByShortcut(page);
      await expect(heading.last()).not.toHaveText(before, PATIENCE);
    }
    await expect(end).toBeVisible();

    const { inventory } = mainApi(page);
    const overview = await inventory.overview();
    const known = overview.ok ? overview.value.clusters : [];
    const clusterIds = known.filter(({ name }) => clusters.includes(name)).map(({ id }) => id);
    const found = await inventory.rows({ clusterIds });
    const rows = found.ok ? found.value.flatMap(unpackRows) : [];
    const tokens = rows.filter(({ role }) => role.endsWith('-token'));
    expect(tokens.length).toBeGreaterThan(0);
    for (const { role, notAfterMs } of tokens)
      expect((notAfterMs ?? 0) - startedMs, role).toBeGreaterThanOrEqual(90 * DAY_MS);
  });
});

test('on day 70 after an update, the repairs come before the next update', async ({ start }) => {
  const t = translator('en');
  // The cluster was updated 45 days before the files were created and has not been updated since.
  const made = new Date(Date.now() - 25 * DAY_MS).toISOString();
  const old = join(folder, 'day-70');
  const options = ['--out', old, '--clusters', '6', '--now', made];
  execFileSync(process.execPath, [COMMAND_LINE, 'sample', ...options], { stdio: 'ignore' });
  const { page } = await start('--import', old);
  await page.keyboard.press('Control+Shift+U');
  const main = page.getByRole('main');
  const boxes = main.getByRole('table').getByRole('checkbox');
  await expect(boxes.nth(1)).toBeVisible(PATIENCE);
  for (const box of (await boxes.all()).slice(1)) {
    const name = await box.evaluate((element) => element.closest('label')?.textContent.trim());
    if ((await box.isChecked()) !== (name === 'sapporo-depot')) await box.click();
  }
  const row = main.getByRole('row').filter({ hasText: 'sapporo-depot' });
  await expect(row).toContainText(/\b(?:69|70) days/u, PATIENCE);
  await row.getByRole('textbox', { name: t('update.choose.now.label', { name: 'sapporo-depot' }) }).fill('v1.21.9');
  await row.getByRole('textbox', { name: t('update.choose.to.label', { name: 'sapporo-depot' }) }).fill('v1.22.11');
  for (const step of ['preflight', 'plan'] as const) {
    await page.keyboard.press('Control+PageDown');
    await expect(main.getByRole('region', { name: t(`update.wizard.step.${step}`), exact: true })).toBeVisible();
  }
  await expect(main.getByRole('list', { name: t('steps.steps'), exact: true })).toBeVisible(PATIENCE);
  const commands = await readCommands(page, t('steps.steps'));
  const [repair, update] = [
    'Update-AksHciClusterCertificates -name sapporo-depot',
    'Update-AksHciCluster -name sapporo-depot',
  ].map((start) => commands.findIndex((command) => command.startsWith(start)));
  expect(repair, commands.join('\n')).toBeGreaterThanOrEqual(0);
  expect(update).toBeGreaterThan(repair ?? Infinity);
});
