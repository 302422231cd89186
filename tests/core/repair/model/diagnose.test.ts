import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../../core/knowledge/model/checks.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { findFailure, FAILURES } from '../../../../core/knowledge/model/failures/failures.ts';
import { TRIAGE } from '../../../../core/knowledge/model/triage.ts';
import { diagnose, readOutput } from '../../../../core/repair/model/diagnose.ts';
import type { SymptomEvidence } from '../../../../core/repair/model/evidence.ts';
import { INNOCENT, PERTURBATIONS, TRANSCRIPTS } from '../../../support/perturbed.ts';

/** Ids of the causes, best first. */
function ranked(...texts: string[]): string[] {
  return diagnose({ texts }).causes.map(({ failure }) => failure);
}

function confidenceOf(failure: string, evidence: Partial<SymptomEvidence>): number {
  const { causes } = diagnose({ texts: [], ...evidence });
  return causes.find((cause) => cause.failure === failure)?.confidence ?? 0;
}

function inventory(expired: RoleId[], valid: RoleId[] = []) {
  return { inventory: { expired: new Set(expired), valid: new Set(valid) } };
}

const EXPIRED_SERVER = findFailure('F01')?.published[0] ?? '';
const UNAUTHORIZED = findFailure('F10')?.published[0] ?? '';
const TOKEN = 'rpc error: code = Unauthenticated desc = Valid Token Required.';

test.each(FAILURES)(
  '$id is named first in every shape of its published texts, its look-alikes are not',
  ({ id, published }) => {
    const named = published.flatMap((text) =>
      Object.entries(PERTURBATIONS).map(([how, perturb]) => [how, ranked(perturb(text))[0]]),
    );
    expect(named.filter(([, first]) => first !== id)).toEqual([]);
  },
);

test.each(TRANSCRIPTS)('$failure is named first in a transcript: $title', ({ failure, text }) => {
  expect(ranked(text)[0]).toBe(failure);
});

test.each(Object.entries(INNOCENT))('no cause is named in %s, whatever its shape', (_, text) => {
  const named = Object.entries(PERTURBATIONS).map(([how, perturb]) => [how, ranked(perturb(text))]);
  expect(named.filter(([, causes]) => causes?.length !== 0)).toEqual([]);
});

describe('a text about something other than a certificate problem of this product', () => {
  test.each([
    ['dns', 'a name that does not resolve'],
    ['disk', 'a full disk'],
    ['disk', 'a disk of Windows that is full'],
    ['memory', 'no memory'],
    ['rbac', 'no rights'],
    ['registry', 'a registry with its own CA'],
    ['registry', 'a registry whose certificate has expired'],
    ['webhook', 'a webhook of somebody else'],
    ['proxy', 'a proxy'],
  ])('is reported as %s: %s', (id, name) => {
    const { causes, elsewhere } = diagnose({ texts: [INNOCENT[name] ?? ''] });
    expect(causes).toEqual([]);
    expect(elsewhere.map((each) => each.id)).toEqual([id]);
  });

  test('is reported as a clock problem where a certificate is not valid yet', () => {
    const text =
      'x509: certificate has expired or is not yet valid: current time 2026-11-24T09:00:00Z is before 2026-11-24T09:12:00Z';
    const { causes, elsewhere } = diagnose({ texts: [text] });
    expect(causes).toEqual([]);
    expect(elsewhere).toEqual([{ id: 'clock', kind: 'text', text: 0, line: 1 }]);
  });

  test.each(['F16', 'F23', 'F24', 'F26', 'F27', 'F28', 'F29', 'F35'])('is in the catalogue as such: %s', (id) => {
    expect(findFailure(`F${id.slice(1)}`)?.kind).toBe('not-a-certificate');
  });
});

