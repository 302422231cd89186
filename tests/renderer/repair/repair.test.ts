import { flushSync } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import type { BoardRow } from '../../../core/expiry/model/board-row.ts';
import { TRIAGE_FACT_IDS, TRIAGE_IDS } from '../../../core/knowledge/model/triage.ts';
import { FAILURES } from '../../../core/knowledge/model/failures/failures.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { DAY_MS, instantFromMs } from '../../../core/shared/instant.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import type { RepairAnswers } from '../../../core/repair/model/planning.ts';
import { NOTHING_KNOWN } from '../../../core/update/model/versions.ts';
import { repairApi } from '../../../core/repair/service.ts';
import type { Api } from '../../../renderer/api.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { QUESTIONS } from '../../../renderer/repair/interview.svelte.ts';
import { LONGEST_TEXT, type RepairState } from '../../../renderer/repair/repair.svelte.ts';
import { MemoryFiles } from '../../support/ports.ts';
import { boardRow } from '../../support/board-rows.ts';
import { FakeApi, NOW_MS } from '../fake-api.ts';

const AGENT = 'ca-1' as ClusterId;
const EAST = 'retail-east' as ClusterId;
const WEST = 'retail-west' as ClusterId;

function apiServer(cluster: ClusterId, endsInDays: number): BoardRow {
  return boardRow({
    cluster,
    name: `${cluster} API server`,
    layer: 'kubernetes',
    role: 'apiserver',
    notBeforeMs: NOW_MS - 5 * DAY_MS,
    notAfterMs: NOW_MS + endsInDays * DAY_MS,
  });
}

function hostToken(cluster: ClusterId): BoardRow {
  return boardRow({
    cluster,
    name: 'kvactl token',
    kind: 'token',
    layer: 'moc',
    role: 'kvactl-token',
    notBeforeMs: NOW_MS - 12 * DAY_MS,
    notAfterMs: NOW_MS + 78 * DAY_MS,
  });
}
const HOST_TOKEN = hostToken(AGENT);
/** The API server of the one has expired, that of the other has not. */
const ROWS = [HOST_TOKEN, apiServer(EAST, -1), apiServer(WEST, 3)];

const DEADLOCK = `rpc error: code = Unauthenticated desc = Valid Token Required
failed to repair cluster certificates`;
const KVACTL = 'failed to create azurestackhci session: Certificate has expired: Expired';
const KEY_LOG = `reading api.key
-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7
-----END PRIVATE KEY-----
done`;

interface Opened {
  fake: FakeApi;
  repair: RepairState;
  state: ConsoleState;
}

/** The wizard over the feature itself: causes and plans are worked out as main does. */
async function opened(rows: readonly BoardRow[] = ROWS): Promise<Opened> {
  const fake = new FakeApi(rows);
  const kindOf = (id: ClusterId): 'moc' | 'kubernetes' => (id.startsWith('ca-') ? 'moc' : 'kubernetes');
  const clusters = [...fake.clusters.keys()].map((id): Cluster => ({
    id,
    name: id,
    kind: kindOf(id),
    addresses: [],
    credentials: [],
    history: [],
  }));
  const real = repairApi({
    ports: {
      clock: { now: () => instantFromMs(NOW_MS) },
      files: new MemoryFiles().put('/kms.log', KVACTL).put('/api.key', KEY_LOG),
      tickets: { issue: (path) => path as FileTicket, take: (ticket) => ticket },
    },
    clusters: () => clusters,
    settings: () => fake.settings,
    rowsOf: ({ id }) => fake.clusters.get(id) ?? [],
    writePlan: (plan, { format }) =>
      Promise.resolve({ name: `aks-repair.${format}`, bytes: plan.steps.length, sha256: 'ab' }),
    answer: async (work) => {
      try {
        return { ok: true, value: await work() };
      } catch (error) {
        if (!(error instanceof ConsoleError)) throw error;
        return { ok: false, problem: { code: error.code, params: error.params } };
      }
    },
  });
  const api: Api = {
    ...fake.api,
    inventory: {
      ...fake.api.inventory,
      overview: async () => {
        const overview = await fake.api.inventory.overview();
        if (!overview.ok) return overview;
        const seen = overview.value.clusters.map((each) => ({ ...each, kind: kindOf(each.id) }));
        return { ok: true, value: { ...overview.value, clusters: seen } };
      },
    },
    repair: {
      readEvidence: async (request) => (await fake.api.repair.readEvidence(request), real.readEvidence(request)),
      diagnose: async (request) => (await fake.api.repair.diagnose(request), real.diagnose(request)),
      plan: async (request) => (await fake.api.repair.plan(request), real.plan(request)),
      exportPlan: async (request) => (await fake.api.repair.exportPlan(request), real.exportPlan(request)),
    },
  };
  const state = new ConsoleState(api, { language: 'en', dark: false, readClock: () => NOW_MS });
  await state.settings.load();
  await state.inventory.load();
  await settled(state.repair);
  return { fake, state, repair: state.repair };
}

