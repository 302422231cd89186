import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { translator } from '../../core/shared/text/text.ts';
import { change, findingsInBothThemes } from './axe.ts';
import { answerOpenDialog, expect, rowCount, runByPalette, test } from './console.ts';
import { PATIENCE } from './launch.ts';

const t = translator('en');
const MACHINES = 6;

const button = (page: Page, name: string): Locator => page.getByRole('main').getByRole('button', { name, exact: true });
const machine = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });

function readPids(folder: string): number[] {
  const processes = join(folder, 'lab/processes');
  const files = readdirSync(processes).filter((name) => name.endsWith('.json'));
  return files.map((name) => (JSON.parse(readFileSync(join(processes, name), 'utf8')) as { pid: number }).pid);
}

/** A process that has ended stays in the list until somebody asks for its exit code. */
function isRunning(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && !readFileSync(path, 'utf8').includes(') Z ');
}

async function openLab(page: Page): Promise<void> {
  await runByPalette(page, t('command.lab.open'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('a lab is created with an outage, started, switched off and on, imported and removed', async ({
  start,
  folder,
}) => {
  test.setTimeout(300_000);
  const { application, page } = await start();
  const place = join(folder, 'lab');
  mkdirSync(place);
  await answerOpenDialog(application, [place]);
  await openLab(page);
  expect(await findingsInBothThemes(page), 'no lab').toEqual([]);
  await expect(page.getByRole('radio', { name: t('lab.outage.off-5-days') })).toBeChecked();
  await button(page, t('lab.form.submit')).click();

  await expect(button(page, t('lab.stop'))).toBeEnabled(PATIENCE);
  await expect(page.getByRole('list', { name: t('lab.machines') }).getByRole('listitem')).toHaveCount(MACHINES);
  for (const item of await page
    .getByRole('list', { name: t('lab.machines') })
    .getByRole('listitem')
    .all())
    await expect(item.getByText(t('lab.state.running'))).toBeVisible(PATIENCE);
  await expect(page.getByText(t('lab.fault.CERT_HAS_EXPIRED')).first()).toBeVisible(PATIENCE);
  await expect(machine(page, 'cloud-agent').getByText(t('lab.answers'))).toHaveCount(2, PATIENCE);
  expect(readPids(place).filter(isRunning)).toHaveLength(MACHINES);
  expect(await findingsInBothThemes(page), 'a lab that runs').toEqual([]);

  const countRunning = (): number => readPids(place).filter(isRunning).length;
  await button(page, t('lab.switchOff.named', { machine: 'lab-retail' })).click();
  await expect(
    machine(page, 'lab-retail')
      .getByRole('paragraph')
      .filter({ hasText: /^\s*Off\s*$/u }),
  ).toBeVisible(PATIENCE);
  expect(countRunning()).toBe(MACHINES - 1);
  await button(page, t('lab.switchOn.named', { machine: 'lab-retail' })).click();
  await expect(machine(page, 'lab-retail').getByText(t('lab.state.running'))).toBeVisible(PATIENCE);
  expect(countRunning()).toBe(MACHINES);

  await button(page, t('lab.import')).click();
  await page.keyboard.press('Control+2');
  await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(50);

  await openLab(page);
  await button(page, t('lab.log.named', { machine: 'lab-logistics' })).click();
  const log = page.getByRole('region', { name: t('lab.log.named', { machine: 'lab-logistics' }) });
  await expect(log).toContainText('lab-logistics: started');
  await button(page, t('lab.log.diagnose')).click();
  await expect(page.getByRole('region', { name: t('repair.cause.first') })).toBeVisible(PATIENCE);

  await openLab(page);
  const pids = readPids(place);
  await button(page, t('lab.more')).click();
  await page.getByRole('menuitem', { name: t('lab.remove') }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('lab.remove.submit'), exact: true })
    .click();
  await expect(button(page, t('lab.form.submit'))).toBeVisible(PATIENCE);
  expect(existsSync(place)).toBe(false);
  expect(pids.filter(isRunning)).toEqual([]);
});

test('a plan for an imported lab changes its running machines', async ({ start, folder }) => {
  test.setTimeout(300_000);
  const place = join(folder, 'lab');
  mkdirSync(place);
  const { application, page } = await start();
  await answerOpenDialog(application, [place]);
  await openLab(page);
  await button(page, t('lab.form.submit')).click();
  const fault = t('lab.fault.CERT_HAS_EXPIRED');
  await expect(machine(page, 'lab-management').getByText(fault)).toHaveCount(3, PATIENCE);
  await button(page, t('lab.import')).click();

  await page.keyboard.press('Control+1');
  const words = t('action.repair', { cluster: '' }).trim();
  await page.getByRole('main').getByRole('button', { name: words }).first().click();
  await button(page, t('repair.wizard.to.run')).click();
  await expect(page.getByText(t('run.begin.lab.lead', { folder: place }))).toBeVisible(PATIENCE);
  await button(page, t('run.begin.start')).click();
  await expect(page.getByText('Update-AksHciCertificates').first()).toBeVisible(PATIENCE);
  await button(page, t('run.ask.run')).click();
  await expect(page.getByText(t('run.step-state.done')).first()).toBeVisible(PATIENCE);

  await openLab(page);
  await expect(machine(page, 'lab-management').getByText(t('lab.answers'))).toHaveCount(3, PATIENCE);
  await expect(machine(page, 'lab-retail').getByText(fault)).not.toHaveCount(0);
  await button(page, t('lab.stop')).click();
  await expect(button(page, t('lab.start'))).toBeVisible(PATIENCE);
});

test('machines end with the console; their lab is there at the next start, and is shown as gone without its folder', async ({
  start,
  folder,
}) => {
  test.setTimeout(300_000);
  const place = join(folder, 'lab');
  mkdirSync(place);
  const first = await start();
  await answerOpenDialog(first.application, [place]);
  await openLab(first.page);
  await button(first.page, t('lab.form.submit')).click();
  await expect(button(first.page, t('lab.stop'))).toBeEnabled(PATIENCE);
  const pids = readPids(place);
  expect(pids.filter(isRunning)).toHaveLength(MACHINES);
  await first.application.close();
  await expect.poll(() => pids.filter(isRunning)).toEqual([]);

  const { page } = await start();
  await change(page, { language: 'ja' });
  const japanese = translator('ja');
  await runByPalette(page, japanese('command.lab.open'));
  await expect(button(page, japanese('lab.start'))).toBeVisible(PATIENCE);
  expect(await findingsInBothThemes(page), 'a lab that does not run').toEqual([]);
  rmSync(place, { recursive: true });
  await expect(page.getByText(japanese('lab.gone', { path: place }))).toBeVisible(PATIENCE);
  await button(page, japanese('lab.forget')).click();
  await expect(button(page, japanese('lab.form.submit'))).toBeVisible();
});
