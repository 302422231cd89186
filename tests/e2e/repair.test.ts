import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { FAILURES } from '../../core/knowledge/model/failures/failures.ts';
import { translator, type Language } from '../../core/shared/text/text.ts';
import { PERTURBATIONS } from '../support/perturbed.ts';
import { apiServers, handshake } from '../support/lab-world.ts';
import { needTool } from '../support/tools.ts';
import { findingsInBothThemes } from './axe.ts';
import { answerOpenDialog, answerSaveDialog, expect, rowCount, test, type Running } from './console.ts';
import { answerByShortcut, tabTo } from './keyboard.ts';
import { MOST_ROWS_UNREAD } from './screens.ts';

/** Every answer recomputes causes and plans, which takes time on a busy machine. */
const PATIENCE = { timeout: 120_000 };

// The content is the management cluster and six workload clusters, each in a different state.
test.use({ content: 'fleet' });

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-repair-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The code with which openssl accepts a chain. */
const VALID = 0;

class Wizard {
  readonly page: Page;
  readonly main: Locator;
  readonly t: ReturnType<typeof translator>;

  constructor(page: Page, language: Language = 'en') {
    this.page = page;
    this.main = page.getByRole('main');
    this.t = translator(language);
  }

  button(name: string): Locator {
    return this.main.getByRole('button', { name, exact: true });
  }

  cluster(name: string): Locator {
    return this.main.getByRole('checkbox', { name: new RegExp(`^${name}\\b`, 'u') });
  }

  get box(): Locator {
    return this.main.getByRole('textbox', { name: this.t('repair.symptom.text.label') });
  }

  get headline(): Locator {
    return this.main.getByRole('heading', { level: 2 }).first();
  }

  get cause(): Locator {
    return this.main.getByRole('article').first().getByRole('heading', { level: 3 });
  }

  step(step: 'symptom' | 'evidence' | 'cause' | 'plan' | 'run'): Locator {
    const name = this.t(`repair.wizard.step.${step}`);
    return this.main.getByRole('navigation').getByRole('button', { name: new RegExp(name, 'u') });
  }

  /** Lists the commands of the cards, in display order. */
  commands(): Promise<string[]> {
    return this.main
      .getByRole('list', { name: this.t('steps.steps'), exact: true })
      .locator('> li article > details > .command code')
      .allTextContents();
  }

  failure(id: string): string {
    return this.t(`failure.${id}` as 'failure.F01');
  }
}

async function openWizard({ page }: Running, language: Language = 'en'): Promise<Wizard> {
  await expect.poll(() => rowCount(page), PATIENCE).toBeGreaterThan(MOST_ROWS_UNREAD);
  if (language === 'ja') await page.keyboard.press('Control+Shift+L');
  return new Wizard(page, language);
}

interface State {
  cluster: string;
  state: string;
  /** The failure that the wizard lists first; absent if there is no failure. */
  failure?: string;
  /** Substrings of the plan's commands, each in a separate command, in this order. */
  commands?: readonly string[];
}

/** The simulated states of the clusters, and the repair of each. */
const STATES: readonly State[] = [
  {
    cluster: 'sapporo-depot',
    state: 'switched off for 6 days',
    failure: 'F01',
    commands: [
      'Update-AksHciClusterCertificates -name sapporo-depot -fixKubeletCredentials',
      'Get-AksHciCredential -name sapporo-depot',
    ],
  },
  {
    cluster: 'logistics',
    state: 'switched off for 35 days',
    failure: 'F22',
    commands: [
      'Update-AksHciClusterCertificates -name logistics -fixKubeletCredentials',
      'Update-AksHciClusterCertificates -name logistics -fixCloudCredentials',
      'Get-AksHciCredential -name logistics',
    ],
  },
  {
    cluster: 'nagoya-lab',
    state: 'revoked without notBefore',
    failure: 'F34',
    commands: ['kubectl delete -f', 'Update-AksHciClusterCertificates -name nagoya-lab -fixKubeletCredentials'],
  },
  {
    cluster: 'finance',
    state: 'with an expired kubeconfig',
    failure: 'F11',
    commands: ['Get-AksHciCredential -name finance'],
  },
  {
    cluster: 'retail-east',
    state: 'in which renewals stall',
    failure: 'F18',
    commands: [
      ':~/cert-tattoo-kubelet.yaml .\\cert-tattoo-kubelet.yaml',
      'clouduser@<worker-ip>:~/cert-tattoo-kubelet.yaml',
      'kubectl -n kube-system get pods',
    ],
  },
  { cluster: 'osaka-plant', state: 'where renewals are due' },
  { cluster: 'management', state: 'healthy' },
];

