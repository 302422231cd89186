import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { ClusterPlace } from '../../../../core/plan/model/deployment.ts';
import { powerOffClocks } from '../../../../core/availability/model/power-off.ts';
import { selectRelatedRows } from '../../../../core/repair/model/related-rows.ts';
import { repairRequest, type RepairSource } from '../../../../core/repair/model/request.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { HOUR_MS, instant, epochMs } from '../../../../core/shared/instant.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW = instant('2026-11-25T12:00:00Z');
const NOW_MS = epochMs(NOW);
const HOST: ClusterPlace = { id: 'ca-1' as ClusterId, name: 'ca-1', kind: 'moc' };
const CLUSTERS = ['retail-east', 'retail-west', 'plant-7', 'plant-7-b'].map((name): ClusterPlace => ({
  id: `id of ${name}` as ClusterId,
  name,
  kind: 'kubernetes',
}));
const PLACES = [HOST, ...CLUSTERS];
/** A cluster with one of the last two roles is a management cluster. */
const ROLES_HELD: readonly RoleId[] = [
  ...(['apiserver', 'etcd-server', 'kubelet-client', 'cert-manager-token'] as const),
  ...(['caph', 'management-kubeconfig'] as const),
];
/** Returns whether the name of a credential may contain another cluster: on the hosts, and for cert-manager's token. */
const isOfOther = (place: ClusterPlace, role: RoleId): boolean => place === HOST || role === 'cert-manager-token';

const credentials = fc.array(
  fc.record({
    place: fc.constantFrom(...PLACES),
    /** The cluster in the name of a credential for which `isOfOther` returns true. */
    of: fc.constantFrom(...CLUSTERS),
    role: fc.constantFrom(...ROLES_HELD),
    leftHours: fc.integer({ min: -100, max: 100 }),
  }),
  { maxLength: 30 },
);

const sources = credentials.map((held): RepairSource => ({
  now: NOW,
  clusters: PLACES,
  facts: {},
  classes: LIFETIME_CLASSES,
  rows: held.map(({ place, of, role, leftHours }, at) =>
    boardRow({
      id: `${at}` as CredentialId,
      name: isOfOther(place, role) ? `KMSPlugin-${of.name}-moc-kms-plugin` : `${place.name} ${role}`,
      cluster: place.name,
      clusterId: place.id,
      role: place === HOST && role !== 'cert-manager-token' ? 'kms-plugin-token' : role,
      layer: place === HOST ? 'moc' : (ROLES[role].layer ?? 'kubernetes'),
      lifetimeClass: ROLES[role].lifetimeClass,
      notBeforeMs: NOW_MS - 200 * HOUR_MS,
      notAfterMs: NOW_MS + leftHours * HOUR_MS,
    }),
  ),
}));

test('a plan for chosen clusters judges only these and the hosts, with the same result as if all clusters were judged', () => {
  fc.assert(
    fc.property(sources, fc.uniqueArray(fc.constantFrom(...PLACES), { minLength: 1 }), (source, chosen) => {
      const choice = { clusters: chosen.map(({ id }) => id), failures: [], texts: [], answers: {} };
      const { clusters, rows, classes, facts } = source;
      const all = powerOffClocks(clusters, rows, { nowMs: NOW_MS, classes, facts });
      expect(repairRequest(source, choice)).toEqual(repairRequest({ ...source, clocks: all }, choice));
    }),
  );
});

test('a plan for chosen clusters depends only on their rows and on those of the hosts and the management cluster', () => {
  fc.assert(
    fc.property(sources, fc.uniqueArray(fc.constantFrom(...PLACES), { minLength: 1 }), (source, chosen) => {
      const { clusters, rows } = source;
      const listRows = ({ id }: ClusterPlace) => rows.filter(({ clusterId }) => clusterId === id);
      // Facts are cached per cluster object, so each case needs new objects.
      const fleet = { clusters: clusters.map((place) => ({ ...place })), listRows, others: [] };
      const choice = { clusters: chosen.map(({ id }) => id), failures: [], texts: [], answers: {} };
      const related = selectRelatedRows(fleet, choice.clusters);
      expect(repairRequest({ ...source, rows: related }, choice)).toEqual(
        repairRequest({ ...source, rows: clusters.flatMap(listRows) }, choice),
      );
    }),
  );
});

test('a plan omits rows of other workload clusters if a cluster is chosen', () => {
  const listRows = ({ id, name }: ClusterPlace) => [
    boardRow({ id: name as CredentialId, name, cluster: name, clusterId: id, role: 'apiserver' }),
  ];
  const fleet = { clusters: PLACES, listRows, others: [] };
  const namesFor = (chosen: readonly string[]) => selectRelatedRows(fleet, chosen).map(({ name }) => name);
  expect(namesFor(['plant-7'])).toEqual(['ca-1', 'plant-7']);
  expect(namesFor(['id of retail-west'])).toEqual(['ca-1', 'retail-west']);
  expect(namesFor([])).toEqual(PLACES.map(({ name }) => name));
});

test('the power-off clocks of chosen clusters are the same as if all clusters were chosen', () => {
  fc.assert(
    fc.property(sources, fc.uniqueArray(fc.constantFrom(...CLUSTERS)), ({ rows, classes, facts }, chosen) => {
      const options = { nowMs: NOW_MS, classes, facts };
      const workloads = new Set(chosen.map(({ id }) => id));
      const wanted = powerOffClocks(PLACES, rows, options).filter(
        ({ kind, clusterId }) => kind !== 'workload' || workloads.has(clusterId),
      );
      expect(powerOffClocks(PLACES, rows, { ...options, workloads })).toEqual(wanted);
    }),
  );
});
