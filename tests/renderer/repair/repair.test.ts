import { flushSync } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { TRIAGE_FACT_IDS, TRIAGE_IDS } from '../../../core/knowledge/model/triage.ts';
import { FAILURES } from '../../../core/knowledge/model/failures/failures.ts';
import { DAY_MS, instantFromMs } from '../../../core/shared/instant.ts';
import type { RepairAnswers } from '../../../core/repair/model/planning.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { QUESTIONS } from '../../../renderer/repair/interview.svelte.ts';
import { LONGEST_TEXT, type RepairState } from '../../../renderer/repair/repair.svelte.ts';
import { NOW_MS, openConsole, type TestConsole } from '../../support/console.ts';
import { certificateFiles, loginFile, type CertificateWish } from '../../support/fleet.ts';

const EAST = 'retail-east';
const WEST = 'retail-west';

function apiServer(cluster: string, endsInDays: number): CertificateWish {
  return { cluster, name: `${cluster} API server`, lifeMs: (5 + endsInDays) * DAY_MS, leftMs: endsInDays * DAY_MS };
}

const hostToken = (agent: string): [string, string] => loginFile({ identity: 'kvactl', ageDays: 12, agent });
const HOST = Object.fromEntries([hostToken('ca-1')]);
/** The API server certificate has expired in one cluster and is valid in the other. */
const FILES = { ...HOST, ...(await certificateFiles(apiServer(EAST, -1), apiServer(WEST, 3))) };
const BOTH_EXPIRED = { ...HOST, ...(await certificateFiles(apiServer(EAST, -1), apiServer(WEST, -2))) };

const DEADLOCK = `rpc error: code = Unauthenticated desc = Valid Token Required
failed to repair cluster certificates`;
const KVACTL = 'failed to create azurestackhci session: Certificate has expired: Expired';
const KEY_LOG = `reading api.key
-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7
-----END PRIVATE KEY-----
done`;

interface Opened {
  console: TestConsole;
  repair: RepairState;
  state: ConsoleState;
}

async function openRepair(files: Record<string, string> = FILES, readMs = 0): Promise<Opened> {
  const console = await openConsole({ files: { '/kms.log': KVACTL, '/api.key': KEY_LOG } });
  console.clockMs = NOW_MS - readMs;
  if (Object.keys(files).length > 0) await console.import(files);
  console.clockMs = NOW_MS;
  const state = await console.open();
  await settle(state.repair);
  return { console, state, repair: state.repair };
}

/** Runs the requests that the screen makes after every change. */
async function settle(repair: RepairState): Promise<void> {
  await repair.diagnose(repair.question);
  flushSync();
}

async function loadPlan(repair: RepairState): Promise<void> {
  await settle(repair);
  await repair.load(repair.planQuestion);
  flushSync();
}

function lastAnswers(console: TestConsole): RepairAnswers {
  const answers = console.calls('repair', 'plan').at(-1);
  if (answers === undefined) throw new Error('no plan was asked for');
  return answers;
}

function causes(repair: RepairState): string[] {
  return repair.causes.map(({ failure }) => failure);
}

