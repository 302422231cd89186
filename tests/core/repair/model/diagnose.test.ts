import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../../core/knowledge/model/checks.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { findFailure, FAILURES } from '../../../../core/knowledge/model/failures/failures.ts';
import { TRIAGE } from '../../../../core/knowledge/model/triage.ts';
import { diagnose, readOutput } from '../../../../core/repair/model/diagnose.ts';
import type { SymptomEvidence } from '../../../../core/repair/model/evidence.ts';
import { LANGUAGES } from '../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../support/catalogues.ts';
import { INNOCENT, PERTURBATIONS, TRANSCRIPTS } from '../../../support/perturbed.ts';

function rankCauses(...texts: string[]): string[] {
  return diagnose({ texts }).causes.map(({ failure }) => failure);
}

function findConfidence(failure: string, evidence: Partial<SymptomEvidence>): number {
  const { causes } = diagnose({ texts: [], ...evidence });
  return causes.find((cause) => cause.failure === failure)?.confidence ?? 0;
}

function inventory(expired: RoleId[], valid: RoleId[] = []) {
  return { inventory: { expired: new Set(expired), valid: new Set(valid) } };
}

const EXPIRED_SERVER = findFailure('F01')?.published[0] ?? '';
const UNAUTHORIZED = findFailure('F10')?.published[0] ?? '';
const TOKEN = 'rpc error: code = Unauthenticated desc = Valid Token Required.';

test.each(FAILURES)('$id ranks first for every variant of its published texts', ({ id, published }) => {
  const named = published.flatMap((text) =>
    Object.entries(PERTURBATIONS).map(([how, perturb]) => [how, rankCauses(perturb(text))[0]]),
  );
  expect(named.filter(([, first]) => first !== id)).toEqual([]);
});

test.each(TRANSCRIPTS)('$failure ranks first for a transcript: $title', ({ failure, text }) => {
  expect(rankCauses(text)[0]).toBe(failure);
});

test.each(Object.entries(INNOCENT))('no cause is found for %s, in any variant of the text', (_, text) => {
  const named = Object.entries(PERTURBATIONS).map(([how, perturb]) => [how, rankCauses(perturb(text))]);
  expect(named.filter(([, causes]) => causes?.length !== 0)).toEqual([]);
});

describe('an error that has nothing to do with the certificates of this product', () => {
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

  test('is a clock problem if a certificate is not valid yet', () => {
    const text =
      'x509: certificate has expired or is not yet valid: current time 2026-11-24T09:00:00Z is before 2026-11-24T09:12:00Z';
    const { causes, elsewhere } = diagnose({ texts: [text] });
    expect(causes).toEqual([]);
    expect(elsewhere).toEqual([{ id: 'clock', kind: 'text', text: 0, line: 1 }]);
  });

  test.each(['F16', 'F23', 'F24', 'F26', 'F27', 'F28', 'F29', 'F35'])('is in the catalogue of failures: %s', (id) => {
    expect(findFailure(`F${id.slice(1)}`)?.kind).toBe('not-a-certificate');
  });
});

const EXPIRED = 'x509: certificate has expired or is not yet valid: current time 2026-11-24T09:00:00Z';
const ENDED = `${EXPIRED} is after 2026-11-20T09:00:00Z`;
const EARLY = `${EXPIRED} is before 2026-11-24T09:12:00Z`;

describe('an error about a certificate that is not valid yet', () => {
  test.each([
    `Unable to connect to the server: ${EARLY}`,
    `Unable to connect to the server: tls: failed to verify certificate: ${EARLY}`,
    `E1124 ${EARLY}\n`.repeat(4),
    'curl: (60) SSL certificate problem: certificate is not yet valid',
  ])('is a clock problem, not an expiry: %s', (text) => {
    const { causes, elsewhere } = diagnose({ texts: [text] });
    expect(causes).toEqual([]);
    expect(elsewhere.map(({ id }) => id)).toEqual(['clock']);
  });

  test('does not hide an expired certificate in another line', () => {
    const { causes, elsewhere } = diagnose({
      texts: [`Unable to connect to the server: ${ENDED}\nUnable to connect to the server: ${EARLY}`],
    });
    expect(causes.map(({ failure }) => failure)).toEqual(['F01']);
    expect(elsewhere.map(({ id }) => id)).toEqual(['clock']);
  });

  test('is not mistaken for F02, a repair without effect', () => {
    const line = `Unable to connect to the server: ${EARLY}`;
    const { causes } = diagnose({
      texts: [`PS C:\\> Update-AksHciClusterCertificates -name east -fixKubeletCredentials\n${line}`],
    });
    expect(causes).toEqual([]);
  });
});