/** What the screen does with every change. */
async function settled(repair: RepairState): Promise<void> {
  await repair.diagnose(repair.question);
  flushSync();
}

async function planned(repair: RepairState): Promise<void> {
  await settled(repair);
  await repair.load(repair.planQuestion);
  flushSync();
}

function lastAnswers(fake: FakeApi): RepairAnswers {
  return fake.argumentsOf('repair.plan').at(-1) as RepairAnswers;
}

function causes(repair: RepairState): string[] {
  return repair.causes.map(({ failure }) => failure);
}

describe('the symptom', () => {
  test('clusters in trouble come first, each with its likely cause', async () => {
    const { repair } = await opened();
    expect(repair.troubled.map(({ name, expired, cause }) => ({ name, expired, cause }))).toEqual([
      { name: 'retail-east', expired: 1, cause: 'Control plane of a workload cluster expired' },
    ]);
    expect(repair.others.map(({ name }) => name).sort()).toEqual(['ca-1', 'retail-west']);
  });

  test('without anything to go by only questions can be answered', async () => {
    const { repair, fake } = await opened();
    expect(repair.blocked).toBe('nothing');
    expect([repair.isBlocked('evidence'), repair.isBlocked('cause')]).toEqual([false, true]);
    expect(repair.nextStep).toBe('evidence');
    expect(fake.argumentsOf('repair.diagnose')).toEqual([]);
  });

  test('a text that is recognised leads to the causes without a question', async () => {
    const { repair } = await opened();
    repair.pasted = KVACTL;
    await settled(repair);
    expect(causes(repair)[0]).toBe('F05');
    expect([repair.nextStep, repair.otherSteps]).toEqual(['cause', ['evidence']]);
  });

  test('in an empty inventory a name can be typed, and the plan has it in its commands', async () => {
    const { repair, fake } = await opened([]);
    repair.typedName = ' plant-7 ';
    repair.pasted = FAILURES.find(({ id }) => id === 'F01')?.published[0] ?? '';
    await planned(repair);
    expect(lastAnswers(fake).clusters).toEqual(['plant-7']);
    expect(repair.cluster).toBe('plant-7');
    const commands = repair.plan?.steps.map(({ command }) => command) ?? [];
    expect(commands.join('\n')).toContain('-name plant-7');
  });

  test('clusters of two deployments are not repaired at once', async () => {
    const { repair, state } = await opened([...ROWS, hostToken('ca-2' as ClusterId)]);
    state.settings.change({
      clusterFacts: { [EAST]: { cloudAgent: AGENT }, [WEST]: { cloudAgent: 'ca-2' as ClusterId } },
    });
    repair.toggle(EAST);
    repair.toggle(WEST);
    expect(repair.blocked).toBe('deployments');
    repair.toggle(WEST);
    expect(repair.blocked).toBeUndefined();
  });

  test.each([
    ['as long as is taken', LONGEST_TEXT, undefined],
    ['one letter longer', LONGEST_TEXT + 1, 'too-long'],
  ])('a text %s', async (_, length, blocked) => {
    const { repair } = await opened();
    repair.pasted = 'x'.repeat(length);
    expect(repair.blocked).toBe(blocked);
  });
});

