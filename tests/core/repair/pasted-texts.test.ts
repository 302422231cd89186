import { describe, expect, test } from 'vitest';
import { FAILURES } from '../../../core/knowledge/model/failures/failures.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { repairPlan } from '../../../core/repair/model/plan.ts';
import { repairDiagnosis, repairRequest } from '../../../core/repair/model/request.ts';
import type { Finding } from '../../../core/shared/finding.ts';
import { diagnose } from '../../../core/repair/model/diagnose.ts';
import { listAgreed, listFacts } from '../../../core/repair/model/own-words.ts';
import { readPastedTexts } from '../../../core/repair/model/pasted-texts.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { DAY_MS } from '../../../core/shared/instant.ts';
import {
  AGENT,
  credential,
  DEPOT,
  healthy,
  listChanges,
  makePlan,
  MANAGEMENT,
  mergeRows,
  NOW,
  NOW_MS,
  stepCases,
  stepCommand,
  YARD,
} from './fleet-by-hand.ts';

const EXPIRED =
  'x509: certificate has expired or is not yet valid: current time 2025-04-02T07:00:00Z is after 2025-03-30T00:00:00Z';
const KUBECTL = `Unable to connect to the server: ${EXPIRED}`;
const ON_NODE = `clouduser@moc-lq7x2mzzk3p [ ~ ]$ kubectl get nodes\n${KUBECTL}`;
const SEVERAL = { places: [AGENT, MANAGEMENT, DEPOT, YARD], rows: healthy(DEPOT, YARD) };
const NO_REBOOT = 'failure.warning.no-reboot';
const isNameless = (command: string): boolean => command.includes('<cluster>');

describe('a text without a chosen cluster', () => {
  test('plans nothing and asks, if another product may have printed it', () => {
    for (const situation of [{}, SEVERAL, { rows: healthy(DEPOT) }]) {
      const { steps, warnings } = makePlan({ places: [], ...situation, texts: [KUBECTL] });
      expect(steps).toEqual([]);
      expect(warnings[0]?.text).toBe('repair.fact.whose');
    }
  });

  test('from this product leads to a plan with an open name only if there is no inventory', () => {
    expect(listChanges(makePlan({ places: [], texts: [ON_NODE] })).some(isNameless)).toBe(true);
    const { steps, warnings } = makePlan({ ...SEVERAL, texts: [ON_NODE] });
    expect(steps).toEqual([]);
    expect(warnings[0]).toMatchObject({ text: 'repair.fact.which', params: { failure: 'F01' } });
  });

  test('belongs to the clusters whose credentials confirm it, and to no nameless one', () => {
    const rows = mergeRows(SEVERAL.rows, credential(YARD, 'apiserver', -2));
    for (const texts of [[KUBECTL], [ON_NODE]]) {
      const plan = makePlan({ ...SEVERAL, rows, texts });
      expect(plan.steps.map(stepCommand).filter(isNameless)).toEqual([]);
      expect(listChanges(plan).join()).toContain('-name yard -fixKubeletCredentials');
      expect(listChanges(plan).join()).not.toContain('depot');
      expect(plan.warnings.map(({ text }) => text)).not.toContain('repair.fact.which');
    }
  });

  test('still raises the question if an expired credential does not confirm it', () => {
    const rows = mergeRows(healthy(DEPOT), credential(DEPOT, 'load-balancer-token', -2));
    const { steps, warnings } = makePlan({ rows, texts: [KUBECTL] });
    expect(warnings.map(({ text }) => text)).toContain('repair.fact.whose');
    expect(steps.map(stepCommand).join()).not.toContain('-fixKubeletCredentials');
  });

  test('does not remove the steps of clusters that need a repair', () => {
    const rows = mergeRows(SEVERAL.rows, credential(YARD, 'csi-token', -2));
    const plan = makePlan({ ...SEVERAL, rows, texts: [ON_NODE] });
    expect(listChanges(plan).some((command) => command.includes('-name yard'))).toBe(true);
    expect(plan.steps.map(stepCommand).filter(isNameless)).toEqual([]);
  });
});

