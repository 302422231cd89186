import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { translator } from '../../core/shared/text/text.ts';
import { findPostgres, NO_POSTGRES, PostgresServer } from '../support/postgres.ts';
import { change, findingsInBothThemes } from './axe.ts';
import { COMMAND_LINE, expect, rowCount, runByPalette, test } from './console.ts';
import { PATIENCE } from './launch.ts';
import { mainApi } from './main-api.ts';

/* Two consoles with data folders of their own, which share an inventory in a real PostgreSQL. */

const t = translator('en');
const PROGRAMS = findPostgres();

let server: PostgresServer | undefined;
test.beforeAll(async () => {
  if (PROGRAMS !== undefined) server = await PostgresServer.start(PROGRAMS);
});
test.afterAll(() => server?.stop());

function arcwarden(data: string, ...words: string[]): string {
  return execFileSync(process.execPath, [COMMAND_LINE, ...words, '--data', data], { encoding: 'utf8', stdio: 'pipe' });
}

test('a change of another admin appears by itself, and the copy stays when the server is away', async ({
  start,
  dataFolder,
  folder,
  workstation,
}) => {
  test.skip(server === undefined, NO_POSTGRES);
  if (server === undefined) return;
  const address = server.createDatabase();
  const other = join(folder, 'other');
  for (const data of [dataFolder, other]) arcwarden(data, 'store', 'use', address);
  const { page } = await start();

  arcwarden(other, 'inventory', 'import', workstation.folder);
  await page.keyboard.press('Control+2');
  await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(5);
  const rows = await rowCount(page);

  // The page of a cluster says who works on it, and no longer when that is over.
  const claim = (call: string): void => {
    const { error } = server?.sql(address.slice(address.lastIndexOf('/') + 1), `select arcwarden.${call}`) ?? {};
    expect(error).toBe('');
  };
  const { inventory } = mainApi(page);
  const overview = await inventory.overview();
  const cluster = overview.ok ? overview.value.clusters.find(({ name }) => name === 'retail-east')?.id : undefined;
  claim(`take_claim('run/${cluster ?? ''}', 'CORP\\anna 3f9a01', 60)`);
  await page.keyboard.press('Control+1');
  await page.getByRole('main').getByRole('button', { name: 'retail-east', exact: true }).first().click();
  const presence = page.getByRole('main').getByText(/^\s*CORP\\anna 3f9a01 is running a plan on this cluster/u);
  await expect(presence).toBeVisible(PATIENCE);
  expect(await findingsInBothThemes(page)).toEqual([]);
  claim(`end_claim('run/${cluster ?? ''}', 'CORP\\anna 3f9a01', 1)`);
  await expect(presence).toHaveCount(0);

  await runByPalette(page, t('command.settings.open'));
  const section = page.getByRole('region', { name: t('team.title') });
  await expect(section).toContainText(address);
  expect(await findingsInBothThemes(page)).toEqual([]);

  await server.kill();
  const bar = page.getByRole('region', { name: t('tasks.region') });
  await expect(bar).toContainText('The shared store does not answer. You see the copy of', PATIENCE);
  await expect(section.getByRole('alert')).toContainText(/127\.0\.0\.1:\d+: .*ECONN(?:REFUSED|RESET)/u);
  expect(await findingsInBothThemes(page)).toEqual([]);
  await change(page, { language: 'ja' });
  const japanese = translator('ja');
  await expect(page.getByRole('region', { name: japanese('tasks.region') })).toContainText('共有ストアが応答しません');
  const sectionInJapanese = page.getByRole('region', { name: japanese('team.title') });
  await expect(sectionInJapanese.getByRole('alert')).toContainText('共有ストアを現在使えません');
  await change(page, { language: 'en' });
  await page.keyboard.press('Control+2');
  await expect.poll(() => rowCount(page)).toBe(rows);
  await bar.getByRole('button', { name: t('team.details') }).click();
  await expect(section.getByRole('heading', { name: t('team.title') })).toBeFocused();
  await expect(section.getByRole('alert')).toBeInViewport();

  await server.begin();
  await expect(bar).not.toContainText('The shared store does not answer', { timeout: 30_000 });
  await expect(section.getByRole('alert')).toHaveCount(0);
});
