import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { findFailure } from '../../../../core/knowledge/model/failures/failures.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { FactsByCluster } from '../../../../core/plan/model/cluster-facts.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import type { ClusterPlace } from '../../../../core/plan/model/deployment.ts';
import { DAY_MS, instant, instantFromMs, toMilliseconds } from '../../../../core/shared/instant.ts';
import type { RepairRequest } from '../../../../core/repair/model/plan.ts';
import {
  repairDiagnosis,
  repairRequest,
  type RepairChoice,
  type RepairSource,
} from '../../../../core/repair/model/request.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW = instant('2026-11-25T12:00:00Z');
const NOW_MS = toMilliseconds(NOW);

function place(name: string, change: Partial<ClusterPlace> = {}): ClusterPlace {
  return { id: `id of ${name}` as ClusterId, name, kind: 'kubernetes', ...change };
}

const AGENT = place('ca-1.contoso.example', { kind: 'moc' });
const MANAGEMENT = place('management');
const EAST = place('retail-east');
const WEST = place('retail-west');
const PLACES = [AGENT, MANAGEMENT, EAST, WEST];

/** Makes a credential that ended a day ago unless specified otherwise. */
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

function sourceOf({ places = PLACES, rows = [], facts = {} }: Situation): RepairSource {
  return {
    now: NOW,
    clusters: places,
    facts,
    classes: LIFETIME_CLASSES,
    rows: places.includes(MANAGEMENT) ? [OF_MANAGEMENT, ...rows] : rows,
  };
}

function choiceOf({ named = [], failures = [], texts = [], ...more }: Situation): RepairChoice {
  const { answers = {}, ...others } = more;
  return { clusters: named, failures, texts, answers, deployment: others.deployment, namesFirst: others.namesFirst };
}

function asked(situation: Situation = {}): RepairRequest {
  return repairRequest(sourceOf(situation), choiceOf(situation));
}

const namesOf = ({ targets }: RepairRequest) => targets.map(({ name }) => name);
const causesOf = ({ targets }: RepairRequest): Record<string, readonly string[]> =>
  Object.fromEntries(targets.flatMap(({ name, failures }) => (failures.length > 0 ? [[name ?? '', failures]] : [])));

function textOf(id: `F${string}`): string {
  const text = findFailure(id)?.published[0];
  if (text === undefined) throw new Error(id);
  return text;
}

describe('the target of a repair', () => {
  test('is the deployment: its hosts, then its clusters in the order of the inventory', () => {
    const request = asked();
    expect(namesOf(request)).toEqual(PLACES.map(({ name }) => name));
    expect(request.targets.map(({ kind }) => kind)).toEqual(['host', 'management', 'workload', 'workload']);
  });

  test('is chosen clusters in the order of the choice, by name or id, each once, with the hosts', () => {
    const named = ['retail-west', EAST.id, 'retail-east'];
    expect(namesOf(asked({ named }))).toEqual(['ca-1.contoso.example', 'management', 'retail-west', 'retail-east']);
  });

  test('is refused if the cluster is unknown', () => {
    expect(() => asked({ named: ['retail-north'] })).toThrow(
      expect.objectContaining({ code: 'cluster.unknown', params: { cluster: 'retail-north' } }),
    );
  });

  test('accepts any name without an inventory', () => {
    expect(namesOf(asked({ places: [], named: ['retail-north'], failures: ['F01'] }))).toEqual(['retail-north']);
  });

  test('is never two deployments at once', () => {
    const second = place('ca-2.contoso.example', { kind: 'moc' });
    const plant = place('plant');
    const other = [second, plant];
    const facts: FactsByCluster = {
      ...Object.fromEntries([MANAGEMENT, EAST, WEST].map(({ id }) => [id, { cloudAgent: AGENT.id }])),
      [plant.id]: { cloudAgent: second.id },
    };
    const places = [...PLACES, ...other];
    expect(() => asked({ places, facts })).toThrow(expect.objectContaining({ code: 'plan.deployment-needed' }));
    expect(namesOf(asked({ places, facts, named: ['plant'] }))).toContain('ca-2.contoso.example');
    expect(namesOf(asked({ places, facts, deployment: 'ca-2.contoso.example' }))).toEqual([
      'ca-2.contoso.example',
      'plant',
    ]);
  });

  test('is no demo fleet beside a real one, unless the demo fleet is named', () => {
    const sample = [place('osaka-plant', { sample: true })];
    const places = [...PLACES, ...sample];
    expect(namesOf(asked({ places, named: ['retail-east'] }))).not.toContain('osaka-plant');
    expect(namesOf(asked({ places, named: ['osaka-plant'] }))).toEqual(['osaka-plant']);
    expect(namesOf(asked({ places: sample }))).toEqual(['osaka-plant']);
  });
});