test('a kubeconfig with another CA explains no other error', () => {
  const inventory = { 'other-ca': new Set(['admin-kubeconfig'] as const) };
  const text = 'dial tcp 10.7.0.4:55000: connect: connection refused';
  expect(diagnose({ texts: [text], inventory }).causes).toEqual(diagnose({ texts: [text] }).causes);
});

test('a bare error about an unknown authority belongs to the cluster whose kubeconfig has another CA', () => {
  const finding: Finding = {
    rule: 'kubeconfig.other-ca',
    severity: 'error',
    place: {},
    params: { clusterId: YARD.id },
  };
  const source = { now: NOW, clusters: SEVERAL.places, rows: SEVERAL.rows, facts: {}, classes: LIFETIME_CLASSES };
  const choice = { clusters: [], failures: [], texts: ['x509: certificate signed by unknown authority'], answers: {} };
  const listCommands = (findings: readonly Finding[]) =>
    listChanges(repairPlan(repairRequest({ ...source, findings }, choice))).join('\n');
  expect(listCommands([finding])).toContain('Get-AksHciCredential -name yard');
  expect(listCommands([finding])).not.toContain('depot');
  expect(listCommands([])).toBe('');
});

describe('what a person says', () => {
  const own = (text: string) => diagnose({ texts: [text], nowMs: NOW_MS });

  test('counts as evidence, with its line number, like an answer given in the interview', () => {
    const { causes } = own('Hello,\nthe plant was switched off for 37 days.');
    expect(causes[0]).toMatchObject({ failure: 'F22', evidence: [{ kind: 'answer', from: 'text', line: 2 }] });
    expect(causes[0]?.isUnplaced).toBeUndefined();
  });

  test('is read from all texts', () => {
    const texts = ['mocctl works again', 'the plant was switched off for 37 days.'];
    expect(diagnose({ texts, nowMs: NOW_MS }).causes[0]?.failure).toBe('F22');
  });

  test.each([
    ['kvactl works again', 'kvactl still fails', []],
    ['kvactl works again', 'On depot it was slow. kvactl still fails', []],
    ['mocctl works again', 'kvactl still fails', ['mocctl', 'kvactl']],
    ['mocctl works again', 'mocctl works again', ['mocctl', 'mocctl']],
  ])('about one layer cancels what contradicts it: %s, %s', (one, other, layers) => {
    const { facts } = readPastedTexts([one, other], NOW_MS, new Set(['depot']));
    expect(listFacts(listAgreed(facts), 'found').map(({ of }) => of)).toEqual(layers);
  });

  test('does not count if it gives two durations for one cluster, unless one is rounded', () => {
    const amountsOfDepot = (...texts: string[]) => {
      const { facts } = readPastedTexts(texts, NOW_MS, new Set(['depot', 'yard']));
      const own = facts.filter(({ about }) => about.length === 0 || about.includes('depot'));
      return listFacts(listAgreed(own), 'offHours').map(({ amount }) => amount);
    };
    expect(amountsOfDepot('depot was off for 40 days.', 'depot was off for 3 days.')).toEqual([]);
    expect(amountsOfDepot('depot was off for 40 days.', 'It was off for 6 weeks.')).toHaveLength(2);
    expect(amountsOfDepot('depot was off for 40 days.', 'yard was off for 3 days.')).toEqual([39.5 * 24]);
    const texts = ['kvactl works again', 'kvactl still fails'];
    const { causes } = diagnose({ texts, nowMs: NOW_MS });
    expect(causes.flatMap(({ evidence }) => evidence.filter(({ kind }) => kind === 'answer'))).toEqual([]);
  });

  test('is overridden by an answer', () => {
    const texts = ['the plant was switched off for 37 days.'];
    expect(diagnose({ texts, nowMs: NOW_MS, answers: { offHours: 3 } }).causes).toEqual([]);
    expect(diagnose({ texts, nowMs: NOW_MS, answers: { offHours: null } }).causes).toEqual([]);
  });

  test('counts against causes that it contradicts', () => {
    const error = '[Error: Certificate has expired: Expired]';
    const before = own(error).causes[0]?.confidence ?? 0;
    expect(own(`${error}\nmocctl works again`).causes[0]?.confidence ?? 0).toBeLessThan(before / 2);
  });

  test.each([
    'The hosts were off for 40 days. We will reboot them tonight.',
    'The last update was 75 days ago, restart planned',
    '10月29日から停止していました。今夜再起動する予定です。',
  ])('about a long time off with a restart planned makes “do not reboot first” the first advice: %s', (text) => {
    const { first = [] } = own(text);
    expect(first.map((each) => each.text)).toEqual([NO_REBOOT]);
    expect(makePlan({ texts: [text] }).warnings[0]?.text).toBe(NO_REBOOT);
  });

  test('about a planned restart puts the advice not to reboot first if the KMS plugin’s token has expired', () => {
    const texts = ['We will restart the control plane tonight.'];
    const rows = mergeRows(healthy(DEPOT), credential(DEPOT, 'kms-plugin-token', -2));
    expect(makePlan({ rows, named: ['depot'], texts }).warnings[0]?.text).toBe(NO_REBOOT);
    expect(makePlan({ rows: healthy(DEPOT), named: ['depot'], texts }).warnings).toEqual([]);
  });

  test.each([
    'The hosts were off for 2 days. We will reboot them tonight.',
    'The hosts were off for 40 days. No reboot planned.',
  ])('about a short time off, or without a planned restart, has no such advice: %s', (text) => {
    expect(own(text).first).toBeUndefined();
  });

  test('about a time off leads to the same plan as the same answer', () => {
    const rows = mergeRows(
      healthy(DEPOT),
      credential(DEPOT, 'apiserver', -2),
      credential(DEPOT, 'kms-plugin-token', -2),
    );
    const said = makePlan({ rows, named: ['depot'], texts: ['The cluster was off for over 40 days.'] });
    const answered = makePlan({ rows, named: ['depot'], answers: { offHours: 40 * 24 } });
    expect(said.steps.map(stepCommand)).toEqual(answered.steps.map(stepCommand));
  });
});

