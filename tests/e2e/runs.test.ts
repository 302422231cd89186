import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import type { RunRecord } from '../../core/runs/model/run.ts';
import type { RunView } from '../../core/runs/model/view.ts';
import { translator, type Language, type Translate } from '../../core/shared/text/text.ts';
import { PRINTS_END } from '../support/script-end.ts';
import { needTool } from '../support/tools.ts';
import { findingsInBothThemes, runAxe } from './axe.ts';
import { answerMessageBox, answerSaveDialog, readFolder, expect, launch, ready, rowCount, test } from './console.ts';
import { showCredentials } from './launch.ts';
import { answerByShortcut, tabTo } from './keyboard.ts';
import { mainApi } from './main-api.ts';
import { MOST_ROWS_UNREAD } from './screens.ts';

/** Computing plans and running steps take time on a busy machine. */
const PATIENCE = { timeout: 120_000 };

/** Indexes of the buttons in the question before a run on a real computer. */
const CONFIRM = 0;
const CANCEL = 1;

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-runs-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How the user activates a control: with the mouse or with the keyboard alone. */
type Press = (target: Locator) => Promise<void>;

const click: Press = (target) => target.click();

const pressByKeys: Press = async (target) => {
  await expect(target).toBeEnabled();
  await tabTo(target);
  await target.page().keyboard.press('Enter');
};

interface Working {
  page: Page;
  t: Translate;
  press: Press;
}

function button({ page }: Pick<Working, 'page'>, name: string): Locator {
  return page.getByRole('main').getByRole('button', { name, exact: true });
}

/** Starts at the board and goes through the repair wizard to the first question of a run. */
async function beginRepair(working: Working): Promise<void> {
  const { page, t, press } = working;
  const words = t('action.repair', { cluster: '' }).trim();
  await press(page.getByRole('main').getByRole('button', { name: words }).first());
  await press(button(working, t('repair.wizard.to.run')));
  await expect(page.getByText(t('run.begin.practice'), { exact: true })).toBeVisible(PATIENCE);
  await press(button(working, t('run.begin.start')));
}

/** Answers each step until the end of the plan and skips failed steps; returns the number of answers. */
async function goThrough(working: Working): Promise<number> {
  const { page, t, press } = working;
  const end = page.getByRole('heading', { name: t('run.end.done') });
  const run = button(working, t('run.ask.run'));
  const byHand = button(working, t('run.ask.by-hand'));
  const retry = button(working, t('run.ask.retry'));
  const any = run.or(byHand).or(retry).or(end);
  let answers = 0;
  for (; answers < 60; answers += 1) {
    await expect(any).toBeVisible(PATIENCE);
    if (await end.isVisible()) return answers;
    const head = page.getByRole('main').getByRole('heading', { level: 2 });
    // The focus moves to the next task, but never to its button.
    await expect(head).toBeFocused();
    const article = page.getByRole('main').getByRole('article');
    const at = await article.getAttribute('aria-label');
    const next = page.getByRole('main').locator(`article:not([aria-label="${at ?? ''}"])`);
    if (await retry.isVisible()) {
      await press(button(working, t('run.ask.skip')));
      await page.keyboard.type('not in the lab');
      await page.keyboard.press('Enter');
      await expect(end.or(next)).toBeVisible(PATIENCE);
    } else {
      await press((await run.isVisible()) ? run : byHand);
      await expect(end.or(next).or(retry)).toBeVisible(PATIENCE);
    }
  }
  throw new Error('the run has no end');
}

test.describe('on a lab', () => {
  for (const [language, press] of [
    ['en', click],
    ['ja', pressByKeys],
  ] as const satisfies readonly (readonly [Language, Press])[])
    test(`a plan runs to its end, ${press === click ? 'by mouse' : 'by keys'}, in ${language}`, async ({
      start,
      lab,
    }) => {
      const { page, application } = await start('--import', lab.folder);
      await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(MOST_ROWS_UNREAD);
      if (language === 'ja') await page.keyboard.press('Control+Shift+L');
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      const working = { page, t: translator(language), press };
      const { t } = working;
      await beginRepair(working);
      expect(await goThrough(working)).toBeGreaterThan(0);
      await expect(page.getByRole('table', { name: t('run.end.table') })).toBeVisible();
      expect(await runAxe(page)).toEqual([]);
      // The console creates the evidence pack from the files on disk.
      const path = join(folder, `evidence-${language}.zip`);
      await answerSaveDialog(application, path);
      await press(button(working, t('run.evidence')));
      const saved = t('run.evidence.saved', { name: `evidence-${language}.zip` });
      await expect(page.getByText(saved)).toBeVisible();
      // The list of runs contains the run, with its transcript.
      if (press === click) await page.getByRole('button', { name: t('navigation.runs') }).click();
      else await page.keyboard.press('Control+Shift+H');
      const back = button(working, t('runs.back'));
      await expect(back).toBeVisible();
      await press(back);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('runs.answer.done', { count: 1 }));
      const row = page
        .getByRole('table', { name: t('runs.list') })
        .getByRole('row')
        .nth(1);
      await expect(row).toContainText(t('run.target.lab', { folder: lab.folder }));
      await press(row.getByRole('button'));
      await press(
        page
          .getByRole('navigation', { name: t('run.steps') })
          .getByRole('button')
          .first(),
      );
      await expect(page.getByRole('heading', { name: t('run.output.of'), exact: true })).toBeVisible();
      await press(button(working, t('run.step.back.end')));
      await expect(page.getByRole('table', { name: t('run.end.table') })).toBeVisible();
      expect(unpackRecord(path)).toMatchObject({ state: 'done', target: `lab:${lab.folder}` });
    });
});

