import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { findFailure } from '../../../../core/knowledge/model/failures/failures.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { FactsByCluster } from '../../../../core/plan/model/cluster-facts.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import type { ClusterPlace } from '../../../../core/plan/model/deployment.ts';
import { DAY_MS, instant, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import type { RepairRequest } from '../../../../core/repair/model/plan.ts';
import {
  repairDiagnosis,
  repairRequest,
  type RepairChoice,
  type RepairSource,
} from '../../../../core/repair/model/request.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW = instant('2026-11-25T12:00:00Z');
const NOW_MS = epochMs(NOW);

function place(name: string, change: Partial<ClusterPlace> = {}): ClusterPlace {
  return { id: `id of ${name}` as ClusterId, name, kind: 'kubernetes', ...change };
}

const AGENT = place('ca-1.contoso.example', { kind: 'moc' });
const MANAGEMENT = place('management');
const EAST = place('retail-east');
const WEST = place('retail-west');
const PLACES = [AGENT, MANAGEMENT, EAST, WEST];

/** Makes a credential that expired a day ago, unless `change` has another end. */
function row(of: ClusterPlace, role: RoleId, change: Partial<BoardRow> = {}): BoardRow {
  const { layer, lifetimeClass } = ROLES[role];
  return boardRow({
    id: `${of.name} ${role}` as CredentialId,
    name: `${of.name} ${role}`,
    cluster: of.name,
    clusterId: of.id,
    role,
    lifetimeClass,
    layer: layer ?? 'moc',
    notBeforeMs: NOW_MS - 100 * DAY_MS,
    notAfterMs: NOW_MS - DAY_MS,
    ...change,
  });
}

const OF_MANAGEMENT = row(MANAGEMENT, 'management-kubeconfig', {
  layer: 'workstation',
  notAfterMs: NOW_MS + 200 * DAY_MS,
});

interface Situation extends Partial<Omit<RepairChoice, 'clusters'>> {
  places?: readonly ClusterPlace[];
  rows?: readonly BoardRow[];
  facts?: FactsByCluster;
  named?: readonly string[];
}

function makeSource({ places = PLACES, rows = [], facts = {} }: Situation): RepairSource {
  return {
    now: NOW,
    clusters: places,
    facts,
    classes: LIFETIME_CLASSES,
    rows: places.includes(MANAGEMENT) ? [OF_MANAGEMENT, ...rows] : rows,
  };
}

function makeChoice({ named = [], failures = [], texts = [], ...more }: Situation): RepairChoice {
  const { answers = {}, ...others } = more;
  return { clusters: named, failures, texts, answers, deployment: others.deployment, namesFirst: others.namesFirst };
}

function makeRequest(situation: Situation = {}): RepairRequest {
  return repairRequest(makeSource(situation), makeChoice(situation));
}

const targetNames = ({ targets }: RepairRequest) => targets.map(({ name }) => name);
const targetCauses = ({ targets }: RepairRequest): Record<string, readonly string[]> =>
  Object.fromEntries(targets.flatMap(({ name, failures }) => (failures.length > 0 ? [[name ?? '', failures]] : [])));

function articleText(id: `F${string}`): string {
  const text = findFailure(id)?.published[0];
  if (text === undefined) throw new Error(id);
  return text;
}

describe('the target of a repair', () => {
  test('consists of the hosts and the clusters, in the order of the inventory', () => {
    const request = makeRequest();
    expect(targetNames(request)).toEqual(PLACES.map(({ name }) => name));
    expect(request.targets.map(({ kind }) => kind)).toEqual(['host', 'management', 'workload', 'workload']);
  });

  test('consists of the hosts and the chosen clusters, by name or id, each once and in the order of the choice', () => {
    const named = ['retail-west', EAST.id, 'retail-east'];
    expect(targetNames(makeRequest({ named }))).toEqual([
      'ca-1.contoso.example',
      'management',
      'retail-west',
      'retail-east',
    ]);
  });

  test('is refused if the inventory does not contain the named cluster', () => {
    expect(() => makeRequest({ named: ['retail-north'] })).toThrow(
      expect.objectContaining({ code: 'cluster.unknown', params: { cluster: 'retail-north' } }),
    );
  });

  test('can have any name if there is no inventory', () => {
    expect(targetNames(makeRequest({ places: [], named: ['retail-north'], failures: ['F01'] }))).toEqual([
      'retail-north',
    ]);
  });

  test('never contains clusters of two deployments', () => {
    const second = place('ca-2.contoso.example', { kind: 'moc' });
    const plant = place('plant');
    const other = [second, plant];
    const facts: FactsByCluster = {
      ...Object.fromEntries([MANAGEMENT, EAST, WEST].map(({ id }) => [id, { cloudAgent: AGENT.id }])),
      [plant.id]: { cloudAgent: second.id },
    };
    const places = [...PLACES, ...other];
    expect(() => makeRequest({ places, facts })).toThrow(expect.objectContaining({ code: 'plan.deployment-needed' }));
    expect(targetNames(makeRequest({ places, facts, named: ['plant'] }))).toContain('ca-2.contoso.example');
    expect(targetNames(makeRequest({ places, facts, deployment: 'ca-2.contoso.example' }))).toEqual([
      'ca-2.contoso.example',
      'plant',
    ]);
  });

  test('includes a demo cluster beside real ones only if that cluster is chosen', () => {
    const sample = [place('osaka-plant', { sample: true })];
    const places = [...PLACES, ...sample];
    expect(targetNames(makeRequest({ places, named: ['retail-east'] }))).not.toContain('osaka-plant');
    expect(targetNames(makeRequest({ places, named: ['osaka-plant'] }))).toEqual(['osaka-plant']);
    expect(targetNames(makeRequest({ places: sample }))).toEqual(['osaka-plant']);
  });
});

describe('a word that is the id of one cluster and the name of another', () => {
  const renamed = place('plant-west', { id: 'plant-east' as ClusterId });
  const later = place('plant-east');
  const places = [AGENT, renamed, later];
  const rows = [row(renamed, 'apiserver'), row(later, 'admin-kubeconfig', { layer: 'workstation' })];

  test('selects the cluster with that id, and no other', () => {
    const request = makeRequest({ places, rows, named: ['plant-east'] });
    expect(targetNames(request)).toEqual([AGENT.name, 'plant-west']);
    expect(targetCauses(request)).toEqual({ 'plant-west': ['F01'] });
    expect(targetNames(makeRequest({ places, rows, named: [later.id] }))).toEqual([AGENT.name, 'plant-east']);
  });

  test('if typed, selects the cluster with that name, and the one with that id only if no cluster has that name', () => {
    const request = makeRequest({ places, rows, named: ['plant-east'], namesFirst: true });
    expect(targetNames(request)).toEqual([AGENT.name, 'plant-east']);
    expect(targetCauses(request)).toEqual({ 'plant-east': ['F11'] });
    expect(targetNames(makeRequest({ places, rows, named: [later.id], namesFirst: true }))).toEqual([
      AGENT.name,
      'plant-east',
    ]);
    expect(targetNames(makeRequest({ places: [AGENT, renamed], named: ['plant-east'], namesFirst: true }))).toEqual([
      AGENT.name,
      'plant-west',
    ]);
  });

  test('selects the cluster to which a stated downtime applies', () => {
    const answers = { offHours: 40 * 24 };
    const requestCauses = (namesFirst?: true) =>
      targetCauses(makeRequest({ places, answers, named: ['plant-east'], namesFirst }));
    expect(Object.keys(requestCauses())).toEqual(['plant-west']);
    expect(Object.keys(requestCauses(true))).toEqual(['plant-east']);
  });

  test('selects one of two deployments', () => {
    const first = place('hosts-west', { kind: 'moc', id: 'hosts-east' as ClusterId });
    const second = place('hosts-east', { kind: 'moc' });
    const facts: FactsByCluster = { [EAST.id]: { cloudAgent: first.id }, [WEST.id]: { cloudAgent: second.id } };
    const several = { places: [first, second, EAST, WEST], facts, deployment: 'hosts-east' };
    expect(targetNames(makeRequest(several))).toEqual(['hosts-west', 'retail-east']);
    expect(targetNames(makeRequest({ ...several, namesFirst: true }))).toEqual(['hosts-east', 'retail-west']);
  });

  test('selects a demo cluster by its id, even if a real cluster has that name', () => {
    const demo = place('osaka', { id: 'plant-east' as ClusterId, sample: true });
    const both = [AGENT, later, demo];
    expect(targetNames(makeRequest({ places: both, named: ['plant-east'] }))).toEqual(['osaka']);
    expect(targetNames(makeRequest({ places: both, named: ['plant-east'], namesFirst: true }))).toEqual([
      AGENT.name,
      'plant-east',
    ]);
  });

  test('selects the real cluster if a demo cluster has the same name', () => {
    const demo = place('plant-east', { id: 'demo' as ClusterId, sample: true });
    for (const namesFirst of [undefined, true] as const)
      expect(targetNames(makeRequest({ places: [AGENT, later, demo], named: ['plant-east'], namesFirst }))).toEqual([
        AGENT.name,
        'plant-east',
      ]);
  });
});

describe('the causes of a repair', () => {
  test('belong only to the named cluster', () => {
    const request = makeRequest({ named: ['retail-east'], texts: [articleText('F01')] });
    expect(targetCauses(request)).toEqual({ 'retail-east': ['F01'] });
  });

  test('belong to the hosts if they are failures of hosts, whichever cluster is named', () => {
    const request = makeRequest({ named: ['retail-east'], failures: ['F05', 'F01'] });
    expect(targetCauses(request)).toEqual({ 'ca-1.contoso.example': ['F05'], 'retail-east': ['F01'] });
  });

  test('belong to no cluster if an error fits several clusters', () => {
    const request = makeRequest({ texts: [articleText('F01')] });
    expect(targetCauses(request)).toEqual({ '': ['F01'] });
  });

  test('belong to the cluster if there is only one', () => {
    const request = makeRequest({ places: [AGENT, MANAGEMENT, EAST], texts: [articleText('F01')] });
    expect(targetCauses(request)['retail-east']).toEqual(['F01']);
  });

  test('are the stated failures, instead of those that match the texts', () => {
    const situation = { named: ['retail-east'], texts: [articleText('F01')] };
    expect(targetCauses(makeRequest({ ...situation, failures: ['F11'] }))).toEqual({ 'retail-east': ['F11'] });
  });

  test('are derived from the inventory of each cluster if no failure is stated', () => {
    const rows = [
      row(EAST, 'apiserver'),
      row(WEST, 'admin-kubeconfig', { layer: 'workstation' }),
      row(AGENT, 'node-agent-token', { name: 'host01' }),
    ];
    expect(targetCauses(makeRequest({ rows }))).toEqual({
      'ca-1.contoso.example': ['F14'],
      'retail-east': ['F01'],
      'retail-west': ['F11'],
    });
  });

  test('depend on the stated downtime of a cluster', () => {
    const facts: FactsByCluster = { [EAST.id]: { offSince: instantFromMs(NOW_MS - 40 * DAY_MS) } };
    const rows = [row(EAST, 'scheduler')];
    expect(targetCauses(makeRequest({ rows, facts, named: ['retail-east'] }))['retail-east']).toContain('F22');
    // An answer overrides the stored statement.
    const answers = { offHours: 1 };
    expect(targetCauses(makeRequest({ rows, facts, answers, named: ['retail-east'] }))).toEqual({});
  });

  test('are listed with a command that confirms or excludes them if they are uncertain', () => {
    const rows = [row(WEST, 'admin-kubeconfig', { layer: 'workstation' })];
    const { targets } = makeRequest({ rows });
    const { unsure } = targets.find(({ name }) => name === 'retail-west') ?? {};
    expect(unsure?.command).toBe('kubectl config view --minify');
    expect(makeRequest({ named: ['retail-east'], failures: ['F11'] }).targets).not.toContainEqual(
      expect.objectContaining({ unsure: expect.anything() as unknown }),
    );
  });

  test('are absent if no failure matches', () => {
    expect(targetCauses(makeRequest({ named: ['retail-east'], texts: ['everything is fine'] }))).toEqual({});
  });
});

describe('the diagnosis of a repair', () => {
  const diagnoseCase = (situation: Situation) => repairDiagnosis(makeSource(situation), makeChoice(situation));

  test('lists each cause once, with all its clusters, the most likely first', () => {
    const rows = [
      ...[row(EAST, 'apiserver'), row(WEST, 'apiserver')],
      row(WEST, 'admin-kubeconfig', { layer: 'workstation' }),
    ];
    const { causes } = diagnoseCase({ rows });
    const [first] = causes;
    expect(first).toMatchObject({ failure: 'F01', clusters: ['retail-east', 'retail-west'] });
    expect(causes.map(({ confidence }) => confidence)).toEqual(
      causes.map(({ confidence }) => confidence).sort((one, other) => other - one),
    );
  });

  test('applies a pasted text to the chosen cluster', () => {
    const { causes } = diagnoseCase({ named: ['retail-east'], texts: [articleText('F01')] });
    expect(causes[0]).toMatchObject({ failure: 'F01' });
    expect(causes[0]).not.toHaveProperty('clusters');
  });

  test('reports a problem outside this product, and lists no cause for it', () => {
    const { causes, elsewhere } = diagnoseCase({
      named: ['retail-east'],
      texts: ['dial tcp: lookup registry.contoso.example on 10.0.0.10:53: no such host'],
    });
    expect(causes).toEqual([]);
    expect(elsewhere.map(({ id }) => id)).toContain('dns');
  });
});

test.each([
  ['at', 0, true],
  ['a second before', 1000, false],
])('the limit of 30 days off is exact to the second: %s the limit', (_when, earlyMs, isLong) => {
  const facts: FactsByCluster = { [EAST.id]: { offSince: instantFromMs(NOW_MS - 30 * DAY_MS + earlyMs) } };
  const found = targetCauses(makeRequest({ facts, named: ['retail-east'] }))['retail-east'] ?? [];
  expect(found.includes('F22')).toBe(isLong);
});
