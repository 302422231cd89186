import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { openssl } from '../support/openssl.ts';
import { answerSaveDialog, expect, rowCount, test } from './console.ts';
import { tabTo } from './keyboard.ts';

const CLUSTERS = 8;

const card = (page: Page, cluster: string): Locator => page.getByRole('article', { name: cluster, exact: true });

/** Finds the earliest expiry among the certificates in a folder with openssl, in milliseconds since 1970. */
function firstEnd(folder: string): number {
  const ends = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.crt'))
    .map((name) => {
      const text = openssl('x509', '-in', join(folder, name), '-noout', '-enddate').toString();
      return Date.parse(text.replace('notAfter=', ''));
    });
  return Math.min(...ends);
}

/** Formats a moment as the console does (`26 Nov 2026 05:59`), in the console's time zone. */
function formatTime(ms: number): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: 'Asia/Tokyo',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(ms);
  const part = (name: string) => parts.find(({ type }) => type === name)?.value ?? '';
  return `${part('day')} ${part('month')} ${part('year')} ${part('hour')}:${part('minute')}`;
}

/** Converts text such as `8 h 59 min` into minutes. */
function minutesIn(text: string): number {
  const [, hours = '0', minutes = '0'] = /^(?:(\d+) h)? ?(?:(\d+) min)?$/u.exec(text.trim()) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

async function countPages(application: ElectronApplication, file: string, pageSize: 'A4' | 'Letter'): Promise<number> {
  const pdf = await application.evaluate(
    async ({ BrowserWindow }, [path, size]) => {
      const window = new BrowserWindow({ show: false, webPreferences: { javascript: false } });
      await window.loadFile(path);
      const printed = await window.webContents.printToPDF({ pageSize: size });
      window.destroy();
      return printed.toString('latin1');
    },
    [file, pageSize] as const,
  );
  return pdf.match(/\/Type\s*\/Page\b/gu)?.length ?? 0;
}

test.describe('with the demo fleet', () => {
  test.use({ content: 'fleet' });

  test('by keyboard alone, the power-off view shows how long a cluster may stay off and which commands repair it afterwards', async ({
    shared,
    fleet,
  }) => {
    const { application, page } = shared;
    await page.keyboard.press('Control+4');
    await expect(page.getByRole('article')).toHaveCount(CLUSTERS);

    // The large number is the time until the expiry of the first certificate whose end breaks something, according to
    // openssl.
    const endMs = firstEnd(join(fleet, 'retail-east'));
    const east = card(page, 'retail-east');
    await expect(east.locator('.under')).toHaveText(`until ${formatTime(endMs)}`);
    const minutes = minutesIn(await east.locator('.big').innerText());
    expect(Math.abs(minutes - (endMs - Date.now()) / 60_000)).toBeLessThanOrEqual(2);

    // This cluster was off, and the required actions are listed in order.
    const logistics = card(page, 'logistics');
    await tabTo(logistics.getByText('Details to enter'));
    await page.keyboard.press('Enter');
    await tabTo(logistics.getByLabel('Switched off since'));
    // Between 34.3 and 35.7 days have passed since 08:00 on that day, depending on the present time of day.
    const since = new Date(Date.now() - 35 * 86_400_000);
    const two = (part: number): string => String(part).padStart(2, '0');
    await page.keyboard.type(
      `${since.getUTCFullYear()}-${two(since.getUTCMonth() + 1)}-${two(since.getUTCDate())} 8:00`,
    );
    await page.keyboard.press('Enter');
    await expect(logistics.getByText(/^Switched off since \d+ \w+ \d+ 08:00 \(3[456] d\)$/u)).toBeVisible();
    await tabTo(logistics.getByRole('button', { name: 'logistics', exact: true }));
    await page.keyboard.press('Enter');
    await tabTo(page.getByRole('button', { name: /^Plan \d+$/u }));
    await page.keyboard.press('Enter');
    const steps = page.getByRole('region', { name: /^Plan/u }).getByRole('listitem');
    await expect(steps.locator('code').filter({ hasText: / -name logistics/u })).toHaveText([
      'Update-AksHciClusterCertificates -name logistics -fixKubeletCredentials',
      'Update-AksHciClusterCertificates -name logistics -fixCloudCredentials',
      'Update-AksHciClusterCertificates -name logistics -patchLoadBalancer -fixCloudCredentials',
      'Get-AksHciCredential -name logistics',
    ]);
    const repairing = steps.filter({ hasText: ' -name logistics -fixKubeletCredentials' });
    const copy = repairing.getByRole('button', { name: /opy/u }).first();
    await tabTo(copy);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => application.evaluate(({ clipboard }) => clipboard.readText()))
      .toBe('Update-AksHciClusterCertificates -name logistics -fixKubeletCredentials');
  });

  test('the management report is saved in both languages, with one printed page for each cluster', async ({
    shared,
    folder,
  }) => {
    const { application, page } = shared;
    await expect.poll(() => rowCount(page)).toBeGreaterThan(150);
    for (const [language, button, item] of [
      ['en', 'Export', 'Report for management…'],
      ['ja', 'エクスポート', '管理職向けレポート…'],
    ] as const) {
      const file = join(folder, `report-${language}.html`);
      await answerSaveDialog(application, file);
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await expect(page.getByText(`report-${language}.html`)).toBeVisible();
      const html = readFileSync(file, 'utf8');
      expect(html).toContain(`<html lang="${language}">`);
      expect(html.match(/<section class="page cluster">/gu)).toHaveLength(CLUSTERS);
      const fleetAlone = join(folder, `fleet-${language}.html`);
      writeFileSync(fleetAlone, html.replace(/<section class="page cluster">[^]*?<\/section>/gu, ''));
      for (const size of ['A4', 'Letter'] as const)
        expect(await countPages(application, file, size), `${language} on ${size}`).toBe(
          CLUSTERS + (await countPages(application, fleetAlone, size)),
        );
      if (language === 'en') await page.keyboard.press('Control+Shift+L');
    }
  });

  test('the power-off view and the thresholds are translated into Japanese, but the cmdlets are not', async ({
    shared,
  }) => {
    const { page } = shared;
    await expect.poll(() => rowCount(page)).toBeGreaterThan(150);
    await page.keyboard.press('Control+Shift+L');
    await page.keyboard.press('Control+4');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('停止しています');
    await card(page, 'finance').getByRole('button', { name: 'finance', exact: true }).click();
    await page.getByRole('button', { name: /^計画 \d+$/u }).click();
    const commands = page.getByRole('region', { name: /^計画/u }).getByRole('listitem').locator('code');
    await expect(commands.filter({ hasText: ' -name ' })).toHaveText(['Get-AksHciCredential -name finance']);
    await page.keyboard.press('Control+,');
    await expect(page.getByRole('heading', { name: 'しきい値' })).toBeVisible();
  });
});