function findPositions(commands: readonly string[], wanted: readonly string[]): number[] {
  return wanted.map((part) => commands.findIndex((command) => command.includes(part)));
}

async function diagnose(wizard: Wizard, { cluster, failure, commands }: State): Promise<void> {
  const { t, main } = wizard;
  await wizard.step('symptom').click();
  const others = main.getByText(t('repair.symptom.others', { count: 2 }));
  if (failure === undefined) await others.click();
  await wizard.cluster(cluster).click();
  await wizard.step('cause').click();
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(t('repair.wizard.title.of', { cluster }));
  if (failure === undefined) {
    await expect(wizard.headline).toHaveText(t('repair.cause.none'), PATIENCE);
    await expect(wizard.step('plan')).toHaveAttribute('aria-disabled', 'true');
  } else {
    await expect(wizard.cause).toContainText(wizard.failure(failure), PATIENCE);
    await wizard.button(t('repair.wizard.to.plan')).click();
    await expect(main.getByRole('list', { name: t('repair.plan.causes') })).toBeVisible(PATIENCE);
    await expect(main.getByText(wizard.failure(failure)).first()).toBeVisible();
    const shown = await wizard.commands();
    const places = findPositions(shown, commands ?? []);
    expect(places, shown.join('\n')).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  }
}

test('each of the seven cluster states leads to its cause and, if needed, to a plan', async ({ shared }) => {
  const wizard = await openWizard(shared);
  await wizard.page.getByRole('button', { name: wizard.t('navigation.repair'), exact: true }).click();
  await expect(wizard.headline).toHaveText(wizard.t('repair.symptom.troubled', { count: 6 }));
  for (const state of STATES)
    await test.step(`${state.cluster}, ${state.state}`, async () => {
      await diagnose(wizard, state);
      await wizard.button(wizard.t('repair.wizard.reset')).click();
    });
});

test('the repair button of a cluster shows the plan, with the cause of the failure and its first command', async ({
  shared,
}) => {
  const wizard = await openWizard(shared);
  const { t } = wizard;
  await wizard.button(t('action.repair', { cluster: 'sapporo-depot' })).click();
  await expect(wizard.main.getByRole('list', { name: t('repair.plan.causes') })).toContainText(
    wizard.failure('F01'),
    PATIENCE,
  );
  await expect(wizard.main.locator('details[open] .command').first()).toBeInViewport();
  // The sources are one click away.
  await expect(
    wizard.main
      .getByRole('article')
      .first()
      .getByRole('button', { name: t('certainty.all-named', { name: '' }) })
      .first(),
  ).toBeVisible();
});

test('an error from the clipboard leads to the first right command in two actions, from any screen', async ({
  shared,
}) => {
  const wizard = await openWizard(shared);
  const { page, main, t } = wizard;
  const text =
    'PS C:\\> Get-AksHciCredential -name logistics\nUnable to connect to the server: x509: certificate has expired';
  await shared.application.evaluate(({ clipboard }, pasted) => clipboard.writeText(pasted), text);
  await page.locator('h1').first().click();
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Control+V');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(main.getByText(t('repair.fact.named', { clusters: 'logistics' }))).toBeHidden();
  await page.keyboard.press('Control+V');
  await expect(main.getByText(t('repair.fact.named', { clusters: 'logistics' }))).toBeVisible(PATIENCE);
  const command = main
    .getByRole('region', { name: t('repair.cause.first') })
    .locator('.command')
    .first();
  await expect(command).toBeInViewport({ timeout: PATIENCE.timeout });
  await command.getByRole('button').click();
  const copied = await shared.application.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toBe('Repair-MocLogin');
  await wizard.button(t('repair.wizard.to.plan')).click();
  await expect(main.getByRole('region', { name: t('repair.wizard.step.plan') })).toContainText('logistics', PATIENCE);
  expect((await wizard.commands())[0]).toBe(copied);
});