/**
 * Reads the record in an evidence pack after unzip and sha256sum have found no error. Must be the last call in a test,
 * because unzip may be missing, which skips the test.
 */
function unpackRecord(path: string): RunRecord {
  const into = `${path}.d`;
  mkdirSync(into);
  execFileSync(needTool(test, 'unzip'), ['-q', path, '-d', into]);
  execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: into });
  for (const language of ['en', 'ja'])
    expect(readFileSync(join(into, `transcript.${language}.txt`), 'utf8').length).toBeGreaterThan(9);
  return JSON.parse(readFileSync(join(into, 'run.json'), 'utf8')) as RunRecord;
}

/** Replaces Windows PowerShell on this computer with a program whose behaviour depends on the file `mode` beside it. */
const POWER_SHELL = String.raw`
const fs = require('node:fs');
const input = fs.readFileSync(0, 'utf8');
${PRINTS_END}
const mode = () => fs.readFileSync(__dirname + '/mode', 'utf8');
fs.appendFileSync(__dirname + '/calls', JSON.stringify({ mode: mode(), input }) + '\n');
if (mode() === 'fails') {
  console.log('password: hunter2-hunter2');
  console.error('rpc error: code = Unauthenticated desc = Valid Token Required. Token is expired');
  process.exit(1);
}
if (mode() === 'errors') {
  fs.writeFileSync(__dirname + '/mode', 'works');
  console.error('Update-AksHciClusterCertificates : one node was left out');
  process.exit(3);
}
const until = Date.now() + 60000;
let count = 0;
const wait = () => {
  if (mode() !== 'hangs' || Date.now() > until) return;
  if (count < 200) console.log('waiting for machine ' + (count += 1));
  setTimeout(wait, 100);
};
if (mode() === 'hangs') wait();
else console.log('All is well.');
`;

interface Host {
  folder: string;
  /** With `errors`, the next command ends and writes an error; later commands work. */
  set(mode: 'works' | 'fails' | 'errors' | 'hangs'): void;
  calls(): { mode: string; input: string }[];
}

