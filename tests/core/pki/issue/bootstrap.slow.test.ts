import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  bootstrapKubeconfig,
  checkBootstrapToken,
  createBootstrapToken,
} from '../../../../core/pki/issue/bootstrap.ts';
import type { BootstrapToken } from '../../../../core/shared/secrets/bootstrap-token.ts';
import type { Finding } from '../../../../core/shared/finding.ts';
import { instant, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import {
  bootstrapTokenParts,
  readBootstrapTokenSecret,
  writeBootstrapTokenSecret,
} from '../../../../core/formats/kubernetes/bootstrap-token-secret.ts';
import { readKubernetesObjects } from '../../../../core/formats/kubernetes/objects.ts';
import { TEST_NOW, testPorts } from '../../../support/ports.ts';

const ports = testPorts();
const later = (seconds: number) => instantFromMs(epochMs(TEST_NOW) + seconds * 1000);
const token = (changes: Partial<BootstrapToken> = {}): BootstrapToken => ({
  id: '07401b',
  secret: 'f395accd246ae52d',
  expiration: later(86_400),
  authentication: true,
  signing: true,
  extraGroups: [],
  ...changes,
});
const text = '07401b.f395accd246ae52d';

function readBack(yaml: string): { token: BootstrapToken | undefined; findings: Finding[] } {
  const { objects, findings } = readKubernetesObjects(yaml);
  const [object] = objects;
  if (object === undefined) throw new Error('no object was written');
  return { token: readBootstrapTokenSecret(object, findings), findings };
}

describe('a new token', () => {
  test('has the form that Kubernetes requires, is valid for a day, and differs from all others', () => {
    const tokens = Array.from({ length: 300 }, () => createBootstrapToken(ports));
    for (const { id, secret, expiration } of tokens) {
      expect(`${id}.${secret}`).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/u);
      expect(expiration).toBe(later(86_400));
    }
    expect(new Set(tokens.map(({ id, secret }) => id + secret)).size).toBe(300);
  });

  test('uses each character for the same number of random bytes, and skips the remaining bytes', () => {
    const idFrom = (byte: number): string => {
      const randomBytes = (length: number): Uint8Array => new Uint8Array(length).fill(byte);
      return createBootstrapToken({ ...ports, keys: { ...ports.keys, randomBytes } }).id;
    };
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 252; byte += 1) {
      const id = idFrom(byte);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect([counts.size, ...new Set(counts.values())]).toEqual([36, 7]);
    // 256 is not a multiple of 36, so a plain modulo would favour the first four characters.
    const randomBytes = (length: number): Uint8Array =>
      Uint8Array.from({ length }, (_, at) => [252, 253, 254, 255, 35][at % 5] ?? 0);
    const { id } = createBootstrapToken({ ...ports, keys: { ...ports.keys, randomBytes } });
    expect(id).toBe(idFrom(35));
  });

  test('has the requested lifetime, or no expiry on request', () => {
    expect(createBootstrapToken(ports, { lifetimeMs: 1_000 }).expiration).toBe(later(1));
    expect(createBootstrapToken(ports, { lifetimeMs: null }).expiration).toBeUndefined();
  });

  test.each([
    'system:masters',
    'system:bootstrappers',
    'system:bootstrappers:',
    'system:bootstrappers:A',
    'system:bootstrappers:a,b',
    'system:bootstrappers:a-',
  ])('cannot be in the group %s', (group) => {
    const make = (): unknown => createBootstrapToken(ports, { extraGroups: [group] });
    expect(make).toThrow(ConsoleError);
    expect(make).toThrow('bootstrap-token.bad-group');
  });
});