test.describe('pasted text', () => {
  const utf16 = (text: string): string => ['\ufeff', ...text].join('\0');
  const japanese = PERTURBATIONS['among Japanese lines'] ?? utf16;
  const wrapped = PERTURBATIONS['wrapped at 80 and indented'] ?? utf16;
  const findPublished = (id: string): string => FAILURES.find((each) => each.id === id)?.published[0] ?? '';

  test('is recognised among Japanese lines, wrapped, and in UTF-16', async ({ shared }) => {
    const wizard = await openWizard(shared);
    const { t } = wizard;
    await wizard.page.keyboard.press('Control+Shift+D');
    for (const [id, shape] of [
      ['F05', japanese],
      ['F08', wrapped],
      ['F04', (text: string) => utf16(japanese(text))],
    ] as const) {
      await wizard.box.fill(shape(findPublished(id)));
      await expect(wizard.main.getByText(`(${id},`)).toBeVisible(PATIENCE);
    }
    await wizard.box.fill(japanese(findPublished('F08')));
    await expect(wizard.main.getByText('(F08,')).toBeVisible(PATIENCE);
    await wizard.cluster('logistics').click();
    await wizard.button(t('repair.wizard.to.cause')).click();
    await expect(wizard.main.getByRole('region', { name: t('steps.warnings') })).toContainText(
      t('failure.warning.no-reboot'),
    );
    await wizard.button(t('repair.wizard.to.plan')).click();
    // The warning precedes all other content of the plan.
    const plan = wizard.main.getByRole('region', { name: t('repair.wizard.step.plan') });
    await expect(plan.getByRole('heading').first()).toHaveText(t('steps.warnings'), PATIENCE);
  });

  test('about another problem is identified as unrelated to certificates, with advice on where to look', async ({
    shared,
  }) => {
    const wizard = await openWizard(shared);
    await wizard.page.keyboard.press('Control+Shift+D');
    await wizard.box.fill(findPublished('F16'));
    await wizard.step('cause').click();
    await expect(wizard.headline).toHaveText(wizard.t('repair.cause.certificate.not'), PATIENCE);
    await expect(wizard.main.getByRole('article').first()).toContainText(wizard.t('failure.F16.look'));
  });

  test('leads to questions if it contains no known error', async ({ shared }) => {
    const wizard = await openWizard(shared);
    const { t, main } = wizard;
    await wizard.page.keyboard.press('Control+Shift+D');
    await wizard.box.fill('dial tcp: lookup api.contoso.example on 10.0.0.10:53: no such host');
    await wizard.step('cause').click();
    await expect(wizard.headline).toHaveText(t('repair.cause.none'), PATIENCE);
    await expect(main.getByRole('region', { name: t('repair.elsewhere') })).toContainText(t('failure.elsewhere.dns'));
    await wizard.button(t('repair.wizard.to.evidence')).click();
    await expect(wizard.headline).toContainText(t('triage.clock'));
    // The output of a command is also evidence.
    await wizard.button(t('repair.wizard.to.question')).click();
    await main
      .getByRole('textbox', { name: t('repair.question.output') })
      .fill('Error: Certificate has expired: Expired');
    await expect(main.getByText(t('repair.question.read.fails'))).toBeVisible();
    await expect(main.getByText(t('repair.question.failing'))).toBeVisible();
    await wizard.button(t('repair.wizard.to.cause')).click();
    await expect(wizard.cause).toContainText(wizard.failure('F04'), PATIENCE);
  });
});

test('the empty list of runs suggests a repair before an update if a cluster needs repair', async ({ shared }) => {
  const wizard = await openWizard(shared);
  const { t, main, page } = wizard;
  await page.keyboard.press('Control+Shift+H');
  await expect(main.getByText(t('runs.empty.troubled', { count: 6 }))).toBeVisible(PATIENCE);
  const buttons = main.locator('.actions').first().getByRole('button');
  await expect(buttons).toHaveText([t('runs.empty.repair'), t('runs.empty.update')]);
  await tabTo(buttons.first());
  await page.keyboard.press('Enter');
  await expect(wizard.headline).toHaveText(t('repair.symptom.troubled', { count: 6 }));
});

test('the list of other clusters stays expanded when the language changes', async ({ shared }) => {
  const wizard = await openWizard(shared);
  const { main, page } = wizard;
  await page.keyboard.press('Control+Shift+D');
  const others = main.locator('details', { has: page.locator('summary', { hasText: /\d/u }) });
  await others.locator('summary').click();
  await expect(others).toHaveAttribute('open');
  await page.keyboard.press('Control+Shift+L');
  await expect(others.locator('summary')).toContainText('問題が見つかっていないもの');
  await expect(others).toHaveAttribute('open');
});

