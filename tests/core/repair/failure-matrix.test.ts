import { expect, test } from 'vitest';
import { FAILURES } from '../../../core/knowledge/model/failures/failures.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../core/knowledge/model/credentials/roles.ts';
import type { RoleId } from '../../../core/knowledge/model/credentials/credentials.ts';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import { UNSURE } from '../../../core/repair/model/plan.ts';
import { SURE_CONFIDENCE } from '../../../core/repair/model/diagnose.ts';
import { repairDiagnosis } from '../../../core/repair/model/request.ts';
import { planRepair } from '../../../core/repair/service.ts';
import { AGENT, credential, DEPOT, healthy, MANAGEMENT, mergeRows, NOW } from './fleet-by-hand.ts';

const OF_HOSTS: readonly RoleId[] = ['mocctl', 'kvactl', 'kvactl-token', 'node-agent', 'node-agent-token'];

/** Returns the expired credentials that support a failure. */
function makeExpired(roles: readonly RoleId[]): BoardRow[] {
  return roles.map((role) => {
    const place = OF_HOSTS.includes(role) ? AGENT : ROLES[role].marksManagement ? MANAGEMENT : DEPOT;
    return credential(place, role, -2);
  });
}

const CASES = FAILURES.flatMap((failure) => {
  const roles = failure.supports.flatMap((sign) =>
    'roles' in sign && sign.weight > 0 && sign.state === 'expired' ? sign.roles : [],
  );
  const inventories: [string, BoardRow[]][] = [
    ['is silent', []],
    ['disagrees', healthy(DEPOT)],
    ...(roles.length === 0
      ? []
      : [['agrees', mergeRows(healthy(DEPOT), ...makeExpired(roles))] satisfies [string, BoardRow[]]]),
  ];
  return failure.published.flatMap((text) =>
    inventories.map(([inventory, rows]) => ({ id: failure.id, inventory, rows, text })),
  );
});

test('a plan changes something at once only if its cause is sure; otherwise it names the check that decides', () => {
  const wrong = CASES.flatMap(({ id, inventory, rows, text }) => {
    const source = { now: NOW, clusters: [AGENT, MANAGEMENT, DEPOT], rows, facts: {}, classes: LIFETIME_CLASSES };
    const choice = { clusters: [DEPOT.id], failures: [], texts: [text], answers: {} };
    const { plan } = planRepair(source, choice);
    const [first] = repairDiagnosis(source, choice).causes;
    const change = plan.steps.find(({ risk, only = [] }) => risk === 'disruptive' && only.length === 0);
    const isSure = first !== undefined && first.confidence >= SURE_CONFIDENCE;
    const isChecked = plan.warnings.some((each) => each.text === UNSURE || each.text.endsWith('.look'));
    // The repair of what has expired needs no cause.
    const isDue = change?.because.credentials.length !== 0;
    return change === undefined || isSure || isChecked || isDue ? [] : [`${id}: ${inventory}: ${change.id}`];
  });
  expect(CASES.length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});