function powerShell(): Host {
  const place = mkdtempSync(join(folder, 'host-'));
  const path = join(place, 'powershell.exe');
  writeFileSync(path, `#!${process.execPath}\n${POWER_SHELL}`);
  chmodSync(path, 0o755);
  const set = (mode: string): void => writeFileSync(join(place, 'mode'), mode);
  set('works');
  return {
    folder: place,
    set,
    calls: () =>
      readFileSync(join(place, 'calls'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { mode: string; input: string }),
  };
}

/**
 * Starts a repair of `failure` on this computer, and returns the run when it asks before its first cmdlet that has a
 * check.
 */
async function runHere(page: Page, failure: 'F22'): Promise<RunView> {
  const { inventory, repair, runs } = mainApi(page);
  const overview = await inventory.overview();
  if (!overview.ok) throw new Error(overview.problem.code);
  const clusters = overview.value.clusters.flatMap(({ id, name }) => (name === 'retail-east' ? [id] : []));
  const answers = { texts: [], answers: {}, clusters, failures: [failure] };
  const planned = await repair.plan(answers);
  if (!planned.ok) throw new Error(planned.problem.code);
  const { steps } = planned.value.plan;
  let view = await runs.start({
    source: { kind: 'repair', answers },
    stepIds: steps.map(({ id }) => id),
    target: { kind: 'local' },
    values: [],
  });
  for (;;) {
    if (!view.ok) throw new Error(view.problem.code);
    const { run, question } = view.value;
    const step = steps.find(({ id }) => id === question?.stepId);
    if (step?.command?.kind === 'cmdlet' && step.check !== undefined) return view.value;
    const { id } = run;
    if (question === undefined) view = await runs.read({ id });
    else view = await runs.answer({ id, stepId: question.stepId, answer: { kind: 'done' } });
  }
}

async function kill(application: ElectronApplication): Promise<void> {
  const { pid } = application.process();
  if (pid === undefined) throw new Error('the console has no process');
  const gone = new Promise((resolve) => application.process().once('exit', resolve));
  process.kill(pid, 'SIGKILL');
  await gone;
}

test('a run continues at the step that was in progress when the console was killed', async ({
  dataFolder,
  workstation,
}) => {
  const t = translator('en');
  const host = powerShell();
  const { PATH = '' } = process.env;
  process.env['PATH'] = `${host.folder}${delimiter}${PATH}`;
  const running: ElectronApplication[] = [];
  const open = async (...options: string[]): Promise<Page> => {
    const application = await launch(dataFolder, ...options);
    running.push(application);
    const page = await application.firstWindow(PATIENCE);
    await ready(page);
    await showCredentials(page);
    return page;
  };
  try {
    let page = await open('--import', workstation.folder);
    await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(5);
    // The page cannot run anything by itself: no command starts until a dialog of the system is confirmed.
    await answerMessageBox(running[0] as ElectronApplication, CANCEL);
    await expect(runHere(page, 'F22')).rejects.toThrow('run.not-confirmed');
    const asked = await answerMessageBox(running[0] as ElectronApplication, CONFIRM);
    const { run, question } = await runHere(page, 'F22');
    expect(await asked()).toEqual([expect.stringContaining(t('run.consent.plan', { value: '' }))]);
    const at = run.plan.steps.findIndex(({ id }) => id === question?.stepId) + 1;
    const count = run.plan.steps.length;

    // The other views show that the run is waiting.
    const line = page.getByRole('region', { name: t('tasks.region') });
    await expect(line).toContainText(`step ${at} of ${count} waits for you`);
    await line.getByRole('button', { name: t('runs.line.show') }).click();
    await expect(page.getByText(t('run.step.number', { at, count }), { exact: true })).toBeVisible();
    expect(await findingsInBothThemes(page)).toEqual([]);

    // The console explains the failure, and neither displays nor stores a secret.
    host.set('fails');
    await answerByShortcut(page);
    await expect(page.getByText(t('run.ask.failed.lead'))).toBeVisible(PATIENCE);
    await expect(page.getByRole('main')).toContainText('Valid Token Required');
    await expect(page.getByRole('main')).not.toContainText('hunter2');
    await expect(page.getByRole('button', { name: /^About F\d\d$/u }).first()).toBeVisible();
    expect(await runAxe(page)).toEqual([]);

    // On retry, the command ends and writes an error. The result of the step is unknown, so the admin must check.
    await answerByShortcut(page);
    const begin = page.getByRole('button', { name: t('run.ask.run') });
    await expect(begin).toBeVisible(PATIENCE);
    host.set('errors');
    await answerByShortcut(page);
    await expect(page.getByText(t('run.ask.errors.lead'))).toBeVisible(PATIENCE);
    await expect(page.getByRole('main')).toContainText('one node was left out');
    await expect(page.getByRole('button', { name: t('run.ask.errors-done') })).toBeVisible();
    expect(await findingsInBothThemes(page)).toEqual([]);

    // On the next retry, the command hangs, and the page shows its output as it arrives.
    await answerByShortcut(page);
    await expect(begin).toBeVisible(PATIENCE);
    host.set('hangs');
    await answerByShortcut(page);
    await expect(page.getByRole('main')).toContainText('waiting for machine 5', PATIENCE);
    await expect(page.getByText(/^Running for \d+ s/u)).toBeVisible();
    expect(await runAxe(page)).toEqual([]);
    await kill(running[0] as ElectronApplication);
    host.set('works');

    page = await open();
    const cut = page.getByRole('region', { name: t('tasks.region') });
    await expect(cut).toContainText('was interrupted', PATIENCE);
    await cut.getByRole('button', { name: t('runs.line.show') }).click();
    await expect(page.getByRole('heading', { name: t('run.paused.interrupted') })).toBeFocused();
    const unknown = page.getByText(`${t('run.paused.steps', { count: 1 })} (${at})`);
    await expect(unknown).toBeVisible();
    expect(await runAxe(page)).toEqual([]);
    const before = host.calls().length;
    await answerMessageBox(running[1] as ElectronApplication, CONFIRM);
    await page.getByRole('button', { name: t('run.resume', { at }) }).click();
    await expect(page.getByText(t('run.unknown.title'))).toBeVisible(PATIENCE);
    // The console repeats only the read-only check of the step.
    await expect(page.getByText(t('run.unknown.looked'))).toBeVisible();
    expect(host.calls().length - before).toBe(1);
    expect(await runAxe(page)).toEqual([]);
    await answerByShortcut(page);
    await expect(page.getByText(t('run.step.number', { at: at + 1, count }), { exact: true })).toBeVisible(PATIENCE);
    await page.getByRole('button', { name: t('run.ask.stop') }).click();
    await expect(page.getByRole('heading', { name: t('run.paused.stopped') })).toBeVisible(PATIENCE);
    expect(readFolder(join(dataFolder, 'runs'))).not.toContain('hunter2');
  } finally {
    host.set('works');
    process.env['PATH'] = PATH;
    for (const application of running.slice(1)) await application.close();
  }
});

test('without a run, the runs screen offers an update as the next step', async ({ shared }) => {
  const { page } = shared;
  const t = translator('en');
  await page.keyboard.press('Control+Shift+H');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('runs.answer.none'));
  expect(await findingsInBothThemes(page)).toEqual([]);
  await page.getByRole('button', { name: t('runs.empty.update') }).click();
  await expect(page.getByRole('heading', { name: t('navigation.update') }).first()).toBeVisible();
});