describe('files', () => {
  const ticket = (path: string) => path as FileTicket;

  test('dropped on the wizard are evidence, and elsewhere are imported', async () => {
    const { state, repair, fake } = await opened();
    fake.fire('dropped', { tickets: [ticket('/kms.log')] });
    expect(fake.argumentsOf('importFiles')).toEqual([{ tickets: ['/kms.log'] }]);
    state.go('repair');
    fake.fire('dropped', { tickets: [ticket('/kms.log'), ticket('/api.key')] });
    await vi.waitFor(() => expect(repair.opened.list.length).toBe(2));
    expect(fake.argumentsOf('importFiles').length).toBe(1);
    expect(repair.opened.list).toMatchObject([
      { name: 'kms.log', lines: 1, secrets: 0 },
      { name: 'api.key', lines: 3, secrets: 1 },
    ]);
    expect(repair.hasEvidence).toBe(true);
    await settled(repair);
    expect(causes(repair)[0]).toBe('F05');
    expect(JSON.stringify(fake.argumentsOf('repair.diagnose').at(-1))).not.toContain('MIIE');
    repair.opened.remove(repair.opened.list[0]?.id ?? 0);
    expect(repair.opened.list.map(({ name }) => name)).toEqual(['api.key']);
    repair.reset();
    expect(repair.opened.list).toEqual([]);
  });

  test('are what the command of a layer printed, where that is asked for', async () => {
    const { repair, fake } = await opened();
    fake.api.application.chooseSources = () => Promise.resolve({ ok: true, value: [ticket('/kms.log')] });
    repair.go('evidence');
    repair.interview.goTo('kvactl');
    await repair.openFile();
    expect(repair.interview.outputOf('kvactl')).toBe(KVACTL);
    expect([repair.interview.stateOf('kvactl'), repair.opened.list]).toEqual(['fails', []]);
  });

  test('that cannot be read hide no other one, and are told where they were opened', async () => {
    const { repair } = await opened();
    await repair.readFiles([ticket('/gone.log'), ticket('/kms.log')]);
    expect(repair.opened.problem).toMatchObject({ code: 'file.not-found' });
    expect(repair.opened.list.map(({ name }) => name)).toEqual(['kms.log']);
  });
});

describe('the interview', () => {
  test('asks about every layer from the outside in, then what no command tells', () => {
    expect(QUESTIONS.map(({ id }) => id)).toEqual([...TRIAGE_IDS, ...TRIAGE_FACT_IDS]);
  });

  test('reads what a command printed, and somebody may know better', async () => {
    const { interview } = (await opened()).repair;
    interview.paste('mocctl', 'Error: Certificate has expired: Expired');
    expect(interview.stateOf('mocctl')).toBe('fails');
    interview.say('mocctl', 'works');
    expect(interview.answers.found).toEqual({ mocctl: 'works' });
    interview.say('mocctl', undefined);
    expect(interview.stateOf('mocctl')).toBe('fails');
    interview.paste('mocctl', '');
    expect(interview.stateOf('mocctl')).toBe('open');
  });

  test('names the outermost layer that fails', async () => {
    const { interview } = (await opened()).repair;
    interview.say('workers', 'fails');
    interview.say('kvactl', 'fails');
    interview.say('mocctl', 'works');
    expect(interview.firstFailing).toBe('kvactl');
  });

  test.each([
    ['', undefined],
    ['0', 0],
    ['6', 144],
    ['0,5', 12],
  ])('days off given as “%s” are %s hours', async (days, hours) => {
    const { interview } = (await opened()).repair;
    interview.offDays = days;
    expect(interview.answers.offHours).toBe(hours);
    expect(interview.isFaulty).toBe(false);
  });

  test.each(['-1', 'six', '1e9', 'NaN'])('“%s” is no number of days', async (days) => {
    const { repair } = await opened();
    repair.interview.offDays = days;
    expect(repair.interview.answers.offHours).toBeUndefined();
    expect(repair.blocked).toBe('faulty');
  });

  test('what the inventory tells of the one chosen cluster need not be answered', async () => {
    const confirmedMs = NOW_MS - 3 * DAY_MS;
    const { repair, fake } = await opened([{ ...HOST_TOKEN, confirmedMs }, apiServer(EAST, -1)]);
    const { interview } = repair;
    expect([interview.updateDays, interview.stateOf('daysSinceUpdate')]).toEqual(['', 'open']);
    repair.toggle(EAST);
    expect([interview.updateDays, interview.stateOf('daysSinceUpdate')]).toEqual(['12', 'known']);
    interview.goTo('daysSinceUpdate');
    expect(repair.questionView.known?.text).toBe('From the inventory, read 3 d ago.');
    expect(repair.questionView.known?.citations.map(({ certainty }) => certainty)).toEqual(['inferred']);
    // Main knows it as well, with where it is from.
    expect([interview.answers, interview.answered]).toEqual([{}, 0]);
    interview.updateDays = '65';
    expect(interview.answers).toEqual({ daysSinceUpdate: 65 });
    expect([interview.answered, interview.overridden('daysSinceUpdate')]).toEqual([1, '12']);
    interview.updateDays = '';
    await settled(repair);
    expect(fake.argumentsOf('repair.diagnose').at(-1)).toMatchObject({ answers: { daysSinceUpdate: null } });
    expect(interview.stateOf('daysSinceUpdate')).toBe('open');
    interview.takeKnown('daysSinceUpdate');
    expect([interview.updateDays, interview.answers]).toEqual(['12', {}]);
  });

  test('what was said of a cluster is told as that, and counts as that', async () => {
    const { repair, state } = await opened();
    const offSince = instantFromMs(NOW_MS - 5.5 * DAY_MS);
    state.settings.change({ clusterFacts: { [EAST]: { offSince } } });
    repair.toggle(EAST);
    await settled(repair);
    repair.interview.goTo('offHours');
    expect(repair.interview.offDays).toBe('5.5');
    expect(repair.questionView.known?.text).toBe('As was stated for this cluster.');
    const [first] = repair.causes;
    expect([first?.failure, first?.supports]).toEqual([
      'F01',
      expect.arrayContaining(['switched off for 96 hours or longer (as was stated for this cluster)']),
    ]);
  });

  test('what has expired is told where a layer is asked about, and when it last ran', async () => {
    const { repair } = await opened();
    repair.toggle(EAST);
    const { interview } = repair;
    interview.goTo('workload-api-server');
    expect(repair.questionView.known?.text).toBe('Expired in the inventory: API server. That counts already.');
    interview.goTo('mocctl');
    expect(repair.questionView.known).toBeUndefined();
    interview.goTo('offHours');
    expect(repair.questionView.known?.text).toContain('its newest certificate was issued then');
    // Each of several has a state of its own.
    repair.toggle(WEST);
    expect(repair.questionView.known).toBeUndefined();
    expect(interview.stateOf('daysSinceUpdate')).toBe('open');
  });

  test('a build that was pasted for the update of the deployment is taken from there', async () => {
    const { repair, state, fake } = await opened();
    fake.versions = { ...NOTHING_KNOWN, host: '1.0.14.10928' };
    await state.update.read(['what was pasted']);
    flushSync();
    repair.toggle(EAST);
    const { interview } = repair;
    expect([interview.build, interview.answers]).toEqual(['1.0.14.10928', { build: '1.0.14.10928' }]);
    interview.build = '';
    expect([interview.stateOf('build'), interview.answers]).toEqual(['open', {}]);
  });

  test('a build is found in the session that it was pasted with', async () => {
    const { interview } = (await opened()).repair;
    interview.build = 'PS C:\\> Get-AksHciVersion 1.0.14.10928';
    expect(interview.answers.build).toBe('1.0.14.10928');
    interview.build = 'newest';
    expect(interview.stateOf('build')).toBe('faulty');
  });

  test('outputs are evidence like any pasted text', async () => {
    const { repair, fake } = await opened();
    repair.interview.paste('kvactl', KVACTL);
    await settled(repair);
    expect(causes(repair)[0]).toBe('F05');
    expect(fake.argumentsOf('repair.diagnose').at(-1)).toMatchObject({
      texts: [KVACTL],
      answers: { found: { kvactl: 'fails' } },
    });
  });
});

