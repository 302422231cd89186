import { expect, test } from 'vitest';
import { FAILURES } from '../../../core/knowledge/model/failures/failures.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../core/knowledge/model/credentials/roles.ts';
import type { RoleId } from '../../../core/knowledge/model/credentials/credentials.ts';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import { UNSURE } from '../../../core/repair/model/plan.ts';
import { isSure } from '../../../core/repair/model/diagnose.ts';
import { repairDiagnosis } from '../../../core/repair/model/request.ts';
import { planRepair } from '../../../core/repair/service.ts';
import { DAY_MS, HOUR_MS, instantFromMs } from '../../../core/shared/instant.ts';
import { AGENT, credential, DEPOT, healthy, MANAGEMENT, mergeRows, NOW, NOW_MS } from './fleet-by-hand.ts';

const OF_HOSTS: readonly RoleId[] = ['mocctl', 'kvactl', 'kvactl-token', 'node-agent', 'node-agent-token'];

/** Returns the expired credentials that support a failure. */
function makeExpired(roles: readonly RoleId[]): BoardRow[] {
  return roles.map((role) => {
    const place = OF_HOSTS.includes(role) ? AGENT : ROLES[role].marksManagement ? MANAGEMENT : DEPOT;
    return credential(place, role, -2);
  });
}

const READ_MS = NOW_MS - 2 * DAY_MS;
/** The time at which the text was printed; `undefined` if the text does not state it. */
const AGES: readonly [string, number | undefined][] = [
  ['undated', undefined],
  ['older', READ_MS - 7 * DAY_MS],
  ['newer', NOW_MS - HOUR_MS],
];

function addTime(text: string, ms: number | undefined): string {
  return ms === undefined ? text : text.replaceAll(/^/gmu, `${instantFromMs(ms)} `);
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
  const hasValid = failure.supports.some((sign) => 'state' in sign && sign.state === 'valid');
  return failure.published.flatMap((text) => {
    // A text that states its own time keeps it.
    const isDated = text.includes('current time') || /^\d{4}\//u.test(text);
    const ages = isDated ? ([['dated', undefined]] as const) : AGES;
    return inventories.flatMap(([inventory, rows]) =>
      ages.map(([age, ms]) => ({
        id: failure.id,
        inventory,
        age,
        hasValid,
        rows: rows.map((row) => ({ ...row, confirmedMs: READ_MS })),
        text: addTime(text, ms),
      })),
    );
  });
});

function judge({ rows, text }: { rows: readonly BoardRow[]; text: string }) {
  const source = { now: NOW, clusters: [AGENT, MANAGEMENT, DEPOT], rows, facts: {}, classes: LIFETIME_CLASSES };
  const choice = { clusters: [DEPOT.id], failures: [], texts: [text], answers: {} };
  return { plan: planRepair(source, choice).plan, causes: repairDiagnosis(source, choice).causes };
}

test('a plan changes something at once only if its cause is sure; otherwise it names the check that decides', () => {
  const wrong = CASES.flatMap((each) => {
    const { plan, causes } = judge(each);
    const [first] = causes;
    const change = plan.steps.find(({ risk, only = [] }) => risk === 'disruptive' && only.length === 0);
    const isChecked = plan.warnings.some(({ text }) => text === UNSURE || text.endsWith('.look'));
    // The repair of what has expired needs no cause.
    const isDue = change?.because.credentials.length !== 0;
    return change === undefined || (first !== undefined && isSure(first)) || isChecked || isDue
      ? []
      : [`${each.id}: ${each.inventory}, ${each.age}: ${change.id}`];
  });
  expect(CASES.length).toBeGreaterThan(300);
  expect(wrong).toEqual([]);
});

test('a cause is never sure if the inventory, read after the text, shows the credential valid', () => {
  const later = CASES.filter(
    ({ inventory, age, hasValid }) => inventory === 'disagrees' && age === 'older' && hasValid,
  );
  const contradicted = later.flatMap((each) => {
    const { plan, causes } = judge(each);
    const cause = causes.find(({ failure }) => failure === each.id);
    const isLater = cause?.speaksAgainst.some((item) => item.kind === 'inventory' && item.isLater);
    return isLater ? [{ id: each.id, isSure: isSure(cause!), isFirst: cause === causes[0], plan }] : [];
  });
  expect(new Set(contradicted.map(({ id }) => id)).size).toBeGreaterThan(8);
  for (const { isSure: sure, isFirst, plan } of contradicted) {
    expect(sure).toBe(false);
    if (isFirst && plan.steps.length > 0) expect(plan.warnings.map(({ text }) => text)).toContain(UNSURE);
  }
});

test('a text that is newer than the reading of a valid credential outweighs it', () => {
  const confidence = (each: { id: string; rows: readonly BoardRow[]; text: string }): number =>
    judge(each).causes.find(({ failure }) => failure === each.id)?.confidence ?? 0;
  const newer = CASES.filter(({ inventory, age }) => inventory === 'disagrees' && age === 'newer');
  const outweighed = newer.filter((each) => {
    const undated = { ...each, text: each.text.replaceAll(/^\S+Z /gmu, 'INFO: ') };
    expect(confidence(each)).toBeGreaterThanOrEqual(confidence(undated));
    return confidence(each) > confidence(undated);
  });
  expect(new Set(outweighed.map(({ id }) => id)).size).toBeGreaterThan(8);
});