describe('the symptom', () => {
  test('lists clusters with problems first, each with its likely cause', async () => {
    const { repair } = await openRepair();
    expect(repair.troubled.map(({ name, stopped, cause }) => ({ name, stopped, cause }))).toEqual([
      { name: 'retail-east', stopped: 1, cause: 'Control plane of a workload cluster expired' },
    ]);
    expect(repair.others.map(({ name }) => name).sort()).toEqual(['ca-1', 'retail-west']);
  });

  test('divides the clusters into two lists only when the needs of all clusters are known', async () => {
    const { repair, state } = await openRepair();
    state.inventory.complete = false;
    flushSync();
    expect([repair.isJudged, repair.troubled, repair.others]).toEqual([false, [], []]);
    state.inventory.complete = true;
    flushSync();
    expect([repair.isJudged, repair.troubled.length, repair.others.length]).toEqual([true, 1, 2]);
  });

  test('requires answers in the interview if there is no other evidence', async () => {
    const { console, repair } = await openRepair();
    expect(repair.blocked).toBe('nothing');
    expect([repair.isBlocked('evidence'), repair.isBlocked('cause')]).toEqual([false, true]);
    expect(repair.nextStep).toBe('evidence');
    expect(console.calls('repair', 'diagnose')).toEqual([]);
  });

  test('finds the causes of a known error text without a question', async () => {
    const { repair } = await openRepair();
    repair.pasted = KVACTL;
    await settle(repair);
    expect(causes(repair)[0]).toBe('F05');
    expect([repair.nextStep, repair.otherSteps]).toEqual(['cause', ['evidence']]);
  });

  test('accepts a typed name if the inventory is empty, and uses it in the commands of the plan', async () => {
    const { console, repair } = await openRepair({});
    repair.typedName = ' plant-7 ';
    repair.pasted = FAILURES.find(({ id }) => id === 'F01')?.published[0] ?? '';
    await loadPlan(repair);
    expect(lastAnswers(console).clusters).toEqual(['plant-7']);
    expect(repair.cluster).toBe('plant-7');
    const commands = repair.plan?.steps.map(({ command }) => command) ?? [];
    expect(commands.join('\n')).toContain('-name plant-7');
  });

  test('cannot include clusters of two deployments in one plan', async () => {
    const { console, repair, state } = await openRepair({ ...FILES, ...Object.fromEntries([hostToken('ca-2')]) });
    const [east, west] = [console.clusterId(EAST), console.clusterId(WEST)];
    state.settings.change({
      clusterFacts: {
        [east]: { cloudAgent: console.clusterId('ca-1') },
        [west]: { cloudAgent: console.clusterId('ca-2') },
      },
    });
    repair.toggle(console.clusterId(EAST));
    repair.toggle(console.clusterId(WEST));
    expect(repair.blocked).toBe('deployments');
    repair.toggle(console.clusterId(WEST));
    expect(repair.blocked).toBeUndefined();
  });

  test.each([
    ['as long as allowed', LONGEST_TEXT, undefined],
    ['one letter longer', LONGEST_TEXT + 1, 'too-long'],
  ])('limits the length of the symptom: %s', async (_, length, blocked) => {
    const { repair } = await openRepair();
    repair.pasted = 'x'.repeat(length);
    expect(repair.blocked).toBe(blocked);
  });
});

describe('files', () => {
  test('uses files that are dropped on the wizard as evidence, and imports them elsewhere', async () => {
    const { console, state, repair } = await openRepair();
    const imported = [console.ticket('/kms.log')];
    console.emit('application', 'dropped', { tickets: imported });
    expect(console.calls('inventory', 'importFiles')).toEqual([{ tickets: imported }]);
    state.go('repair');
    console.emit('application', 'dropped', { tickets: [console.ticket('/kms.log'), console.ticket('/api.key')] });
    await vi.waitFor(() => expect(repair.opened.list.length).toBe(2), { timeout: 60_000 });
    expect(console.calls('inventory', 'importFiles').length).toBe(1);
    expect(repair.opened.list).toMatchObject([
      { name: 'kms.log', lines: 1, secrets: 0 },
      { name: 'api.key', lines: 3, secrets: 1 },
    ]);
    expect(repair.hasEvidence).toBe(true);
    await settle(repair);
    expect(causes(repair)[0]).toBe('F05');
    expect(JSON.stringify(console.calls('repair', 'diagnose').at(-1))).not.toContain('MIIE');
    repair.opened.remove(repair.opened.list[0]?.id ?? 0);
    expect(repair.opened.list.map(({ name }) => name)).toEqual(['api.key']);
    repair.reset();
    expect(repair.opened.list).toEqual([]);
  });

  test('uses a file opened at a question as the output of its command', async () => {
    const { console, repair } = await openRepair();
    console.sources = ['/kms.log'];
    repair.go('evidence');
    repair.interview.goTo('kvactl');
    await repair.openFile();
    expect(repair.interview.getOutput('kvactl')).toBe(KVACTL);
    expect([repair.interview.getState('kvactl'), repair.opened.list]).toEqual(['fails', []]);
  });

  test('reports a file that cannot be read in the wizard, and still adds the others', async () => {
    const { console, repair } = await openRepair();
    await repair.readFiles([console.ticket('/gone.log'), console.ticket('/kms.log')]);
    expect(repair.opened.problem).toMatchObject({ code: 'file.not-found' });
    expect(repair.opened.list.map(({ name }) => name)).toEqual(['kms.log']);
  });
});