describe('an error that other products print too', () => {
  const HANDSHAKE = 'transport: authentication handshake failed: x509: certificate signed by unknown authority';

  test.each([
    ['vault', `Error writing data to secret/a: Put "https://vault.example:8200/v1/secret/a": ${ENDED}`],
    ['vault', `vault[211]: ${ENDED}`],
    ['other-kubernetes', `Nov 27 10:00:00 node1 k3s[1234]: level=fatal msg="${ENDED}"`],
    ['other-kubernetes', `# k3s kubectl get nodes\nUnable to connect to the server: ${ENDED}`],
    ['other-kubernetes', 'k3s kubectl get pods\nThe connection to the server 127.0.0.1:6443 was refused'],
    ['istio', `warning envoy config gRPC config stream closed: 14, connection error: desc = "${HANDSHAKE}"`],
    ['cert-manager', `cert-manager/certificates "msg"="re-queuing item" "error"="${ENDED}"`],
    ['registry', `$ docker pull registry.example/app\nError response from daemon: ${ENDED}`],
    ['web-service', `Get "https://api.example/v1/users": ${ENDED}`],
  ])('is attributed to %s: %s', (id, text) => {
    const { causes, elsewhere } = diagnose({ texts: [text] });
    expect(causes).toEqual([]);
    expect(elsewhere.map((each) => each.id)).toEqual([id]);
    for (const language of LANGUAGES) expect(CATALOGUES[language]).toHaveProperty([`failure.elsewhere.${id}`]);
  });

  test.each(['{"error":"Valid token required"}', 'HTTP 401: Valid Token Required', 'ConnectionStatus : OutOfPolicy'])(
    'is not sufficient evidence: %s',
    (text) => {
      expect(rankCauses(text)).toEqual([]);
    },
  );

  test('belongs to this product if one of its programs is named closer to the error than another program', () => {
    const text = `kvactl cluster list: ${HANDSHAKE}\n\n\n$ docker pull registry.example/app`;
    expect(rankCauses(text)[0]).toBe('F12');
    expect(rankCauses(`Get-AksHciBillingStatus\nConnectionStatus : OutOfPolicy`)[0]).toBe('F27');
  });

  test('is recognised beside an error of this product in the same text', () => {
    const text = `vault: ${ENDED}\n\n\n\n\n\n\nPS C:\\> kubectl get nodes\nUnable to connect to the server: ${ENDED}`;
    const { causes, elsewhere } = diagnose({ texts: [text] });
    expect(causes.map(({ failure }) => failure)).toEqual(['F01']);
    expect(causes[0]?.evidence).toMatchObject([{ line: 9 }]);
    expect(elsewhere.map(({ id }) => id)).toEqual(['vault']);
  });
});