describe('a word that is one cluster’s id and another’s name', () => {
  const renamed = place('plant-west', { id: 'plant-east' as ClusterId });
  const later = place('plant-east');
  const places = [AGENT, renamed, later];
  const rows = [row(renamed, 'apiserver'), row(later, 'admin-kubeconfig', { layer: 'workstation' })];

  test('means the cluster with that id, and no other', () => {
    const request = asked({ places, rows, named: ['plant-east'] });
    expect(namesOf(request)).toEqual([AGENT.name, 'plant-west']);
    expect(causesOf(request)).toEqual({ 'plant-west': ['F01'] });
    expect(namesOf(asked({ places, rows, named: [later.id] }))).toEqual([AGENT.name, 'plant-east']);
  });

  test('means the cluster of that name if somebody typed it, and an id only if no cluster has that name', () => {
    const request = asked({ places, rows, named: ['plant-east'], namesFirst: true });
    expect(namesOf(request)).toEqual([AGENT.name, 'plant-east']);
    expect(causesOf(request)).toEqual({ 'plant-east': ['F11'] });
    expect(namesOf(asked({ places, rows, named: [later.id], namesFirst: true }))).toEqual([AGENT.name, 'plant-east']);
    expect(namesOf(asked({ places: [AGENT, renamed], named: ['plant-east'], namesFirst: true }))).toEqual([
      AGENT.name,
      'plant-west',
    ]);
  });

  test('means one of two clusters that were off, and only that one’s time off counts', () => {
    const answers = { offHours: 40 * 24 };
    const stated = (namesFirst?: true) => causesOf(asked({ places, answers, named: ['plant-east'], namesFirst }));
    expect(Object.keys(stated())).toEqual(['plant-west']);
    expect(Object.keys(stated(true))).toEqual(['plant-east']);
  });

  test('means one of two deployments', () => {
    const first = place('hosts-west', { kind: 'moc', id: 'hosts-east' as ClusterId });
    const second = place('hosts-east', { kind: 'moc' });
    const facts: FactsByCluster = { [EAST.id]: { cloudAgent: first.id }, [WEST.id]: { cloudAgent: second.id } };
    const several = { places: [first, second, EAST, WEST], facts, deployment: 'hosts-east' };
    expect(namesOf(asked(several))).toEqual(['hosts-west', 'retail-east']);
    expect(namesOf(asked({ ...several, namesFirst: true }))).toEqual(['hosts-east', 'retail-west']);
  });

  test('means a demo cluster by its id, even if a real cluster has that name', () => {
    const demo = place('osaka', { id: 'plant-east' as ClusterId, sample: true });
    const both = [AGENT, later, demo];
    expect(namesOf(asked({ places: both, named: ['plant-east'] }))).toEqual(['osaka']);
    expect(namesOf(asked({ places: both, named: ['plant-east'], namesFirst: true }))).toEqual([
      AGENT.name,
      'plant-east',
    ]);
  });

  test('means the real cluster if a demo cluster has the same name', () => {
    const demo = place('plant-east', { id: 'demo' as ClusterId, sample: true });
    for (const namesFirst of [undefined, true] as const)
      expect(namesOf(asked({ places: [AGENT, later, demo], named: ['plant-east'], namesFirst }))).toEqual([
        AGENT.name,
        'plant-east',
      ]);
  });
});