describe('a sentence with the name of a cluster', () => {
  const OFF = 'depot was off for 40 days.';
  const dead = (...places: (typeof DEPOT)[]) =>
    mergeRows(SEVERAL.rows, ...places.map((place) => credential(place, 'kms-plugin-token', -2)));
  const commands = (situation: object) => listChanges(makePlan({ ...SEVERAL, ...situation })).join('\n');

  test('leads to the plan of that cluster, as if it were chosen, and the plan says so', () => {
    const rows = dead(DEPOT, YARD);
    const said = makePlan({ ...SEVERAL, rows, texts: [OFF] });
    const chosen = makePlan({ ...SEVERAL, rows, named: ['depot'], texts: [OFF] });
    expect(said.steps).toEqual(chosen.steps);
    expect(said.steps.flatMap(({ cluster }) => cluster ?? [])).not.toContain('yard');
    const told = said.warnings.filter(({ text }) => text === 'repair.fact.named');
    expect(told.map(({ params }) => params)).toEqual([{ clusters: 'depot' }]);
    expect(said.warnings.filter((each) => !told.includes(each))).toEqual(chosen.warnings);
  });

  test('is no evidence about another chosen cluster', () => {
    const chosen = { named: ['yard'], rows: SEVERAL.rows };
    const planWith = (...texts: string[]) => makePlan({ ...SEVERAL, ...chosen, texts });
    const { warnings, ...plan } = planWith(OFF);
    expect({ ...plan, warnings: [] }).toEqual(planWith('Please help.'));
    expect(warnings).toMatchObject([
      { text: 'repair.fact.other-cluster', params: { clusters: 'depot', chosen: 'yard' } },
    ]);
    expect(planWith('It was off for 40 days.')).not.toEqual(planWith('Please help.'));
  });

  test('decides which cluster the other texts concern if none is chosen', () => {
    const plan = makePlan({ ...SEVERAL, rows: [], texts: [ON_NODE, OFF] });
    expect(listChanges(plan).join()).toContain('-name depot -fixKubeletCredentials');
    expect(listChanges(plan).join()).not.toContain('yard');
  });

  test('about another deployment than the chosen one asks which deployment is meant', () => {
    const other = { ...AGENT, id: 'other' as ClusterId, name: 'ca-other' };
    const places = [...SEVERAL.places, other, { ...YARD, id: 'far' as ClusterId, name: 'mill' }];
    const facts = Object.fromEntries([
      ...[MANAGEMENT, DEPOT, YARD].map(({ id }) => [id, { cloudAgent: AGENT.id }] as const),
      ['far', { cloudAgent: other.id }] as const,
    ]);
    const planFor = (text: string, deployment?: string) =>
      makePlan({ places, facts, rows: SEVERAL.rows, texts: [text], deployment });
    expect(() => planFor('mill was off for 40 days.', AGENT.id)).toThrow('plan.deployment-needed');
    expect(planFor('depot was off for 40 days.', AGENT.id).clusters.map(({ name }) => name)).toContain('depot');
    // Without a choice, the named cluster decides the deployment.
    expect(planFor('depot was off for 40 days.').clusters.map(({ name }) => name)).toContain('depot');
  });

  test('decides nothing without a name, unless it is about all clusters', () => {
    const which = (text: string) => makePlan({ ...SEVERAL, texts: [text] }).warnings.map((each) => each.text);
    expect(which('The cluster was off for 40 days.')).toContain('repair.fact.which');
    expect(commands({ texts: ['The cluster was off for 40 days.'] })).toBe('');
    const all = makePlan({ ...SEVERAL, rows: dead(DEPOT, YARD), texts: ['All clusters were off for 40 days.'] });
    const answered = makePlan({ ...SEVERAL, rows: dead(DEPOT, YARD), answers: { offHours: 40 * 24 - 12 } });
    expect(all.steps.filter(({ cluster }) => cluster === 'yard').length).toBeGreaterThan(0);
    expect(all.warnings).toEqual(expect.arrayContaining([...answered.warnings]));
    expect(all.warnings.map(({ text }) => text)).not.toContain('repair.fact.which');
  });
});