test.describe('with the files of an admin', () => {
  test.use({ content: 'workstation' });

  test('changing a threshold in the settings changes the board, and one click resets it', async ({ shared }) => {
    const { page } = shared;
    const urgent = page.getByRole('button', { name: /^Urgent: / });
    await expect(urgent).toHaveAccessibleName('Urgent: 2');
    await page.keyboard.press('Control+,');
    // The certificate of kvactl has 20 of 90 days left.
    const days = page.getByLabel('MOC certificates and tokens, Urgent: at most this many days left');
    const percent = page.getByLabel('MOC certificates and tokens, Urgent: percent of the lifetime left');
    await page.getByText('Advanced: the value for each class').click();
    await days.fill('');
    await days.press('Enter');
    await percent.fill('25');
    await percent.press('Enter');
    await page.keyboard.press('Control+2');
    await expect(urgent).toHaveAccessibleName('Urgent: 3');
    await page.keyboard.press('Control+,');
    await percent.fill('99');
    await percent.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'before the state to its left' })).toBeVisible();
    await page.getByRole('button', { name: 'Reset to default: MOC certificates and tokens' }).click();
    await expect(percent).toHaveValue('7.78');
    await page.keyboard.press('Control+2');
    await expect(urgent).toHaveAccessibleName('Urgent: 2');
  });
});

test('the report is printed from a window without scripts through the dialog of the system, and leaves no files behind', async ({
  start,
  dataFolder,
  workstation,
}) => {
  const { application, page } = await start('--import', workstation.folder);
  await expect.poll(() => rowCount(page)).toBeGreaterThan(10);
  // Replaces the print dialog, which belongs to the system.
  await application.evaluate(({ app }) => {
    const seen: { title: string; url: string; silent: unknown }[] = [];
    (globalThis as unknown as { seen: typeof seen }).seen = seen;
    app.on('web-contents-created', (_event, contents) => {
      contents.print = (options, answered) => {
        seen.push({ title: contents.getTitle(), url: contents.getURL(), silent: options?.silent });
        answered?.(true, '');
      };
    });
  });
  await page.keyboard.press('Control+p');
  await expect(page.getByText('Sent the report to the printer.')).toBeVisible();
  const seen = await application.evaluate(
    () => (globalThis as unknown as { seen: { title: string; url: string; silent: unknown }[] }).seen,
  );
  expect(seen.map(({ silent }) => silent)).toEqual([false]);
  expect(seen[0]?.title).toContain('report for management');
  expect(seen[0]?.url).toMatch(/^app:\/\/print\//u);
  expect(readdirSync(dataFolder)).not.toContain('printing');
});