describe('the interview', () => {
  test('asks about all layers from the outermost inwards, then about facts that no command shows', () => {
    expect(QUESTIONS.map(({ id }) => id)).toEqual([...TRIAGE_IDS, ...TRIAGE_FACT_IDS]);
  });

  test('finds the answer in the output of a command, and lets the admin replace it', async () => {
    const { interview } = (await openRepair()).repair;
    interview.paste('mocctl', 'Error: Certificate has expired: Expired');
    expect(interview.getState('mocctl')).toBe('fails');
    interview.say('mocctl', 'works');
    expect(interview.answers.found).toEqual({ mocctl: 'works' });
    interview.say('mocctl', undefined);
    expect(interview.getState('mocctl')).toBe('fails');
    interview.paste('mocctl', '');
    expect(interview.getState('mocctl')).toBe('open');
  });

  test('names the outermost layer that fails', async () => {
    const { interview } = (await openRepair()).repair;
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
  ])('converts “%s” days off to %s hours', async (days, hours) => {
    const { interview } = (await openRepair()).repair;
    interview.type('offHours', days);
    expect(interview.answers.offHours).toBe(hours);
    expect(interview.isFaulty).toBe(false);
  });

  test.each(['-1', 'six', '1e9', 'NaN'])('does not accept “%s” as a number of days', async (days) => {
    const { repair } = await openRepair();
    repair.interview.type('offHours', days);
    expect(repair.interview.answers.offHours).toBeUndefined();
    expect(repair.blocked).toBe('faulty');
  });

  test('does not ask for facts that the inventory has about the only chosen cluster', async () => {
    const { console, repair } = await openRepair(FILES, 3 * DAY_MS);
    const { interview } = repair;
    expect([interview.getText('daysSinceUpdate'), interview.getState('daysSinceUpdate')]).toEqual(['', 'open']);
    repair.toggle(console.clusterId(EAST));
    expect([interview.getText('daysSinceUpdate'), interview.getState('daysSinceUpdate')]).toEqual(['12', 'known']);
    interview.goTo('daysSinceUpdate');
    expect(repair.questionView.known?.text).toBe('From the inventory, read 3 d ago.');
    expect(repair.questionView.known?.citations.map(({ certainty }) => certainty)).toEqual(['inferred']);
    // Main already has this fact, together with its source.
    expect([interview.answers, interview.answered]).toEqual([{}, 0]);
    interview.type('daysSinceUpdate', '65');
    expect(interview.answers).toEqual({ daysSinceUpdate: 65 });
    expect([interview.answered, interview.overridden('daysSinceUpdate')]).toEqual([1, '12']);
    interview.type('daysSinceUpdate', '');
    await settle(repair);
    expect(console.calls('repair', 'diagnose').at(-1)).toMatchObject({ answers: { daysSinceUpdate: null } });
    expect(interview.getState('daysSinceUpdate')).toBe('open');
    interview.takeKnown('daysSinceUpdate');
    expect([interview.getText('daysSinceUpdate'), interview.answers]).toEqual(['12', {}]);
  });

  test('uses facts that an admin stated earlier, and marks them as such', async () => {
    const { console, repair, state } = await openRepair();
    const offSince = instantFromMs(NOW_MS - 5.5 * DAY_MS);
    state.settings.change({ clusterFacts: { [console.clusterId(EAST)]: { offSince } } });
    repair.toggle(console.clusterId(EAST));
    await settle(repair);
    repair.interview.goTo('offHours');
    expect(repair.interview.getText('offHours')).toBe('5.5');
    expect(repair.questionView.known?.text).toBe('As you stated for this cluster.');
    const [first] = repair.causes;
    expect([first?.failure, first?.supports]).toEqual([
      'F01',
      expect.arrayContaining(['switched off for 96 hours or longer (as you stated for this cluster)']),
    ]);
  });

  test('shows expired credentials at the question about their layer, and the newest certificate at the question about time off', async () => {
    const { console, repair } = await openRepair();
    repair.toggle(console.clusterId(EAST));
    const { interview } = repair;
    interview.goTo('workload-api-server');
    expect(repair.questionView.known?.text).toBe(
      'Expired in the inventory, read 0 s ago: API server. The diagnosis already includes this.',
    );
    interview.goTo('mocctl');
    expect(repair.questionView.known).toBeUndefined();
    interview.goTo('offHours');
    expect(repair.questionView.known?.text).toContain('when its newest certificate was issued');
    // With several clusters, nothing is shown because each has its own state.
    repair.toggle(console.clusterId(WEST));
    expect(repair.questionView.known).toBeUndefined();
    expect(interview.getState('daysSinceUpdate')).toBe('open');
  });

  test('uses a build that was pasted for the update of the same deployment', async () => {
    const { console, repair, state } = await openRepair();
    await state.update.read(['PS C:\\> Get-AksHciVersion\n1.0.14.10928\n']);
    flushSync();
    repair.toggle(console.clusterId(EAST));
    const { interview } = repair;
    expect([interview.getText('build'), interview.answers]).toEqual(['1.0.14.10928', { build: '1.0.14.10928' }]);
    interview.type('build', '');
    expect([interview.getState('build'), interview.answers]).toEqual(['open', {}]);
  });

  test('finds the build in a pasted session', async () => {
    const { interview } = (await openRepair()).repair;
    interview.type('build', 'PS C:\\> Get-AksHciVersion 1.0.14.10928');
    expect(interview.answers.build).toBe('1.0.14.10928');
    interview.type('build', 'newest');
    expect(interview.getState('build')).toBe('faulty');
  });

  test('uses the output of commands as evidence, in the same way as other pasted text', async () => {
    const { console, repair } = await openRepair();
    repair.interview.paste('kvactl', KVACTL);
    await settle(repair);
    expect(causes(repair)[0]).toBe('F05');
    expect(console.calls('repair', 'diagnose').at(-1)).toMatchObject({
      texts: [KVACTL],
      answers: { found: { kvactl: 'fails' } },
    });
  });
});

