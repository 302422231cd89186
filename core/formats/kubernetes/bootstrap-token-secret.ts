import { EXTRA_BOOTSTRAP_GROUP, type BootstrapToken } from '../../shared/secrets/bootstrap-token.ts';
import type { Finding } from '../../shared/finding.ts';
import { parseInstant } from '../../shared/instant.ts';
import { objectPlace, type KubernetesObject } from './objects.ts';
import { secretValues } from './secret-values.ts';
import { writeYaml } from '../yaml/yaml-writer.ts';

export const BOOTSTRAP_TOKEN_TYPE = 'bootstrap.kubernetes.io/token';
const NAMESPACE = 'kube-system';
const TOKEN_ID = /^[a-z0-9]{6}$/u;
const TOKEN_SECRET = /^[a-z0-9]{16}$/u;

/**
 * Reads a Secret of type `bootstrap.kubernetes.io/token`. A token that the API server would reject becomes a finding,
 * which never quotes the token. Source: Kubernetes documentation, "Authenticating with Bootstrap Tokens";
 * kubernetes/kubernetes, cluster-bootstrap.
 */
export function readBootstrapTokenSecret(object: KubernetesObject, findings: Finding[]): BootstrapToken | undefined {
  const values = secretValues(object, findings);
  const text = (key: string): string | undefined => {
    const bytes = values.get(key)?.bytes;
    return bytes && new TextDecoder().decode(bytes);
  };
  const { name, namespace } = object;
  const place = objectPlace(object);
  const refuse = (rule: string, params: Finding['params'] = {}): undefined => {
    findings.push({ rule, severity: 'error', place, params });
    return undefined;
  };
  const id = text('token-id') ?? '';
  const secret = text('token-secret') ?? '';
  if (!TOKEN_ID.test(id) || !TOKEN_SECRET.test(secret)) return refuse('bootstrap-token.malformed');
  const expiry = text('expiration') ?? '';
  const expiration = parseInstant(expiry);
  if (expiry !== '' && expiration === undefined) return refuse('bootstrap-token.bad-expiration', { id });
  const groups = text('auth-extra-groups') ?? '';
  const extraGroups = groups === '' ? [] : groups.split(',');
  if (!extraGroups.every((group) => EXTRA_BOOTSTRAP_GROUP.test(group)))
    return refuse('bootstrap-token.bad-group', { id });
  const expected = makeSecretName(id);
  if (name !== expected || (namespace ?? NAMESPACE) !== NAMESPACE) {
    const params = { id, name: expected, namespace: NAMESPACE };
    findings.push({ rule: 'bootstrap-token.misplaced', severity: 'warning', place, params });
  }
  const description = text('description');
  return {
    id,
    secret,
    expiration,
    description,
    authentication: text('usage-bootstrap-authentication') === 'true',
    signing: text('usage-bootstrap-signing') === 'true',
    extraGroups,
  };
}

function makeSecretName(id: string): string {
  return `bootstrap-token-${id}`;
}

/** Writes YAML, which contains the token. */
export function writeBootstrapTokenSecret(token: BootstrapToken): string {
  return writeYaml({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: makeSecretName(token.id), namespace: NAMESPACE },
    stringData: {
      'auth-extra-groups': token.extraGroups.length === 0 ? undefined : token.extraGroups.join(','),
      description: token.description,
      expiration: token.expiration,
      'token-id': token.id,
      'token-secret': token.secret,
      'usage-bootstrap-authentication': String(token.authentication),
      'usage-bootstrap-signing': String(token.signing),
    },
    type: BOOTSTRAP_TOKEN_TYPE,
  });
}

export function bootstrapTokenText({ id, secret }: Pick<BootstrapToken, 'id' | 'secret'>): string {
  return `${id}.${secret}`;
}

export function bootstrapTokenParts(text: string): { id: string; secret: string } | undefined {
  const [id = '', secret = '', ...rest] = text.split('.');
  const isToken = rest.length === 0 && TOKEN_ID.test(id) && TOKEN_SECRET.test(secret);
  return isToken ? { id, secret } : undefined;
}