describe('the causes', () => {
  test('each tells what speaks for it, how sure it is, and on what it rests', async () => {
    const { repair } = await opened();
    repair.pasted = DEADLOCK;
    await settled(repair);
    const [first] = repair.causes;
    expect(first).toMatchObject({ failure: 'F08', sureness: 'sure', kind: 'certificate' });
    expect(first?.supports).toContain('line 2: “failed to repair cluster certificates”');
    expect(first?.cause?.citations.length).toBeGreaterThan(0);
    expect(first?.warning?.text).toContain('Do not reboot');
    expect(first?.check?.command).toContain('crictl');
  });

  test('the check of a layer goes away once it is answered', async () => {
    const { repair } = await opened();
    repair.pasted = KVACTL;
    await settled(repair);
    expect(repair.causes[0]?.check?.answers).toBe('kvactl');
    repair.interview.say('kvactl', 'fails');
    await settled(repair);
    expect(repair.causes[0]?.check?.answers).not.toBe('kvactl');
  });

  test('nothing that fits is said as such, and no plan is offered', async () => {
    const { repair } = await opened();
    repair.pasted = 'Everything is fine here.';
    await settled(repair);
    expect(causes(repair)).toEqual([]);
    expect(repair.hasNoCause).toBe(true);
    expect(repair.isBlocked('plan')).toBe(true);
  });

  test('what has expired is repaired even where no cause is known', async () => {
    const { repair } = await opened([
      HOST_TOKEN,
      boardRow({ ...apiServer(EAST, -1), role: 'load-balancer', layer: 'moc' }),
    ]);
    repair.toggle(EAST);
    await planned(repair);
    expect(repair.isBlocked('plan')).toBe(false);
    expect(repair.plan?.steps.length).toBeGreaterThan(0);
  });

  test('DNS is told as no certificate of this product, with the line', async () => {
    const { repair } = await opened();
    repair.pasted = 'one\ndial tcp: lookup contoso.example: no such host';
    await settled(repair);
    expect(repair.elsewhere).toMatchObject([{ id: 'dns', where: 'Line 2' }]);
  });

  test('a chosen cause takes the place of those that are believed', async () => {
    const { repair, fake } = await opened();
    repair.toggle(EAST);
    repair.pasted = DEADLOCK;
    await planned(repair);
    expect(lastAnswers(fake).failures).toEqual([]);
    const other = repair.causes.find(({ isChosen }) => !isChosen);
    if (other === undefined) throw new Error('only one cause fits');
    for (const { failure, isChosen } of repair.causes) if (isChosen) repair.toggleCause(failure);
    repair.toggleCause(other.failure);
    for (const { failure, isChosen } of repair.causes)
      if (isChosen && failure !== other.failure) repair.toggleCause(failure);
    await planned(repair);
    expect(lastAnswers(fake).failures).toEqual([other.failure]);
    expect(repair.planCauses.map(({ failure }) => failure)).toContain(other.failure);
  });

  test('of several clusters each cause tells whose it is, and none is chosen for all', async () => {
    const { repair } = await opened([...ROWS.slice(0, 2), apiServer(WEST, -2)]);
    repair.toggle(EAST);
    repair.toggle(WEST);
    await settled(repair);
    expect(repair.choosesCauses).toBe(false);
    expect(repair.causes[0]?.clusters).toEqual(['retail-east', 'retail-west']);
  });
});