test.describe('a step that may lose a cluster', () => {
  const findPublished = (id: string): string => FAILURES.find((each) => each.id === id)?.published[0] ?? '';

  test.use({ content: 'nothing', outage: 'none' });

  // No command carries out this step, so the admin performs it manually and sees the possible loss before confirming.
  for (const [failure, language, how] of [
    ['F25', 'en', 'by mouse'],
    ['F26', 'ja', 'by keys'],
  ] as const)
    test(`is done only after the id of the step has been typed, ${how}: ${failure}`, async ({ start, lab }) => {
      const wizard = await openWizard(await start('--import', lab.folder), language);
      const { t, main, page } = wizard;
      const press = async (target: Locator): Promise<void> => {
        if (how === 'by mouse') return target.click();
        await tabTo(target);
        await page.keyboard.press('Enter');
      };
      await page.keyboard.press('Control+Shift+D');
      await wizard.box.fill(findPublished(failure));
      await wizard.cluster('lab-logistics').check();
      await press(wizard.button(t('repair.wizard.to.cause')));
      await expect(wizard.cause).toContainText(wizard.failure(failure), PATIENCE);
      await press(wizard.button(t('repair.wizard.to.plan')));
      await expect(wizard.button(t('repair.wizard.to.run'))).toBeEnabled(PATIENCE);
      await press(wizard.button(t('repair.wizard.to.run')));
      await press(wizard.button(t('run.begin.start')));

      const danger = main.getByText(t('run.risk.dangerous'));
      await skipUntil(wizard, danger, press);
      const done = main.getByRole('button', { name: t('run.ask.by-hand'), exact: true });
      await expect(done).toBeDisabled();
      const field = main.locator('.danger').getByRole('textbox');
      const label = (await main.locator('.danger label').innerText()).replaceAll('\u200B', '');
      const id = /[a-z][\da-z]*(?:-[\da-z]+)+/u.exec(label)?.[0] ?? '';
      expect(label).toBe(t('run.ask.dangerous.by-hand', { id }));
      await press(field);
      await page.keyboard.type('yes');
      await expect(main.getByText(t('run.ask.dangerous.fault', { id }))).toBeVisible();
      await page.keyboard.press('Control+Enter');
      await expect(done).toBeDisabled();
      await field.fill('');
      await page.keyboard.type(id);
      await expect(done).toBeEnabled();
      // The key that runs a step does not claim that a person has done it.
      await page.keyboard.press('Control+Enter');
      await expect(done).toBeVisible();
      await (how === 'by mouse' ? done.click() : page.keyboard.press('Control+Shift+Enter'));
      await expect(main.getByText(t('run.step.by-hand')).first()).toBeVisible(PATIENCE);
    });
});

/** Skips all steps before the wanted one, and gives a reason for each. */
async function skipUntil(
  { main, t }: Wizard,
  wanted: Locator,
  press: (target: Locator) => Promise<void>,
): Promise<void> {
  const skip = main.getByRole('button', { name: t('run.ask.skip'), exact: true });
  for (let steps = 0; steps < 30; steps += 1) {
    await expect(skip).toBeVisible(PATIENCE);
    if (await wanted.isVisible()) return;
    const article = main.getByRole('article');
    const at = (await article.getAttribute('aria-label')) ?? '';
    await press(skip);
    await main.getByRole('textbox', { name: t('run.ask.skip.reason') }).fill('not here');
    await main.page().keyboard.press('Enter');
    await expect(main.locator(`article:not([aria-label="${at}"])`).or(wanted).first()).toBeVisible(PATIENCE);
  }
  throw new Error('nothing of the run may lose a cluster');
}