describe('the Secret of a bootstrap token', () => {
  test('has the form that the Kubernetes documentation shows', () => {
    const groups = ['system:bootstrappers:worker', 'system:bootstrappers:ingress'];
    const yaml = writeBootstrapTokenSecret(token({ description: 'For worker 3: on', extraGroups: groups }));
    expect(parse(yaml)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'bootstrap-token-07401b', namespace: 'kube-system' },
      type: 'bootstrap.kubernetes.io/token',
      stringData: {
        description: 'For worker 3: on',
        'token-id': '07401b',
        'token-secret': 'f395accd246ae52d',
        expiration: '2026-11-25T12:00:00Z',
        'usage-bootstrap-authentication': 'true',
        'usage-bootstrap-signing': 'true',
        'auth-extra-groups': groups.join(','),
      },
    });
  });

  test('is read back without loss, even if its values look like numbers in YAML', () => {
    const tokens = [
      token(),
      token({ id: '123456', secret: '1234567890123456' }),
      token({ id: '12345e', secret: 'e123456789012345', description: 'a' }),
      token({ id: '1e3456', extraGroups: ['system:bootstrappers:kubeadm:default-node-token'] }),
      token({ authentication: false, signing: false }),
    ];
    for (const one of tokens) expect(readBack(writeBootstrapTokenSecret(one))).toEqual({ token: one, findings: [] });
    const { expiration: _, ...endless } = token();
    expect(readBack(writeBootstrapTokenSecret(endless)).token).toEqual(endless);
  });
});

describe('signing in with a bootstrap token', () => {
  const check = (given: string, known = token(), now = TEST_NOW) =>
    checkBootstrapToken(given, [token({ id: 'aaaaaa' }), known], now);

  test('results in the user and the groups of the token, each group once', () => {
    const extraGroups = ['system:bootstrappers:a', 'system:bootstrappers:b', 'system:bootstrappers:a'];
    expect(check(text, token({ extraGroups }))).toEqual({
      ok: true,
      username: 'system:bootstrap:07401b',
      groups: ['system:bootstrappers', 'system:bootstrappers:a', 'system:bootstrappers:b'],
    });
  });

  test.each([
    ['one second before its end', -1, true],
    ['at its end', 0, false],
    ['one second after its end', 1, false],
  ])('succeeds only before the token expires: %s', (_, seconds, ok) => {
    const at = instantFromMs(epochMs(instant('2026-11-25T12:00:00Z')) + seconds * 1000);
    expect(check(text, token(), at)).toMatchObject(ok ? { ok } : { ok, reason: 'expired' });
  });

  test.each([
    ['a wrong secret', '07401b.f395accd246ae52e', 'unknown'],
    ['an unknown id', '07401c.f395accd246ae52d', 'unknown'],
    ['a secret of another length', '07401b.f395accd246ae52', 'malformed'],
    ['capital letters', text.toUpperCase(), 'malformed'],
    ['text after its end', `${text}.a`, 'malformed'],
    ['a line break after its end', `${text}\n`, 'malformed'],
    ['nothing', '', 'malformed'],
  ])('is refused with %s', (_, given, reason) => {
    expect(check(given)).toEqual({ ok: false, reason });
  });

  test('is refused if the stored secret is empty', () => {
    expect(check(text, token({ secret: '' }))).toEqual({ ok: false, reason: 'unknown' });
  });

  test('is refused if the token is only for signing', () => {
    expect(check(text, token({ authentication: false }))).toMatchObject({ reason: 'not-for-authentication' });
  });

  test('succeeds at any time if the token does not expire', () => {
    const { expiration: _, ...endless } = token();
    expect(check(text, endless, instant('2099-01-01T00:00:00Z')).ok).toBe(true);
  });
});

test('a bootstrap kubeconfig contains the token and the user name that kubeadm uses', () => {
  const yaml = bootstrapKubeconfig(token(), {
    clusterName: 'retail-east',
    server: 'https://172.16.255.14:6443',
    certificateAuthorityPem: 'pem',
  });
  expect(parse(yaml)).toMatchObject({
    'current-context': 'tls-bootstrap-token-user@retail-east',
    users: [{ name: 'tls-bootstrap-token-user', user: { token: text } }],
  });
  expect(bootstrapTokenParts(text)).toEqual({ id: '07401b', secret: 'f395accd246ae52d' });
});