describe('evidence', () => {
  test('names the words that were found, and the line in which they begin', () => {
    const text = `PS C:\\> kubectl get nodes\r\n\r\n${EXPIRED_SERVER}\r\nPS C:\\>`;
    const [cause] = diagnose({ texts: ['', text] }).causes;
    expect(cause?.evidence).toEqual([
      {
        kind: 'text',
        sign: 'kubectl',
        phrases: ['Unable to connect to the server: x509: certificate has expired or is not yet valid', 'is after'],
        text: 1,
        line: 3,
      },
    ]);
  });

  test('never contains any of the text itself', () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ3c3NkYWdlbnRzdmMifQ.c2VjcmV0';
    const found = diagnose({ texts: [`token: ${token}\nstarting login to cloud agent\n${TOKEN}`] });
    expect(found.causes[0]?.failure).toBe('F07');
    expect(JSON.stringify(found)).not.toContain('eyJ');
  });

  test('several errors in one text are all named', () => {
    const texts = ['F05', 'F19', 'F36'].map((id) => findFailure(`F${id.slice(1)}`)?.published[0] ?? '');
    const found = ranked(texts.join('\n\nPS C:\\> Get-Date\n\n'));
    expect(found.slice(0, 3).sort()).toEqual(['F05', 'F19', 'F36']);
  });

  test('several texts count as one piece of evidence', () => {
    expect(ranked('starting login to cloud agent', TOKEN)[0]).toBe('F07');
    expect(ranked(EXPIRED_SERVER, UNAUTHORIZED).slice(0, 2)).toEqual(['F01', 'F10']);
  });

  test('no text, no answer and no inventory is no cause', () => {
    expect(diagnose({ texts: [] })).toEqual({ causes: [], elsewhere: [] });
  });

  test("of words that belong to another failure's message does not count for the shorter one", () => {
    const session = 'failed to create azurestackhci session: Certificate has expired: Expired';
    expect(ranked(session)).toEqual(['F05']);
    expect(ranked(`${session}\n[Error: Certificate has expired: Expired]`).sort()).toEqual(['F04', 'F05']);
  });

  test('of only the words of a token leaves open whose it is, and says how to find out', () => {
    const { causes } = diagnose({ texts: [TOKEN] });
    const [first, second] = causes;
    expect([first?.failure, second?.failure].sort()).toEqual(['F06', 'F07']);
    expect(first?.confidence).toBeLessThan(0.5);
    expect(first?.missingCheck).toEqual({
      check: 'kvactl',
      command: 'Get-AksHciCluster',
      between: [first?.failure, second?.failure],
    });
  });
});

test.each([
  ['F01', 'Unable to connect to the server: x509: certificate has expired'],
  ['F05', 'failed to create azurestackhci session: Certificate has expired'],
  ['F06', 'failed to create azurestackhci session: rpc error: code = Unauthenticated'],
  ['F10', 'You must be logged in to the server (Unauthorized)'],
  ['F12', 'authentication handshake failed: x509: certificate signed by unknown authority'],
  ['F13', 'Unable to connect to the server: x509: certificate signed by unknown authority'],
  ['F16', '… on: OutOfCapacity'],
  ['F29', 'Connection to Azure failed'],
  ['F35', 'no matches for kind "AksHciCluster"'],
])('%s is named first given only the beginning of its text, with less certainty: %s', (id, text) => {
  const [first] = diagnose({ texts: [text] }).causes;
  expect(first?.failure).toBe(id);
  const whole = findFailure(`F${id.slice(1)}`)?.published[0] ?? '';
  expect(first?.confidence).toBeLessThanOrEqual(confidenceOf(id, { texts: [whole] }));
});

describe('the missing check', () => {
  test('confirms a cause that stands alone, and distinguishes two that do not', () => {
    const [alone] = diagnose({ texts: [findFailure('F09')?.published[0] ?? ''] }).causes;
    expect(alone?.missingCheck?.between).toEqual(['F09']);
    const [first, second] = diagnose({ texts: [UNAUTHORIZED] }).causes;
    expect(first?.missingCheck).toEqual({
      check: 'management-kubeconfig',
      command: CHECKS['management-kubeconfig'].command,
      between: ['F10', 'F11'],
    });
    expect(second?.missingCheck?.between).toEqual(['F11', 'F10']);
  });

  test('is not suggested when it was answered', () => {
    const answers = { found: { 'management-kubeconfig': 'fails' } } as const;
    const [first] = diagnose({ texts: [UNAUTHORIZED], answers }).causes;
    expect(first?.failure).toBe('F10');
    expect(first?.missingCheck).toBeNull();
  });

  test('is read-only for every pair of look-alikes', () => {
    for (const { lookAlikes, confirm } of FAILURES)
      for (const check of [...lookAlikes.map((each) => each.check), ...(confirm ? [confirm] : [])])
        expect(CHECKS[check].command).not.toMatch(
          /(?:update|repair|remove|stop|start|set|restart|delete)-|delete|\bstop\b| > /iu,
        );
  });
});

describe('answers', () => {
  test.each([
    [95.9, 0],
    [96, 0.4],
    [719.9, 0.4],
    [720, 0.4],
  ])('%d hours off give the control plane a confidence of %d', (offHours, confidence) => {
    expect(confidenceOf('F01', { answers: { offHours } })).toBe(confidence);
  });

  test.each([
    [719.9, 0],
    [720, 0.8],
  ])('%d hours off give both layers a confidence of %d', (offHours, confidence) => {
    expect(confidenceOf('F22', { answers: { offHours } })).toBe(confidence);
  });

  test('that something works is evidence against what would have failed', () => {
    const answers = { found: { mocctl: 'works' } } as const;
    const text = '[Error: Certificate has expired: Expired]';
    expect(confidenceOf('F04', { texts: [text] })).toBeGreaterThan(0.8);
    expect(confidenceOf('F04', { texts: [text], answers })).toBeLessThan(0.3);
  });

  test.each([
    ['1.0.14.10928', 0.9],
    ['1.0.13.10907', 0.9],
    ['1.0.15.11001', 0.36],
  ])('a build of %s has the bug of F02 with a confidence of %d', (build, confidence) => {
    const text = findFailure('F02')?.published[0] ?? '';
    expect(confidenceOf('F02', { texts: [text], answers: { build } })).toBe(confidence);
  });

  test('a build that cannot be read has no effect', () => {
    const texts = [findFailure('F02')?.published[0] ?? ''];
    expect(confidenceOf('F02', { texts, answers: { build: 'latest' } })).toBe(0.9);
  });
});