test.describe('files', () => {
  const KVACTL = 'failed to create azurestackhci session: Certificate has expired: Expired';
  const put = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  for (const language of ['en', 'ja'] as const)
    test(`opened by keyboard or dropped become evidence without their secrets, in ${language}`, async ({ shared }) => {
      const iconv = needTool(test, 'iconv');
      const { page, application } = shared;
      const wizard = await openWizard(shared, language);
      const { t, main } = wizard;
      const rows = await rowCount(page);
      await page.keyboard.press('Control+Shift+D');
      const list = main.getByRole('list', { name: t('repair.file.list') });

      // The text is encoded as in the output of a Japanese console.
      const japanese = execFileSync(iconv, ['-f', 'UTF-8', '-t', 'CP932'], {
        input: `能力の表を確認しました\n${KVACTL}\n`,
      });
      await answerOpenDialog(application, [put('kvactl.log', japanese)]);
      await tabTo(wizard.button(t('action.open-file')));
      await page.keyboard.press('Enter');
      await expect(list.getByRole('listitem')).toHaveText(/kvactl\.log/u);
      await wizard.step('cause').click();
      await expect(wizard.cause).toContainText(wizard.failure('F05'), PATIENCE);
      await wizard.step('symptom').click();

      // The text is encoded as in the output of Windows PowerShell and contains a key.
      const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----';
      const marked = `\u{FEFF}${key}\nrpc error: desc = Valid Token Required\n`;
      await dropFile(page, put('kms.txt', Buffer.from(marked, 'utf16le')), () =>
        expect(page.getByText(t('drop.evidence.title'))).toBeVisible(),
      );
      await expect(list.getByRole('listitem')).toHaveCount(2);
      await expect(list).toContainText(t('repair.file.facts', { lines: 2, secrets: 1 }));

      await dropFile(page, put('ca.der', new Uint8Array([0x30, 0x82, 0, 0, 0, 0, 0, 0])));
      const problem = main.getByRole('alert').filter({ hasText: 'ca.der' });
      await expect(problem).toContainText(t('problem.evidence.not-text.remedy'));
      await wizard.button(t('repair.file.remove', { name: 'kms.txt' })).click();
      await expect(list.getByRole('listitem')).toHaveCount(1);
      // The dropped files have not been imported.
      await page.getByRole('button', { name: t('navigation.expiry'), exact: true }).click();
      await expect.poll(() => rowCount(page)).toBe(rows);
    });

  test('count as command output when the wizard asks for it, and the inventory answers other questions', async ({
    shared,
  }) => {
    const wizard = await openWizard(shared);
    const { t, main, page } = wizard;
    await page.keyboard.press('Control+Shift+D');
    await wizard.cluster('logistics').click();
    await wizard.step('evidence').click();
    const known = main.getByRole('complementary', { name: t('repair.known.label') });
    await known.getByRole('button', { name: t('triage.kvactl') }).click();
    await dropFile(page, put('kvactl.out', KVACTL));
    await expect(main.getByText(t('repair.question.read.fails'))).toBeVisible();
    await known.getByRole('button', { name: t('triage.workload-api-server') }).click();
    await expect(main.getByText(/^Expired in the inventory, read .*API server/u)).toBeVisible();

    await known.getByRole('button', { name: t('triage.fact.daysSinceUpdate') }).click();
    const field = main.getByRole('textbox', { name: t('repair.question.daysSinceUpdate') });
    await expect(field).not.toHaveValue('');
    const told = await field.inputValue();
    await expect(known.getByRole('button', { name: t('triage.fact.daysSinceUpdate') })).toContainText(
      t('repair.known.state.known'),
    );
    await field.fill('7');
    await wizard.button(t('repair.known.take', { value: told })).click();
    await expect(field).toHaveValue(told);
  });
});

/** Drops a file on the middle of the window, as a file manager does. */
async function dropFile(
  page: Page,
  path: string,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
    if (type === 'dragOver') await meanwhile();
  }
}

interface ScriptPlan {
  values: string[];
  steps: { id: string; command?: { name?: string } }[];
}

/** Parses the plan that an exported script contains in a here-string. */
function readPlan(script: string): ScriptPlan {
  const data = /^\$Plan = @'\n([^]*?)\n'@/mu.exec(script.replaceAll('\r\n', '\n'))?.[1];
  if (data === undefined) throw new Error('the script holds no plan');
  return JSON.parse(data) as ScriptPlan;
}