describe('the causes', () => {
  test('states the evidence for a cause, its degree of certainty, and its sources', async () => {
    const { repair } = await openRepair();
    repair.pasted = DEADLOCK;
    await settle(repair);
    const [first] = repair.causes;
    expect(first).toMatchObject({ failure: 'F08', sureness: 'almost sure', kind: 'certificate' });
    expect(first?.supports).toContain('line 1: “desc = Valid Token Required … failed to repair cluster certificates”');
    expect(first?.cause?.citations.length).toBeGreaterThan(0);
    expect(first?.warning?.text).toContain('Do not reboot');
    expect(first?.check?.command).toContain('crictl');
  });

  test('does not propose a check that has already been answered', async () => {
    const { repair } = await openRepair();
    repair.pasted = KVACTL;
    await settle(repair);
    expect(repair.causes[0]?.check?.answers).toBe('kvactl');
    repair.interview.say('kvactl', 'fails');
    await settle(repair);
    expect(repair.causes[0]?.check?.answers).not.toBe('kvactl');
  });

  test('reports an unknown cause if nothing matches, and makes no plan', async () => {
    const { repair } = await openRepair();
    repair.pasted = 'Everything is fine here.';
    await settle(repair);
    expect(causes(repair)).toEqual([]);
    expect(repair.hasNoCause).toBe(true);
    expect(repair.isBlocked('plan')).toBe(true);
  });

  test('makes a plan without a known cause if expired credentials need a repair', async () => {
    const balancer = loginFile({ identity: `${EAST}-load-balancer`, ageDays: 91 });
    const { console, repair } = await openRepair({ ...FILES, ...Object.fromEntries([balancer]) });
    repair.toggle(console.clusterId(EAST));
    await loadPlan(repair);
    expect(repair.isBlocked('plan')).toBe(false);
    expect(repair.plan?.steps.length).toBeGreaterThan(0);
  });

  test('shows a DNS problem separately from the causes, with its line', async () => {
    const { repair } = await openRepair();
    repair.pasted = 'one\ndial tcp: lookup contoso.example: no such host';
    await settle(repair);
    expect(repair.elsewhere).toMatchObject([{ id: 'dns', where: 'Line 2' }]);
  });

  test('replaces the causes found with the cause that the admin chooses', async () => {
    const { console, repair } = await openRepair();
    repair.toggle(console.clusterId(EAST));
    repair.pasted = DEADLOCK;
    await loadPlan(repair);
    expect(lastAnswers(console).failures).toEqual([]);
    const other = repair.causes.find(({ isChosen }) => !isChosen);
    if (other === undefined) throw new Error('only one cause fits');
    for (const { failure, isChosen } of repair.causes) if (isChosen) repair.toggleCause(failure);
    repair.toggleCause(other.failure);
    for (const { failure, isChosen } of repair.causes)
      if (isChosen && failure !== other.failure) repair.toggleCause(failure);
    await loadPlan(repair);
    expect(lastAnswers(console).failures).toEqual([other.failure]);
    expect(repair.planCauses.map(({ failure }) => failure)).toContain(other.failure);
  });

  test('lists the clusters of each cause if several clusters were examined, without a choice of causes', async () => {
    const { console, repair } = await openRepair(BOTH_EXPIRED);
    repair.toggle(console.clusterId(EAST));
    repair.toggle(console.clusterId(WEST));
    await settle(repair);
    expect(repair.choosesCauses).toBe(false);
    expect(repair.causes[0]?.clusters).toEqual(['retail-east', 'retail-west']);
  });
});

