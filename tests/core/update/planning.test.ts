import { expect, test } from 'vitest';
import { kubernetesVersion } from '../../../core/knowledge/model/aks-hci-version.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { ClusterPlace } from '../../../core/plan/model/deployment.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { instant } from '../../../core/shared/instant.ts';
import { commandText } from '../../../core/plan/model/plan.ts';
import type { TypedVersions } from '../../../core/update/contract.ts';
import type { UpdatePlanning } from '../../../core/update/model/planning.ts';
import { planUpdate } from '../../../core/update/service.ts';

const AGENT: ClusterPlace = { id: 'agent' as ClusterId, name: 'ca-1', kind: 'moc' };
const EAST: ClusterPlace = { id: 'east' as ClusterId, name: 'retail-east', kind: 'kubernetes' };

interface Situation {
  clusters?: readonly ClusterPlace[];
  text?: string;
  typed?: TypedVersions;
  chosen?: readonly string[];
  to?: string;
}

function makePlan({ clusters = [], text = '', typed, chosen = [], to = '' }: Situation): UpdatePlanning {
  const target = kubernetesVersion(to);
  const fleet = {
    now: instant('2026-11-25T12:00:00Z'),
    clusters,
    rows: [],
    facts: {},
    classes: LIFETIME_CLASSES,
    planning: DEFAULT_SETTINGS.planning,
  };
  return planUpdate(fleet, {
    texts: [{ text }],
    typed,
    choice: {
      parts: 'clusters',
      clusters: chosen,
      onlySystem: false,
      versions: new Map(target === undefined ? [] : [['retail-east', target]]),
    },
  }).planning;
}

function updates({ plan }: UpdatePlanning): string[] {
  return plan.steps.flatMap(({ id, command }) =>
    id.startsWith('update-') && command !== undefined ? [commandText(command)] : [],
  );
}

test('a cluster known only by its typed name is planned together with those in the inventory', () => {
  const planning = makePlan({
    clusters: [AGENT, EAST],
    typed: { clusters: [{ cluster: 'branch-7' }] },
    chosen: ['east', 'branch-7'],
  });
  expect(updates(planning).map((command) => /-name (\S+)/u.exec(command)?.[1])).toEqual(['retail-east', 'branch-7']);
  expect(planning.questions).toContainEqual(expect.objectContaining({ id: 'cluster-version', cluster: 'branch-7' }));
});

test('a typed version overrides the output of cmdlets, and a typed name alone has no effect', () => {
  const text = 'Name : retail-east\nKubernetesVersion : v1.21.9\n';
  const listQuestions = (clusters: TypedVersions['clusters']): string[] =>
    makePlan({ text, typed: { clusters } }).questions.map(({ id }) => id);
  expect(listQuestions([{ cluster: 'retail-east' }])).not.toContain('cluster-version');
  const steps = (clusters: TypedVersions['clusters']): number =>
    updates(makePlan({ text, typed: { clusters }, to: 'v1.22.11' })).length;
  expect(steps([{ cluster: 'retail-east' }])).toBe(1);
  expect(steps([{ cluster: 'retail-east', version: 'v1.20.7' }])).toBe(2);
});

test('typed versions do not prove that a login works', () => {
  const { checks } = makePlan({ typed: { clusters: [{ cluster: 'retail-east' }] } });
  expect(checks.find(({ id }) => id === 'kvactl-login')?.state).toBe('unknown');
});