test('by keyboard alone, in Japanese, a broken kubeconfig is diagnosed, and the plan is exported', async ({
  shared,
}) => {
  const { page, application } = shared;
  const { keyboard } = page;
  const wizard = await openWizard(shared, 'ja');
  const { t, main } = wizard;
  const press = async (target: Locator): Promise<void> => {
    await expect(target).toBeEnabled(PATIENCE);
    await tabTo(target);
    await keyboard.press('Enter');
  };
  await keyboard.press('Control+Shift+D');
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(t('repair.wizard.title'));
  await tabTo(wizard.cluster('finance'));
  await keyboard.press('Space');
  await press(wizard.button(t('repair.wizard.to.cause')));
  await expect(wizard.cause).toContainText(wizard.failure('F11'), PATIENCE);
  await press(wizard.button(t('repair.wizard.to.plan')));
  await expect.poll(() => wizard.commands(), PATIENCE).toContain('Get-AksHciCredential -name finance');

  const path = join(folder, 'finance.ps1');
  await answerSaveDialog(application, path);
  await press(wizard.button(t('repair.export')));
  // Pressing Enter too early would close the menu again.
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await keyboard.press('Enter');
  await expect(main.getByText(t('action.saved', { name: 'finance.ps1' }))).toBeVisible(PATIENCE);
  const script = readFileSync(path, 'utf8');
  expect(readPlan(script).steps.map(({ command }) => command?.name)).toContain('Get-AksHciCredential');
  // Names occur only in the data of the script, never in its code.
  expect(script.slice(script.lastIndexOf("\n'@"))).not.toContain('finance');
});

for (const language of ['en', 'ja'] as const)
  test(`a plan for the demo fleet does not run, and the wizard leads to the lab instead, in ${language}`, async ({
    shared,
  }) => {
    const wizard = await openWizard(shared, language);
    const { t, main } = wizard;
    await wizard
      .button(t('action.repair', { cluster: 'sapporo-depot' }))
      .first()
      .click();
    await wizard.button(t('repair.wizard.to.run')).click();
    await expect(main.getByText(t('run.begin.demo.lead'))).toBeVisible(PATIENCE);
    await expect(wizard.button(t('run.begin.start'))).toBeDisabled();
    expect(await findingsInBothThemes(wizard.page)).toEqual([]);
    await wizard.button(t('run.begin.open-lab')).click();
    await expect(main.getByRole('heading', { level: 1, name: t('navigation.lab') })).toBeVisible();
  });

/**
 * Completes a run: skips steps for other cases, fills in values that only an admin can give, runs every step that has a
 * command, and confirms manual steps.
 */
async function completeRun(
  { main, t }: Wizard,
  press: (button: Locator) => Promise<void>,
  { goesOn = false } = {},
): Promise<void> {
  const end = main.getByText(t('run.end.done'));
  const run = main.getByRole('button', { name: t('run.ask.run'), exact: true });
  const runOn = main.getByRole('button', { name: t('run.ask.run-on'), exact: true });
  const byHand = main.getByRole('button', { name: t('run.ask.by-hand'), exact: true });
  const notTheCase = main.getByRole('button', { name: t('run.ask.not-the-case'), exact: true });
  const fill = main.getByRole('button', { name: t('run.ask.fill'), exact: true });
  const fields = main.locator('.run-footer input');
  for (let steps = 0; steps < 60; steps += 1) {
    const next = run.or(byHand);
    await expect(next.or(end).first()).toBeVisible(PATIENCE);
    if (await end.isVisible()) return;
    const title = await main.getByRole('heading', { level: 2 }).first().innerText();
    if (await notTheCase.isVisible()) await press(notTheCase);
    else if (goesOn && (await runOn.isVisible())) await press(runOn);
    else {
      if ((await fields.count()) > 0) {
        for (const field of await fields.all()) await field.fill('10.20.0.4');
        await press(fill);
        await expect(fields).toHaveCount(0, PATIENCE);
      }
      await press((await run.isVisible()) ? run : next.first());
    }
    // The next step, or the end of the run, replaces the current step.
    await expect
      .poll(
        async () =>
          (await end.isVisible()) || (await main.getByRole('heading', { level: 2 }).first().innerText()) !== title,
        PATIENCE,
      )
      .toBe(true);
  }
  throw new Error('the run does not end');
}

function outcome({ main, t }: Wizard, cluster: string): Locator {
  return main
    .getByRole('table', { name: new RegExp(t('run.end.table'), 'u') })
    .getByRole('row', { name: new RegExp(`^${cluster}\\b`, 'u') })
    .getByRole('cell')
    .nth(1);
}