describe('a command in a text', () => {
  const situation = { ...SEVERAL, rows: [] };
  const ask = (text: string, clusters: readonly string[] = []) =>
    repairDiagnosis(
      { now: NOW, clusters: SEVERAL.places, rows: SEVERAL.rows, facts: {}, classes: LIFETIME_CLASSES },
      { clusters, failures: [], texts: [text], answers: {}, namesFirst: true },
    );

  test.each([
    `PS C:\\> Get-AksHciCredential -name depot\n${KUBECTL}`,
    `PS C:\\> kubectl --kubeconfig C:\\Users\\akira\\config-depot get nodes\n${KUBECTL}`,
    `clouduser@depot-control-plane-kx7 [ ~ ]$ kubectl get nodes\n${KUBECTL}`,
  ])('names the cluster that the error concerns, and answers whose it is: %s', (text) => {
    const plan = makePlan({ ...situation, texts: [text] });
    expect(listChanges(plan).join()).toContain('-name depot -fixKubeletCredentials');
    expect(listChanges(plan).join()).not.toContain('yard');
    expect(plan.warnings.map((each) => each.text)).not.toContain('repair.fact.whose');
    expect(ask(text).about).toEqual([DEPOT.id]);
  });

  test.each([
    `PS C:\\> Get-AksHciCredential -name mill\n${KUBECTL}`,
    `PS C:\\> kubectl get nodes\n${KUBECTL}\nthe depot is closed`,
    `my-depot\n${KUBECTL}`,
  ])('with another name, or a name elsewhere, names no cluster: %s', (text) => {
    expect(listChanges(makePlan({ ...situation, texts: [text] }))).toEqual([]);
    expect(ask(text).about).toBeUndefined();
  });

  test.each([
    'Get-Service -Name depot',
    'Stop-VM -Name depot',
    'find / -name depot',
    'mount /etc/config-depot/ca.crt',
    'kubectl get configmap/config-depot',
    'argocd app list --cluster depot',
    'kubectl --kubeconfig C:\\k\\admin.conf get configmap my-config-depot',
  ])('of another product names no cluster: %s', (line) => {
    const text = `${line}\n${KUBECTL}`;
    expect(listChanges(makePlan({ ...situation, texts: [text] }))).toEqual([]);
    expect(ask(text).about).toBeUndefined();
  });

  test.each([
    'kubectl --kubeconfig C:\\k\\kubeconfig-depot.yaml get nodes',
    'Get-AksHciCredential -name depot.',
    'Get-AksHciCredential -Name "depot" -configPath C:\\k\\kubeconfig-depot-20261201-0712\\config',
    '$env:KUBECONFIG = "C:\\k\\config-depot"',
    'kubectl --kubeconfig "C:\\Users\\John Doe\\kubeconfig-depot" get nodes',
    'kubectl --kubeconfig (Get-ChildItem -LiteralPath (Join-Path $HOME kubeconfig-depot-20250402080000) -File).FullName get nodes',
  ])('of this product names its cluster in any form: %s', (line) => {
    expect(ask(`${line}\n${KUBECTL}`).about).toEqual([DEPOT.id]);
  });

  test('names none if several clusters are named, as by a list of machines', () => {
    for (const lines of [
      'depot-control-plane-a 10.0.0.4\nyard-control-plane-b 10.0.0.5',
      'PS C:\\> Get-AksHciCredential -name yard\nPS C:\\> Get-AksHciCredential -name depot',
    ]) {
      expect(ask(`${lines}\n${KUBECTL}`).about).toBeUndefined();
      expect(listChanges(makePlan({ ...situation, texts: [`${lines}\n${ON_NODE}`] }))).toEqual([]);
    }
  });

  test('is about this cluster and the one that a sentence names', () => {
    const text = `yard was updated 80 days ago.\nPS C:\\> kubectl --kubeconfig C:\\k\\kubeconfig-depot get nodes\n${KUBECTL}`;
    expect(ask(text).about).toEqual([DEPOT.id, YARD.id]);
  });

  test('of two clusters shows whose the error is, and asks which one has it', () => {
    const lines = ['depot', 'yard'].map(
      (name) => `kubectl --kubeconfig C:\\k\\kubeconfig-${name} get nodes\n${KUBECTL}`,
    );
    const { warnings } = makePlan({ ...situation, texts: [lines.join('\n')] });
    expect(warnings.map(({ text }) => text)).toEqual(['repair.fact.which']);
  });

  test('of another cluster than the chosen one is reported before the causes and the steps', () => {
    const text = `PS C:\\> Get-AksHciCredential -name depot\n${KUBECTL}`;
    const told = { text: 'repair.fact.other-cluster', params: { clusters: 'depot', chosen: 'yard' } };
    expect(ask(text, ['yard']).first).toMatchObject([told]);
    expect(makePlan({ ...situation, texts: [text], named: ['yard'] }).warnings[0]).toMatchObject(told);
    expect(ask(text, ['depot']).first).toBeUndefined();
  });

  test('leads to the same plan, whichever of two clusters is mentioned first', () => {
    const sentences = ['On yard, kubectl fails.', 'On depot, kubectl works.'];
    const error = `PS C:\\> Get-AksHciCredential -name yard\n${KUBECTL}`;
    const [one, other] = [sentences, sentences.toReversed()].map((all) =>
      makePlan({ ...situation, texts: [[...all, error].join('\n')] }),
    );
    expect(other?.steps).toEqual(one?.steps);
    expect(one?.steps.length).toBeGreaterThan(0);
  });

  test('does not replace the cluster that an admin has chosen', () => {
    expect(ask(`Get-AksHciCredential -name depot\n${KUBECTL}`, ['yard']).about).toBeUndefined();
  });
});