describe('the plan', () => {
  test('has the commands of the chosen cluster, in order, and no others', async () => {
    const { repair } = await opened();
    repair.toggle(EAST);
    await planned(repair);
    const commands = repair.plan?.steps.map(({ command }) => command) ?? [];
    expect(commands[0]).toBe('Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials');
    expect(commands.join('\n')).not.toContain('retail-west');
    expect(repair.isForAll).toBe(false);
  });

  test('warns of a reboot above all steps in the deadlock of KMS', async () => {
    const { repair } = await opened();
    repair.toggle(EAST);
    repair.pasted = DEADLOCK;
    await planned(repair);
    expect(repair.plan?.warnings[0]?.text).toContain('Do not reboot');
  });

  test('an answer to an earlier question is dropped', async () => {
    const { repair } = await opened();
    repair.toggle(EAST);
    await settled(repair);
    const first = repair.load(repair.planQuestion);
    repair.toggle(EAST);
    repair.toggle(WEST);
    await settled(repair);
    await Promise.all([first, repair.load(repair.planQuestion)]);
    expect(repair.planning?.plan.clusters.map(({ name }) => name)).not.toContain('retail-east');
  });

  test('a problem is shown, and the plan that was there is none any more', async () => {
    const { repair, fake } = await opened();
    repair.toggle(EAST);
    await planned(repair);
    expect(repair.beginning?.source).toMatchObject({ kind: 'repair' });
    fake.failing.add('repair.diagnose');
    repair.pasted = KVACTL;
    await repair.diagnose({ evidence: { ...lastAnswers(fake), clusters: ['gone'] } });
    expect(repair.problem?.code).toBe('cluster.unknown');
    expect(repair.diagnosis).toBeUndefined();
  });

  test('is written from the same answers, in the form that was asked for', async () => {
    const { repair, fake, state } = await opened();
    repair.toggle(EAST);
    await planned(repair);
    await repair.save('ps1');
    expect(fake.argumentsOf('repair.exportPlan')).toMatchObject([{ answers: lastAnswers(fake), format: 'ps1' }]);
    expect(repair.files.last).toBe('aks-repair.ps1');
    expect(state.notices.list.at(-1)).toBeDefined();
  });
});

describe('from the board', () => {
  test('the wizard opens at the causes of the cluster that needs somebody', async () => {
    const { state, repair } = await opened();
    expect(state.powerOff.nextStep?.clusterId).toBe(EAST);
    state.showRepair(EAST);
    await settled(repair);
    expect([state.screen, repair.step, repair.cluster]).toEqual(['repair', 'cause', 'retail-east']);
    expect(causes(repair)[0]).toBe('F01');
  });

  test('what was answered for a cluster is kept for it, and gone for another one', async () => {
    const { state, repair } = await opened();
    state.showRepair(EAST);
    repair.interview.say('mocctl', 'works');
    state.showRepair(EAST);
    expect(repair.interview.stateOf('mocctl')).toBe('works');
    state.showRepair(WEST);
    expect(repair.interview.stateOf('mocctl')).toBe('open');
    expect(repair.chosen.map(({ name }) => name)).toEqual(['retail-west']);
  });
});