describe('causes', () => {
  test('are assigned only to the named cluster', () => {
    const request = asked({ named: ['retail-east'], texts: [textOf('F01')] });
    expect(causesOf(request)).toEqual({ 'retail-east': ['F01'] });
  });

  test('of the hosts are assigned to the hosts, whichever cluster is named', () => {
    const request = asked({ named: ['retail-east'], failures: ['F05', 'F01'] });
    expect(causesOf(request)).toEqual({ 'ca-1.contoso.example': ['F05'], 'retail-east': ['F01'] });
  });

  test('of an error are assigned to nobody if several clusters are possible', () => {
    const request = asked({ texts: [textOf('F01')] });
    expect(causesOf(request)).toEqual({ '': ['F01'] });
  });

  test('of an error are assigned to the only cluster if there is one', () => {
    const request = asked({ places: [AGENT, MANAGEMENT, EAST], texts: [textOf('F01')] });
    expect(causesOf(request)['retail-east']).toEqual(['F01']);
  });

  test('that are named replace those that match the texts', () => {
    const situation = { named: ['retail-east'], texts: [textOf('F01')] };
    expect(causesOf(asked({ ...situation, failures: ['F11'] }))).toEqual({ 'retail-east': ['F11'] });
  });

  test('come from each cluster’s inventory if nothing else is stated', () => {
    const rows = [
      row(EAST, 'apiserver'),
      row(WEST, 'admin-kubeconfig', { layer: 'workstation' }),
      row(AGENT, 'node-agent-token', { name: 'host01' }),
    ];
    expect(causesOf(asked({ rows }))).toEqual({
      'ca-1.contoso.example': ['F14'],
      'retail-east': ['F01'],
      'retail-west': ['F11'],
    });
  });

  test('depend on the stated time off of a cluster', () => {
    const facts: FactsByCluster = { [EAST.id]: { offSince: instantFromMs(NOW_MS - 40 * DAY_MS) } };
    const rows = [row(EAST, 'scheduler')];
    expect(causesOf(asked({ rows, facts, named: ['retail-east'] }))['retail-east']).toContain('F22');
    // A current statement takes precedence over an earlier one.
    const answers = { offHours: 1 };
    expect(causesOf(asked({ rows, facts, answers, named: ['retail-east'] }))).toEqual({});
  });

  test('that are uncertain include the deciding command', () => {
    const rows = [row(WEST, 'admin-kubeconfig', { layer: 'workstation' })];
    const { targets } = asked({ rows });
    const { unsure } = targets.find(({ name }) => name === 'retail-west') ?? {};
    expect(unsure?.command).toBe('kubectl config view --minify');
    expect(asked({ named: ['retail-east'], failures: ['F11'] }).targets).not.toContainEqual(
      expect.objectContaining({ unsure: expect.anything() as unknown }),
    );
  });

  test('are absent if nothing fits', () => {
    expect(causesOf(asked({ named: ['retail-east'], texts: ['everything is fine'] }))).toEqual({});
  });
});

describe('the diagnosis before a choice', () => {
  const diagnosed = (situation: Situation) => repairDiagnosis(sourceOf(situation), choiceOf(situation));

  test('names each cause once, with all affected clusters, the most certain first', () => {
    const rows = [
      ...[row(EAST, 'apiserver'), row(WEST, 'apiserver')],
      row(WEST, 'admin-kubeconfig', { layer: 'workstation' }),
    ];
    const { causes } = diagnosed({ rows });
    const [first] = causes;
    expect(first).toMatchObject({ failure: 'F01', clusters: ['retail-east', 'retail-west'] });
    expect(causes.map(({ confidence }) => confidence)).toEqual(
      causes.map(({ confidence }) => confidence).sort((one, other) => other - one),
    );
  });

  test('of a text concerns the one named cluster', () => {
    const { causes } = diagnosed({ named: ['retail-east'], texts: [textOf('F01')] });
    expect(causes[0]).toMatchObject({ failure: 'F01' });
    expect(causes[0]).not.toHaveProperty('clusters');
  });

  test('reports problems outside this product, and finds no cause for them', () => {
    const { causes, elsewhere } = diagnosed({
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
])('a cluster is off for 30 days %s that instant', (_when, earlyMs, isLong) => {
  const facts: FactsByCluster = { [EAST.id]: { offSince: instantFromMs(NOW_MS - 30 * DAY_MS + earlyMs) } };
  const found = causesOf(asked({ facts, named: ['retail-east'] }))['retail-east'] ?? [];
  expect(found.includes('F22')).toBe(isLong);
});