describe('the plan', () => {
  test('contains the commands of the chosen cluster, in order, and no others', async () => {
    const { console, repair } = await openRepair();
    await console.api.inventory.rename({ clusterId: console.clusterId(EAST), name: EAST });
    repair.toggle(console.clusterId(EAST));
    await loadPlan(repair);
    const commands = repair.plan?.steps.map(({ command }) => command) ?? [];
    // The first step finds the address that the check of the next one needs.
    expect(commands[0]).toContain('Get-VMNetworkAdapter');
    expect(commands[1]).toBe('Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials');
    expect(commands.join('\n')).not.toContain('retail-west');
    expect(repair.isForAll).toBe(false);
  });

  test('warns against a reboot, above the steps, in a KMS deadlock', async () => {
    const { console, repair } = await openRepair();
    repair.toggle(console.clusterId(EAST));
    repair.pasted = DEADLOCK;
    await loadPlan(repair);
    expect(repair.plan?.warnings[0]?.text).toContain('Do not reboot');
  });

  test('asks one question before many checks, and takes the answer in one click', async () => {
    const { console, repair } = await openRepair({});
    repair.typedName = 'plant-7';
    repair.pasted = "isn't upgraded within 60 days";
    await loadPlan(repair);
    const { layer = 'clock', said, command } = repair.asked ?? {};
    expect([layer, command]).toEqual(['workload-api-server', 'kubectl get nodes']);
    expect(said?.text).toBe('Does the API server of the workload cluster answer?');
    const before = repair.plan?.steps.length ?? 0;
    repair.interview.say(layer, 'works');
    await loadPlan(repair);
    expect(repair.plan?.steps.length).toBeLessThan(before);
    expect(repair.asked?.layer).not.toBe(layer);
    expect(lastAnswers(console).answers.found).toEqual({ [layer]: 'works' });
  });

  test('ignores the answer to an older request', async () => {
    const { console, repair } = await openRepair();
    repair.toggle(console.clusterId(EAST));
    await settle(repair);
    const first = repair.load(repair.planQuestion);
    repair.toggle(console.clusterId(EAST));
    repair.toggle(console.clusterId(WEST));
    await settle(repair);
    await Promise.all([first, repair.load(repair.planQuestion)]);
    expect(repair.planning?.plan.clusters.map(({ name }) => name)).not.toContain('retail-east');
  });

  test('drops the diagnosis if a problem occurs, and reports the problem', async () => {
    const { console, repair } = await openRepair();
    repair.toggle(console.clusterId(EAST));
    await loadPlan(repair);
    expect(repair.beginning?.source).toMatchObject({ kind: 'repair' });
    await console.api.inventory.forget({ clusterId: console.clusterId(EAST) });
    repair.pasted = KVACTL;
    await repair.diagnose({ evidence: lastAnswers(console) });
    expect(repair.problem?.code).toBe('cluster.unknown');
    expect(repair.diagnosis).toBeUndefined();
  });

  test('writes the plan for the same answers to a file, in the chosen format', async () => {
    const { console, repair, state } = await openRepair();
    repair.toggle(console.clusterId(EAST));
    await loadPlan(repair);
    console.target = '/aks-repair.ps1';
    await repair.save('ps1');
    expect(console.calls('repair', 'exportPlan')).toMatchObject([{ answers: lastAnswers(console), format: 'ps1' }]);
    expect(repair.files.last).toBe('aks-repair.ps1');
    expect(state.notices.list.at(-1)).toBeDefined();
  });
});