test('what a person says about a layer decides conditions, and the plan does not ask about it', () => {
  const rows = mergeRows(healthy(DEPOT), credential(DEPOT, 'apiserver', -2), credential(DEPOT, 'kms-plugin-token', -2));
  const said = makePlan({ rows, named: ['depot'], texts: ['The API server does not answer.'] });
  const answered = makePlan({ rows, named: ['depot'], answers: { found: { 'workload-api-server': 'fails' } } });
  expect(said.steps.map((step) => [stepCommand(step), stepCases(step)])).toEqual(
    answered.steps.map((step) => [stepCommand(step), stepCases(step)]),
  );
});

describe('a command that had no effect', () => {
  const rows = mergeRows(healthy(DEPOT, YARD), credential(DEPOT, 'apiserver', -2), credential(YARD, 'apiserver', -2));
  const KUBELET = 'Update-AksHciClusterCertificates -name depot -fixKubeletCredentials';
  const plan = (text: string) =>
    makePlan({ ...SEVERAL, rows, named: ['depot', 'yard'], texts: [`${ON_NODE}\n\n${text}`] });

  test.each([`I already ran ${KUBELET}, no effect.`, `${KUBELET} を実行したが効果なし`])(
    'is not planned again for its cluster, and the plan says so: %s',
    (text) => {
      const { steps, warnings } = plan(text);
      const commands = steps.map(stepCommand);
      expect(commands).not.toContain(KUBELET);
      expect(commands).toContain(KUBELET.replace('depot', 'yard'));
      expect(warnings).toContainEqual(
        expect.objectContaining({ text: 'repair.fact.tried', params: { command: KUBELET } }),
      );
    },
  );

  test.each([
    ['with another parameter', 'I ran Update-AksHciClusterCertificates -name depot -fixCloudCredentials, no effect.'],
    [
      'without a cluster, if the plan has several',
      'I ran Update-AksHciClusterCertificates -fixKubeletCredentials, no effect.',
    ],
    ['without its switch', 'I ran Update-AksHciClusterCertificates -name depot, no effect.'],
    ['for another cluster', `On mill I ran ${KUBELET.replace('depot', 'mill')}, no effect.`],
  ])('is planned again if it was run %s', (_, text) => {
    expect(plan(text).steps.map(stepCommand)).toEqual(plan('Please help.').steps.map(stepCommand));
  });

  test('is not planned again for the cluster that its sentence names', () => {
    const { steps } = plan('On depot I ran Update-AksHciClusterCertificates -fixKubeletCredentials, no effect.');
    expect(steps.map(stepCommand)).not.toContain(KUBELET);
    expect(steps.map(stepCommand)).toContain(KUBELET.replace('depot', 'yard'));
  });

  test('removes that condition from the next step of the remedy', () => {
    const provision = ({ steps }: ReturnType<typeof plan>) =>
      steps
        .filter((step) => stepCommand(step).includes('cert-tattoo-provision'))
        .map((step) => [step.cluster, stepCases(step)]);
    expect(provision(plan('Please help.'))).toEqual([
      ['depot', ['repair.only.no-effect']],
      ['yard', ['repair.only.no-effect']],
    ]);
    expect(provision(plan(`I ran ${KUBELET}. Same error.`))).toEqual([
      ['depot', ['repair.only.old-build']],
      ['yard', ['repair.only.no-effect']],
    ]);
  });
});

