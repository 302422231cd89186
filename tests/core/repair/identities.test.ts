import { describe, expect, test } from 'vitest';
import { mocIdentities } from '../../../core/inventory/model/moc-identity.ts';
import {
  AGENT,
  stepCases,
  credential,
  DEPOT,
  healthy,
  MANAGEMENT,
  NOW_MS,
  makePlan,
  stepCommand,
  mergeRows,
} from './fleet-by-hand.ts';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';

const CLOUD = 'Update-AksHciClusterCertificates -name depot -fixCloudCredentials';
const NO_REBOOT = 'failure.warning.no-reboot';

/**
 * Makes a healthy deployment in which the certificate and the token of the depot's KMS plugin end in this many days.
 */
const kms = (certificate: number, token: number): BoardRow[] =>
  mergeRows(healthy(DEPOT), credential(DEPOT, 'kms-plugin', certificate), credential(DEPOT, 'kms-plugin-token', token));
const planRows = (rows: BoardRow[]) => makePlan({ rows });
const warnings = (rows: BoardRow[]) => planRows(rows).warnings.map(({ text }) => text);
const changeSteps = (rows: BoardRow[]) => planRows(rows).steps.filter(({ risk }) => risk !== 'none');
const mainCommands = (rows: BoardRow[]) =>
  changeSteps(rows)
    .filter(({ only }) => only === undefined)
    .map(stepCommand);

describe('the certificate and the token of a client', () => {
  test('need no repair while both are valid', () => {
    expect(planRows(kms(40, 40)).steps).toEqual([]);
  });

  test('work until the next login if the token has expired, and the plan rotates the token without a reboot', () => {
    const rows = kms(40, -5);
    expect(mainCommands(rows)).toEqual([CLOUD]);
    expect(warnings(rows)).toEqual(expect.arrayContaining([NO_REBOOT, 'repair.fact.identity.until-login']));
  });

  test('are renewed by a new login, without manual work, if the certificate has expired', () => {
    const rows = kms(-5, 40);
    expect(mainCommands(rows)).toEqual([]);
    expect(changeSteps(rows).map((step) => [stepCommand(step), stepCases(step)])).toEqual([
      [CLOUD, ['repair.plan.not-logged-in']],
    ]);
    expect(warnings(rows)).toContain('repair.fact.identity.log-in-again');
    expect(warnings(rows)).not.toContain(NO_REBOOT);
  });

  test('are rotated from the host if both have expired', () => {
    const rows = kms(-5, -5);
    const { steps } = planRows(rows);
    expect(steps[0] && stepCommand(steps[0])).toBe('Get-MocNode');
    expect(mainCommands(rows)).toEqual([CLOUD]);
    expect(warnings(rows)).toEqual(expect.arrayContaining([NO_REBOOT, 'repair.fact.identity.locked-out']));
    expect(warnings(rows)).not.toContain('repair.fact.identity.until-login');
  });

  test('lead to a different plan in each of their four states', () => {
    const plans = [kms(40, 40), kms(40, -5), kms(-5, 40), kms(-5, -5)].map((rows) => JSON.stringify(planRows(rows)));
    expect(new Set(plans).size).toBe(4);
  });
});

test('kvactl with an expired certificate and a valid token is repaired by deleting its file, so that it logs in with the token', () => {
  const rows = mergeRows(healthy(DEPOT), credential(AGENT, 'kvactl', -5));
  expect(mainCommands(rows).filter((text) => !text.startsWith('Copy-Item'))).toEqual([
    'Remove-Item "$env:UserProfile\\.wssd\\kvactl\\cloudconfig"',
  ]);
});

describe('the certificate that belongs to a token', () => {
  test('is the only one of its role, whatever its name', () => {
    const rows = [credential(DEPOT, 'csi', -1, { name: 'a' }), credential(DEPOT, 'csi-token', 3, { name: 'b' })];
    expect(mocIdentities(rows, NOW_MS).map(({ state }) => state)).toEqual(['log-in-again']);
  });

  test('has the same name as the token if there are several certificates', () => {
    const pair = (name: string, certificate: number, token: number): BoardRow[] => [
      credential(AGENT, 'node-agent', certificate, { name, id: `c ${name}` as BoardRow['id'] }),
      credential(AGENT, 'node-agent-token', token, { name, id: `t ${name}` as BoardRow['id'] }),
    ];
    const rows = [...pair('host01', 5, -1), ...pair('host02', -1, -1), ...pair('host03', 5, 5)];
    expect(mocIdentities(rows, NOW_MS).map(({ state, tokens }) => [tokens[0]?.name, state])).toEqual([
      ...[
        ['host01', 'until-login'],
        ['host02', 'locked-out'],
        ['host03', 'both-valid'],
      ],
    ]);
  });

  test('is unknown if it was not read or its end is unknown', () => {
    expect(mocIdentities([credential(MANAGEMENT, 'caphlogintoken', -1)], NOW_MS)).toEqual([]);
    const { notAfterMs: _, ...open } = credential(MANAGEMENT, 'caph', 1);
    expect(mocIdentities([credential(MANAGEMENT, 'caphlogintoken', -1), open], NOW_MS)).toEqual([]);
  });
});