test.describe('on a lab that was off for five days', () => {
  test.use({ content: 'nothing' });

  test('each cluster is repaired step by step, and openssl accepts the API servers afterwards', async ({
    start,
    lab,
  }) => {
    const servers = apiServers(lab);
    const verify = (): Promise<unknown[]> =>
      Promise.all(servers.map(async ({ service, ca }) => (await handshake(lab, service, ca)).verified));
    expect(await verify()).not.toContain(VALID);
    const wizard = await openWizard(await start('--import', lab.folder));
    const { t, page } = wizard;
    await page.keyboard.press('Control+Shift+D');
    for (const cluster of ['lab-management', 'lab-logistics', 'lab-retail'])
      await test.step(cluster, async () => {
        await diagnose(wizard, { cluster, state: 'switched off for 5 days', failure: 'F01' });
        await wizard.button(t('repair.wizard.to.run')).click();
        await wizard.button(t('run.begin.start')).click();
        await completeRun(wizard, (button) => button.click());
        await expect(outcome(wizard, cluster)).toContainText(/^\D*0 expired/u);
        await wizard.button(t('repair.wizard.reset')).click();
      });
    // A run also changes the board, so no cause remains.
    await expect(wizard.main.getByText(wizard.failure('F01'))).toHaveCount(0, PATIENCE);
    expect(await verify()).toEqual(servers.map(() => VALID));
  });

  test('the hosts and a cluster are repaired with at most 10 clicks', async ({ start, lab }) => {
    const wizard = await openWizard(await start('--import', lab.folder));
    const { t, page } = wizard;
    await page.keyboard.press('Control+1');
    let clicks = 0;
    const click = async (button: Locator): Promise<void> => {
      await expect(button).toBeEnabled(PATIENCE);
      await button.click();
      clicks += 1;
    };
    await click(wizard.button(t('action.repair', { cluster: 'lab-logistics' })).first());
    await click(wizard.button(t('repair.wizard.to.run')));
    await click(wizard.button(t('run.begin.start')));
    await completeRun(wizard, click, { goesOn: true });
    await expect(outcome(wizard, 'lab-logistics')).toContainText(/^\D*0 expired/u);
    expect(clicks).toBeLessThanOrEqual(10);
  });

  test('at most 60 keys lead from an error text to the end of the run', async ({ start, lab }) => {
    const running = await start('--import', lab.folder);
    const { page, application } = running;
    const wizard = await openWizard(running);
    const { t, main } = wizard;
    const { keyboard } = page;
    const press = keyboard.press.bind(keyboard);
    let keys = 0;
    keyboard.press = async (key, options) => {
      keys += 1;
      await press(key, options);
    };
    const text = `Get-AksHciCredential -name lab-logistics\nUnable to connect to the server: x509: certificate has expired`;
    await application.evaluate(({ clipboard }, pasted) => clipboard.writeText(pasted), text);
    await keyboard.press('Control+V');
    await expect(main.getByText(t('repair.fact.named', { clusters: 'lab-logistics' }))).toBeVisible(PATIENCE);
    for (const button of ['repair.wizard.to.plan', 'repair.wizard.to.run'] as const) {
      await expect(wizard.button(t(button))).toBeEnabled(PATIENCE);
      await keyboard.press('Control+PageDown');
    }
    await expect(wizard.button(t('run.begin.start'))).toBeEnabled(PATIENCE);
    await keyboard.press('Control+Enter');
    await completeRun(wizard, async (button) => {
      if ((await button.innerText()) === t('run.ask.run') || (await button.innerText()) === t('run.ask.by-hand'))
        return answerByShortcut(page);
      await tabTo(button);
      await keyboard.press('Enter');
    });
    await expect(outcome(wizard, 'lab-logistics')).toContainText(/^\D*0 expired/u);
    expect(keys).toBeLessThanOrEqual(60);
  });
});

test('axe finds no problems in any step of the wizard, in either theme', async ({ shared }) => {
  const wizard = await openWizard(shared);
  const { page, t, main } = wizard;
  await page.keyboard.press('Control+Shift+D');
  await wizard.box.fill('rpc error: desc = Valid Token Required\nfailed to repair cluster certificates');
  await wizard.cluster('sapporo-depot').click();
  await expect(wizard.button(t('repair.wizard.to.cause'))).toBeEnabled(PATIENCE);
  for (const step of ['symptom', 'evidence', 'cause', 'plan', 'run'] as const) {
    await wizard.step(step).click();
    await expect(main.getByRole('region', { name: t(`repair.wizard.step.${step}`), exact: true })).toBeVisible();
    if (step === 'plan') await expect(main.getByRole('list', { name: t('repair.plan.causes') })).toBeVisible(PATIENCE);
    expect(await findingsInBothThemes(page), step).toEqual([]);
  }
});