describe('a pasted object', () => {
  const OBJECT = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: stolen-laptop
spec:
  description: after a revocation the cluster is down, not updated for 80 days
  revocations:
  - description: mocctl fails
    kind: serialnumber`;

  test('is checked as an object, and its words are no evidence', () => {
    for (const text of [
      OBJECT,
      JSON.stringify({ kind: 'RenewRevocation', spec: { description: 'after a revocation the cluster is down' } }),
    ]) {
      const { causes, first = [] } = diagnose({ texts: [text], nowMs: NOW_MS });
      expect(causes).toEqual([]);
      expect(first.map((each) => each.text)).toEqual(['repair.fact.lint']);
    }
  });

  test('is recognised in the output of kubectl describe', () => {
    const text = `Name:         stolen-laptop
API Version:  certificates.microsoft.com/v1
Kind:         RenewRevocation
Spec:
  Description:  after a revocation the cluster is down, not updated for 80 days`;
    const { causes, first = [] } = diagnose({ texts: [text], nowMs: NOW_MS });
    expect(causes).toEqual([]);
    expect(first.map((each) => each.text)).toEqual(['repair.fact.lint']);
  });

  test('ends at a blank line, so a line below it that begins like an object is evidence', () => {
    const error = '[Error: Certificate has expired: Expired]';
    for (const text of [
      `${OBJECT}

${error}`,
      `${error}

${OBJECT}`,
    ])
      expect(diagnose({ texts: [text] }).causes.map(({ failure }) => failure)).toContain('F04');
  });

  test('does not hide the error beside it', () => {
    const { causes } = diagnose({
      texts: [`kubectl apply -f x.yaml\n${OBJECT}\n\nfailed to repair cluster certificates`],
    });
    expect(causes).toMatchObject([{ failure: 'F08', evidence: [{ line: 12 }] }]);
  });
});

test('a consequence is not a second cause in the text of its cause, but is a cause in a text of its own', () => {
  const pairs = FAILURES.flatMap(({ id, follows = [] }) => follows.map((cause) => [cause, id] as const));
  expect(pairs.length).toBeGreaterThan(3);
  const findText = (wanted: string) => FAILURES.find(({ id }) => id === wanted)?.published[0] ?? '';
  for (const [cause, consequence] of pairs) {
    const both = diagnose({ texts: [`${findText(cause)}\n${findText(consequence)}`] }).causes.map(
      ({ failure }) => failure,
    );
    expect(both).not.toContain(consequence);
    expect(both).toContain(cause);
    expect(
      diagnose({ texts: [findText(cause), findText(consequence)] }).causes.map(({ failure }) => failure),
    ).toContain(consequence);
  }
});

test('a text from before the last reading waits for a check, and a newer text does not', () => {
  const rows = healthy(DEPOT).map((row) => ({ ...row, confirmedMs: NOW_MS }));
  const text = '[Error: Certificate has expired: Expired]';
  const old = makePlan({ rows, named: ['depot'], texts: [`2025-03-20T00:00:00Z ${text}`] });
  expect(old.warnings.map((each) => each.text)).toContain('repair.plan.unsure');
  const unread = rows.map((row) => ({ ...row, confirmedMs: undefined }));
  const undated = makePlan({ rows: unread, named: ['depot'], texts: [`2025-04-02T07:00:00Z ${text}`] });
  expect(undated.warnings.map((each) => each.text)).toContain('repair.plan.unsure');
  const stale = rows.map((row) => ({ ...row, confirmedMs: NOW_MS - 30 * DAY_MS }));
  const fresh = makePlan({ rows: stale, named: ['depot'], texts: [`2025-04-02T07:00:00Z ${text}`] });
  expect(fresh.warnings.map((each) => each.text)).not.toContain('repair.plan.unsure');
});