describe('a repair opened from the board', () => {
  test('begins with the plan of the cluster to repair, whose causes are known', async () => {
    const { console, state, repair } = await openRepair();
    expect(state.powerOff.firstNeed?.clusterId).toBe(console.clusterId(EAST));
    state.showRepair(console.clusterId(EAST));
    await settle(repair);
    expect([state.screen, repair.step, repair.cluster]).toEqual(['repair', 'plan', 'retail-east']);
    expect(causes(repair)[0]).toBe('F01');
  });

  test('keeps the answers for the same cluster, and starts without answers for another one', async () => {
    const { console, state, repair } = await openRepair();
    state.showRepair(console.clusterId(EAST));
    repair.interview.say('mocctl', 'works');
    state.showRepair(console.clusterId(EAST));
    expect(repair.interview.getState('mocctl')).toBe('works');
    state.showRepair(console.clusterId(WEST));
    expect(repair.interview.getState('mocctl')).toBe('open');
    expect(repair.chosen.map(({ name }) => name)).toEqual(['retail-west']);
  });
});

describe('in a large fleet', () => {
  const many = (count: number) =>
    certificateFiles(
      ...Array.from({ length: count }, (_, at) => apiServer(`plant-${String(at).padStart(3, '0')}`, at < 3 ? -1 : 3)),
    );

  test('makes a plan for all of more than a hundred clusters only on request, if the evidence names no cluster', async () => {
    const { console, repair } = await openRepair(await many(101));
    repair.pasted = KVACTL;
    await loadPlan(repair);
    expect([repair.asksWhich, repair.isBlocked('cause'), repair.isBlocked('plan')]).toEqual([true, false, false]);
    expect(causes(repair)[0]).toBe('F05');
    expect(console.calls('repair', 'plan')).toEqual([]);
    repair.coverAll();
    await loadPlan(repair);
    expect(repair.asksWhich).toBe(false);
    expect(lastAnswers(console).clusters).toEqual([]);
    expect(repair.plan?.steps.length).toBeGreaterThan(0);
    repair.reset();
    repair.pasted = KVACTL;
    expect(repair.asksWhich).toBe(true);
  });

  test('makes no plan from answers if no cluster is chosen', async () => {
    const { repair } = await openRepair(await many(101));
    repair.interview.say('mocctl', 'fails');
    await settle(repair);
    expect([repair.blocked, repair.isBlocked('evidence'), repair.isBlocked('cause')]).toEqual(['which', false, true]);
    repair.choose(repair.places.slice(0, 1));
    expect(repair.blocked).toBeUndefined();
  });

  test('finds clusters by name, and adds or removes many of them in one action', async () => {
    const { console, repair } = await openRepair(await many(101));
    expect([repair.places.length, repair.stoppedPlaces.length, repair.found.length]).toEqual([101, 3, 101]);
    repair.query = ' PLANT-09 ';
    expect(repair.found.map(({ name }) => name)).toHaveLength(10);
    repair.choose(repair.found);
    repair.choose(repair.stoppedPlaces);
    expect(repair.chosen).toHaveLength(13);
    expect(repair.isChosen(console.clusterId('plant-094'))).toBe(true);
    await loadPlan(repair);
    expect(lastAnswers(console).clusters).toHaveLength(13);
    repair.chooseNone();
    expect(repair.chosen).toEqual([]);
  });

  test('makes no plan for more clusters than the limit, whether some are chosen or all', async () => {
    const { console, repair } = await openRepair(await many(102));
    repair.mostPlanned = 101;
    repair.pasted = KVACTL;
    repair.coverAll();
    await loadPlan(repair);
    expect([repair.canCoverAll, repair.asksWhich]).toEqual([false, true]);
    repair.choose(repair.places);
    await settle(repair);
    expect(repair.blocked).toBe('too-many');
    expect(console.calls('repair', 'plan')).toEqual([]);
    repair.toggle(console.clusterId('plant-000'));
    expect(repair.blocked).toBeUndefined();
  });

  test('makes a plan for a hundred clusters even if none was chosen', async () => {
    const { console, repair } = await openRepair(await many(100));
    repair.pasted = KVACTL;
    await loadPlan(repair);
    expect(repair.asksWhich).toBe(false);
    expect(lastAnswers(console).clusters).toEqual([]);
  });
});