describe('error texts', () => {
  const ASKED =
    'error: You must be logged in to the server (the server has asked for the client to provide credentials)';
  const LOGIN = `2021/08/02 21:27:53 starting login to cloud agent\n2021/08/02 21:27:53 ${TOKEN}`;

  test.each([
    ['F01', `Unable to connect to the server: tls: failed to verify certificate: ${ENDED}`],
    [
      'F12',
      'authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
    [
      'F13',
      'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "x509: ECDSA verification failure" while trying to verify candidate authority certificate "kubernetes")',
    ],
    ['F14', 'SERVICE_NAME: wssdagent\n   TYPE  : 10  WIN32_OWN_PROCESS\n   STATE : 2  START_PENDING'],
    ['F14', 'Name        : wssdagent\nDisplayName : WSSD Agent Service\nStatus      : StartPending'],
    ['F36', 'dial tcp 10.0.0.10:6443: connectex: 対象のコンピューターによって拒否されたため、接続できませんでした。'],
    ['F36', '10.0.0.10:6443 対象のコンピューターによって拒否されたため、接続できませんでした。'],
    ['F24', 'Error: open C:\\Users\\yamada\\.kube\\config: 指定されたパスが見つかりません。'],
    [
      'F04',
      'mocctl.exe security login がゼロ以外の終了コードを返しました 1 [Error: Certificate has expired: Expired]。',
    ],
    ['F04', '[Moc] CloudAgent に到達できません。'],
    ['F04', 'mocctl の証明書の有効期限が切れています'],
    ['F06', 'kvactl のトークンの有効期限が切れています'],
    ['F22', 'クラスターを 45 日間停止していました'],
    ['F21', '71 日間更新していません。来週、再起動を予定しています。'],
    ['F27', '請求の状態の取得に失敗しました。'],
    ['F01', 'part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired: 2022-07-15'],
    ['F06', 'Get-AksHciCluster fails with an error regarding an invalid token'],
    ['F06', 'an error regarding an invalid token'],
    ['F21', '71 days, reboot planned'],
    ['F21', 'The hosts have not been updated for 71 days and a reboot is planned.'],
    ['F22', 'The cluster was switched off for 45 days.'],
    ['F01', 'The VMs were off for 6 days.'],
    ['F11', `${ASKED}, on every command, always`],
    ['F11', `PS C:\\> kubectl get nodes\n${ASKED}`],
    ['F11', `どのコマンドでも常に ${ASKED} になります`],
    ['F20', `kubectl logs web-0 fails now and then: ${ASKED}`],
    ['F08', `${LOGIN}\nThe connection to the server 10.0.0.11:6443 was refused`],
    ['F08', `dial tcp 10.0.0.11:6443: connect: connection refused\n${LOGIN}`],
  ])('rank %s first: %s', (id, text) => {
    expect(rankCauses(text)[0]).toBe(id);
  });

  test.each([
    '59 days, reboot planned',
    '3 days since the update',
    'The VMs were off for 4 days.',
    '再起動は 3 日後です',
  ])('that mention too few days are no evidence: %s', (text) => {
    expect(rankCauses(text)).toEqual([]);
  });

  test('rank the deadlock above the login that failed before the server stopped responding', () => {
    const found = rankCauses(`${LOGIN}\nThe connection to the server 10.0.0.11:6443 was refused`);
    expect(found.slice(0, 2)).toEqual(['F08', 'F07']);
  });

  test('suggest no further cause if a more specific error in the same text explains them', () => {
    expect(rankCauses(`${TOKEN}\n${LOGIN}`)).toEqual(['F07']);
    expect(rankCauses(`${TOKEN}\nfailed to repair cluster certificates`)[0]).toBe('F08');
    const related = new Set(['F07', 'F08']);
    expect(rankCauses(`${TOKEN}\nfailed to repair cluster certificates`).filter((id) => !related.has(id))).toEqual([]);
    const webhook = `ad-auth-webhook-6c9d7\nhttp: TLS handshake error: remote error: tls: bad certificate\n${ENDED}`;
    expect(rankCauses(webhook)).toEqual(['F30']);
  });
});

describe('the evidence of a cause', () => {
  test('contains the matching phrases and the line where they begin', () => {
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

  test('contains no part of the pasted text', () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ3c3NkYWdlbnRzdmMifQ.c2VjcmV0';
    const found = diagnose({ texts: [`token: ${token}\nstarting login to cloud agent\n${TOKEN}`] });
    expect(found.causes[0]?.failure).toBe('F07');
    expect(JSON.stringify(found)).not.toContain('eyJ');
  });

  test('contains all errors of a text', () => {
    const texts = ['F05', 'F19', 'F36'].map((id) => findFailure(`F${id.slice(1)}`)?.published[0] ?? '');
    const found = rankCauses(texts.join('\n\nPS C:\\> Get-Date\n\n'));
    expect(found.slice(0, 3).sort()).toEqual(['F05', 'F19', 'F36']);
  });

  test('can be in several texts', () => {
    expect(rankCauses('starting login to cloud agent', TOKEN)[0]).toBe('F07');
    expect(rankCauses(EXPIRED_SERVER, UNAUTHORIZED).slice(0, 2)).toEqual(['F01', 'F10']);
  });

  test('is required, so nothing is found without a text, an answer or an inventory', () => {
    expect(diagnose({ texts: [] })).toEqual({ causes: [], elsewhere: [] });
  });

  test('does not include a short error text inside a longer one', () => {
    const session = 'failed to create azurestackhci session: Certificate has expired: Expired';
    expect(rankCauses(session)).toEqual(['F05']);
    expect(rankCauses(`${session}\n[Error: Certificate has expired: Expired]`).sort()).toEqual(['F04', 'F05']);
  });

  test('is ambiguous if an error mentions only “a token”; the missing check shows whose token it is', () => {
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
])('%s ranks first with lower or equal confidence if its text is cut off: %s', (id, text) => {
  const [first] = diagnose({ texts: [text] }).causes;
  expect(first?.failure).toBe(id);
  const whole = findFailure(`F${id.slice(1)}`)?.published[0] ?? '';
  expect(first?.confidence).toBeLessThanOrEqual(findConfidence(id, { texts: [whole] }));
});

describe('the missing check', () => {
  test('confirms a single cause, or distinguishes the first two causes', () => {
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

  test('is not suggested again once its result is known', () => {
    const answers = { found: { 'management-kubeconfig': 'fails' } } as const;
    const [first] = diagnose({ texts: [UNAUTHORIZED], answers }).causes;
    expect(first?.failure).toBe('F10');
    expect(first?.missingCheck).toBeNull();
  });

  test('changes nothing, for all pairs of similar failures', () => {
    for (const { lookAlikes, confirm } of FAILURES)
      for (const check of [...lookAlikes.map((each) => each.check), ...(confirm ? [confirm] : [])])
        expect(CHECKS[check].command).not.toMatch(
          /(?:update|repair|remove|stop|start|set|restart|delete)-|delete|\bstop\b| > /iu,
        );
  });
});

describe('the admin’s answers', () => {
  test.each([
    [95.9, 0],
    [96, 0.4],
    [719.9, 0.4],
    [720, 0.4],
  ])('after %d hours off, give the control plane a confidence of %d', (offHours, confidence) => {
    expect(findConfidence('F01', { answers: { offHours } })).toBe(confidence);
  });

  test.each([
    [719.9, 0],
    [720, 0.8],
  ])('after %d hours off, give both layers a confidence of %d', (offHours, confidence) => {
    expect(findConfidence('F22', { answers: { offHours } })).toBe(confidence);
  });

  test('lower the confidence in failures that would have stopped a part that works', () => {
    const answers = { found: { mocctl: 'works' } } as const;
    const text = '[Error: Certificate has expired: Expired]';
    expect(findConfidence('F04', { texts: [text] })).toBeGreaterThan(0.8);
    expect(findConfidence('F04', { texts: [text], answers })).toBeLessThan(0.3);
  });

  test.each([
    ['1.0.14.10928', 0.9],
    ['1.0.13.10907', 0.9],
    ['1.0.15.11001', 0.36],
  ])('that the build is %s lead to a confidence of %d in F02', (build, confidence) => {
    const text = findFailure('F02')?.published[0] ?? '';
    expect(findConfidence('F02', { texts: [text], answers: { build } })).toBe(confidence);
  });

  test('have no effect if the build is invalid', () => {
    const texts = [findFailure('F02')?.published[0] ?? ''];
    expect(findConfidence('F02', { texts, answers: { build: 'latest' } })).toBe(0.9);
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
  ])('shows %s if only an expired %s is known, and reduces its confidence if the credential is valid', (id, role) => {
    const [first] = diagnose({ texts: [], ...inventory([role]) }).causes;
    expect(first?.failure).toBe(id);
    expect(first?.evidence).toMatchObject([{ kind: 'inventory', roles: [role], state: 'expired' }]);
    const texts = [findFailure(`F${id.slice(1)}`)?.published[0] ?? ''];
    const before = findConfidence(id, { texts });
    expect(findConfidence(id, { texts, ...inventory([], [role]) })).toBeLessThan(before);
    expect(findConfidence(id, { texts, ...inventory([role]) })).toBeGreaterThan(before);
  });

  test('shows F22 first if credentials of both layers have expired, and not at all if only one layer is affected', () => {
    const both = inventory(['apiserver', 'kms-plugin-token']);
    const [first, second] = diagnose({ texts: [], ...both }).causes;
    expect([first?.failure, second?.failure]).toEqual(['F22', 'F01']);
    expect(first?.evidence).toMatchObject([{ roles: ['apiserver', 'kms-plugin-token'] }]);
    expect(findConfidence('F22', inventory(['apiserver']))).toBe(0);
    expect(findConfidence('F22', inventory(['kms-plugin-token']))).toBe(0);
  });

  test('shows F34 if a revocation also matches renewed credentials', () => {
    const evidence = { refused: new Set<RoleId>(['kubelet-client']), expired: new Set<RoleId>() };
    expect(diagnose({ texts: [], inventory: evidence }).causes[0]?.failure).toBe('F34');
  });

  test('shows that the renewal pods are faulty if renewals have stalled', () => {
    const evidence = { stalled: new Set<RoleId>(['apiserver']) };
    const [first] = diagnose({ texts: [], inventory: evidence }).causes;
    expect(first?.failure).toBe('F18');
    expect(first?.missingCheck?.check).toBe('renewal-pods');
  });

  test('shows a clock problem if a credential is not valid yet', () => {
    const evidence = { 'not-yet-valid': new Set<RoleId>(['extra-admin']) };
    expect(diagnose({ texts: [], inventory: evidence })).toEqual({
      causes: [],
      elsewhere: [{ id: 'clock', kind: 'inventory', roles: ['extra-admin'] }],
    });
  });

  test('distinguishes causes with the same error text by the expired kubeconfig', () => {
    const texts = [UNAUTHORIZED];
    const management = inventory(['management-kubeconfig'], ['admin-kubeconfig']);
    const workload = inventory(['admin-kubeconfig'], ['management-kubeconfig']);
    expect(diagnose({ texts, ...management }).causes[0]?.failure).toBe('F10');
    expect(diagnose({ texts, ...workload }).causes[0]?.failure).toBe('F11');
  });

  test.each<[string, string, RoleId[]]>([
    [
      'F01',
      'dead etcd certificates beside a kubelet without a serving certificate',
      ['etcd-server', 'etcd-peer', 'kubelet-server'],
    ],
    ['F01', 'a dead client certificate of the API server for etcd', ['apiserver-etcd-client', 'cert-manager-token']],
    ['F07', 'a dead KMS token', ['kms-plugin-token']],
    ['F07', 'a dead KMS token and certificate', ['kms-plugin-token', 'kms-plugin']],
    ['F19', 'a kubelet without a serving certificate', ['kubelet-server']],
  ])('shows %s first, the cause that the plan repairs, for %s, however old the update is', (id, _, expired) => {
    const known = { daysSinceUpdate: { amount: 95, source: 'inventory' as const, citations: [] } };
    const evidence = inventory(expired, ['apiserver', 'mocctl']);
    expect(diagnose({ texts: [], known, ...evidence }).causes[0]?.failure).toBe(id);
  });

  test('does not show F21, a cluster that still works, if the API server has no valid certificate', () => {
    const evidence = inventory(['kms-plugin-token', 'etcd-server']);
    const known = { daysSinceUpdate: { amount: 95, source: 'inventory' as const, citations: [] } };
    expect(diagnose({ texts: [], known, ...evidence }).causes.map(({ failure }) => failure)).not.toContain('F21');
  });

  test('names F13 for a bare error about an unknown authority only if a kubeconfig has another CA', () => {
    const texts = ['x509: certificate signed by unknown authority'];
    const { causes, first = [] } = diagnose({ texts });
    expect(causes).toMatchObject([{ failure: 'F13', isUnplaced: true }]);
    expect(causes[0]?.confidence).toBeLessThan(0.5);
    expect(first.map(({ text }) => text)).toEqual(['repair.fact.whose']);
    const found = diagnose({ texts, inventory: { 'other-ca': new Set(['admin-kubeconfig']) } });
    expect(found.causes[0]?.failure).toBe('F13');
    expect(found.causes[0]?.confidence).toBeGreaterThan(0.7);
    expect(found.first).toBeUndefined();
  });

  test('shows F21, with a warning against a reboot, for an expired KMS token in a cluster that still works', () => {
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
  ] as const)('of %s shows whether the layer works', (layer, output, expected) => {
    expect(readOutput(layer, output)).toBe(expected);
  });

  test('comes from a command for every question of the interview', () => {
    for (const { checks } of TRIAGE) for (const check of checks) expect(CHECKS[check].command).not.toBe('');
  });
});
