import { expect, test } from 'vitest';
import { repairRequest } from '../../../core/repair/model/request.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { instantFromMs, DAY_MS } from '../../../core/shared/instant.ts';
import {
  AGENT,
  listChanges,
  credential,
  DEPOT,
  healthy,
  MANAGEMENT,
  NOW,
  NOW_MS,
  makePlan,
  mergeRows,
  YARD,
} from './fleet-by-hand.ts';

const PLACES = [AGENT, MANAGEMENT, DEPOT, YARD];
const answers = { offHours: 40 * 24 };
const KUBELET = 'Update-AksHciClusterCertificates -name depot -fixKubeletCredentials';
const CREDENTIAL = /^Get-AksHciCredential -name depot/u;

test('the downtime of a cluster is no evidence about the hosts, the management cluster or other clusters', () => {
  const rows = mergeRows(
    healthy(DEPOT, YARD),
    credential(DEPOT, 'apiserver', -36),
    credential(DEPOT, 'etcd-server', -36),
  );
  const { steps, ...plan } = makePlan({ places: PLACES, rows, named: ['depot'], answers });
  const changes = listChanges({ steps, ...plan });
  expect(changes).toContain(KUBELET);
  expect(changes.some((each) => CREDENTIAL.test(each))).toBe(true);
  expect(
    changes.filter((each) => /Update-AksHciCertificates|Repair-Moc|yard|KvaConfig|admin\.conf|mocctl/u.test(each)),
  ).toEqual([]);
  // The cloud credentials of the cluster are still valid.
  expect(changes.filter((each) => each.includes('-fixCloudCredentials'))).toEqual([]);
});

test('nothing is repaired if a cluster was off for a long time but none of its credentials has expired', () => {
  const rows = healthy(DEPOT, YARD);
  expect(makePlan({ places: PLACES, rows, named: ['depot'], answers }).steps).toEqual([]);
  const facts = { [DEPOT.id]: { offSince: instantFromMs(NOW_MS - 40 * DAY_MS) } };
  expect(makePlan({ places: PLACES, rows, facts }).steps).toEqual([]);
});

test('credentials that were not read are repaired in the documented order', () => {
  const changes = listChanges(makePlan({ places: [DEPOT], named: ['depot'], answers }));
  expect(changes[0]).toBe('Repair-MocLogin');
  expect(changes.slice(1, 3)).toEqual(['Update-AksHciCertificates', KUBELET]);
});

test('each target has only the causes that result from its own downtime', () => {
  const causes = (named: readonly string[]) => {
    const source = { now: NOW, clusters: PLACES, rows: [], facts: {}, classes: LIFETIME_CLASSES };
    const { targets } = repairRequest(source, { clusters: named, failures: [], texts: [], answers });
    return targets.flatMap(({ name, failures }) => (failures.length > 0 ? [name] : []));
  };
  expect(causes(['depot'])).toEqual(['depot']);
  // If the hosts were off, the management cluster on them was off too.
  expect(causes([AGENT.name])).toEqual([AGENT.name, MANAGEMENT.name]);
  expect(causes([MANAGEMENT.name])).toEqual([MANAGEMENT.name]);
  // If no cluster is chosen, the downtime applies to all workload clusters, not to the hosts.
  expect(causes([])).toEqual(['depot', 'yard']);
});