describe('an error that was pasted outside a field', () => {
  test('shows its causes for the cluster that it names, with the name in commands', async () => {
    const { console, state, repair } = await openRepair(BOTH_EXPIRED);
    await console.api.inventory.rename({ clusterId: console.clusterId(WEST), name: WEST });
    state.takePaste(
      `PS C:\\> Get-AksHciCredential -name ${WEST}\nUnable to connect to the server: x509: certificate has expired or is not yet valid`,
    );
    flushSync();
    await settle(repair);
    expect([state.screen, repair.step]).toEqual(['repair', 'cause']);
    expect([repair.namedInTexts, repair.cluster]).toEqual([[console.clusterId(WEST)], WEST]);
    await loadPlan(repair);
    const commands = repair.plan?.steps.map(({ command }) => command ?? '').join('\n');
    expect(commands).toContain(`-name ${WEST} `);
    expect(commands).not.toContain(EAST);
  });

  test('changes nothing if it is empty', async () => {
    const { state } = await openRepair();
    state.takePaste(' \n');
    expect(state.screen).toBe('expiry');
  });

  test('is added to the evidence that was already given', async () => {
    const { console, state, repair } = await openRepair(BOTH_EXPIRED);
    repair.toggle(console.clusterId(WEST));
    repair.pasted = KVACTL;
    state.go('knowledge');
    state.takePaste(DEADLOCK);
    await settle(repair);
    expect(repair.pasted).toBe(`${KVACTL}\n${DEADLOCK}`);
    expect(repair.cluster).toBe(WEST);
    expect(repair.step).toBe('cause');
  });

  test('answers the open question of the repair', async () => {
    const { state, repair } = await openRepair();
    state.go('repair');
    repair.go('evidence');
    repair.interview.goTo('mocctl');
    state.takePaste(KVACTL);
    state.takePaste('exit status 1');
    expect(repair.interview.getOutput('mocctl')).toBe(`${KVACTL}\nexit status 1`);
    expect([repair.pasted, repair.step]).toEqual(['', 'evidence']);
    state.go('expiry');
    state.takePaste(KVACTL);
    expect([repair.pasted, repair.step, state.screen]).toEqual([KVACTL, 'cause', 'repair']);
  });
});