describe('the inventory as evidence', () => {
  test.each<[string, RoleId]>([
    ['F01', 'apiserver'],
    ['F04', 'mocctl'],
    ['F05', 'kvactl'],
    ['F06', 'kvactl-token'],
    ['F07', 'kms-plugin-token'],
    ['F10', 'management-kubeconfig'],
    ['F11', 'admin-kubeconfig'],
    ['F14', 'node-agent-token'],
    ['F17', 'caphlogintoken'],
    ['F19', 'kubelet-server'],
    ['F30', 'ad-auth-webhook'],
  ])('%s follows from an expired %s alone, and is less likely with a valid one', (id, role) => {
    const [first] = diagnose({ texts: [], ...inventory([role]) }).causes;
    expect(first?.failure).toBe(id);
    expect(first?.evidence).toMatchObject([{ kind: 'inventory', roles: [role], state: 'expired' }]);
    const texts = [findFailure(`F${id.slice(1)}`)?.published[0] ?? ''];
    const before = confidenceOf(id, { texts });
    expect(confidenceOf(id, { texts, ...inventory([], [role]) })).toBeLessThan(before);
    expect(confidenceOf(id, { texts, ...inventory([role]) })).toBeGreaterThan(before);
  });

  test('both layers expired is one cause, not two: the hosts come first', () => {
    const both = inventory(['apiserver', 'kms-plugin-token']);
    const [first, second] = diagnose({ texts: [], ...both }).causes;
    expect([first?.failure, second?.failure]).toEqual(['F22', 'F01']);
    expect(first?.evidence).toMatchObject([{ roles: ['apiserver', 'kms-plugin-token'] }]);
    expect(confidenceOf('F22', inventory(['apiserver']))).toBe(0);
    expect(confidenceOf('F22', inventory(['kms-plugin-token']))).toBe(0);
  });

  test('a revocation that also matches what a repair would make is F34', () => {
    const evidence = { refused: new Set<RoleId>(['kubelet-client']), expired: new Set<RoleId>() };
    expect(diagnose({ texts: [], inventory: evidence }).causes[0]?.failure).toBe('F34');
  });

  test('stalled renewals point at the renewal pods', () => {
    const evidence = { stalled: new Set<RoleId>(['apiserver']) };
    const [first] = diagnose({ texts: [], inventory: evidence }).causes;
    expect(first?.failure).toBe('F18');
    expect(first?.missingCheck?.check).toBe('renewal-pods');
  });

  test('a credential that is not valid yet is a clock problem', () => {
    const evidence = { 'not-yet-valid': new Set<RoleId>(['extra-admin']) };
    expect(diagnose({ texts: [], inventory: evidence })).toEqual({
      causes: [],
      elsewhere: [{ id: 'clock', kind: 'inventory', roles: ['extra-admin'] }],
    });
  });

  test('distinguishes what no text can: the same words with one kubeconfig expired or the other', () => {
    const texts = [UNAUTHORIZED];
    const management = inventory(['management-kubeconfig'], ['admin-kubeconfig']);
    const workload = inventory(['admin-kubeconfig'], ['management-kubeconfig']);
    expect(diagnose({ texts, ...management }).causes[0]?.failure).toBe('F10');
    expect(diagnose({ texts, ...workload }).causes[0]?.failure).toBe('F11');
  });

  test('an expired KMS token in a cluster that still works is F21: do not reboot', () => {
    const [first] = diagnose({
      texts: [],
      ...inventory(['kms-plugin-token'], ['apiserver']),
      answers: { daysSinceUpdate: 70, found: { 'workload-api-server': 'works' } },
    }).causes;
    expect(first?.failure).toBe('F21');
    expect(findFailure('F21')?.warning?.text).toBe('failure.warning.no-reboot');
  });
});

describe('the output of a check', () => {
  test.each([
    ['workload-api-server', INNOCENT['nodes that are ready'] ?? '', 'works'],
    ['workload-api-server', EXPIRED_SERVER, 'fails'],
    ['mocctl', '[Error: Certificate has expired: Expired]', 'fails'],
    ['mocctl', INNOCENT['an agent that runs'] ?? '', 'works'],
    ['kvactl', INNOCENT['a cluster that is provisioned'] ?? '', 'works'],
    ['workload-kms', 'nothing of note', undefined],
  ] as const)('of %s is read', (layer, output, expected) => {
    expect(readOutput(layer, output)).toBe(expected);
  });

  test('exists for every question, by a command that answers it', () => {
    for (const { checks } of TRIAGE) for (const check of checks) expect(CHECKS[check].command).not.toBe('');
  });
});
