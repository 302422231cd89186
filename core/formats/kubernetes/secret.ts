import { bootstrapUserName } from '../../shared/secrets/bootstrap-token.ts';
import type { Finding } from '../../shared/finding.ts';
import { createFound, type Found } from '../parsed-file.ts';
import { parseInstant } from '../../shared/instant.ts';
import type { Origin } from '../../shared/origin.ts';
import { BOOTSTRAP_TOKEN_TYPE, bootstrapTokenText, readBootstrapTokenSecret } from './bootstrap-token-secret.ts';
import { pushToken, readToken } from '../jwt/jwt.ts';
import { KubernetesFields } from './fields.ts';
import type { KubernetesObject } from './objects.ts';
import { secretValues, type SecretValue } from './secret-values.ts';

type SecretOrigin = Extract<Origin, { format: 'secret' }>;

const SERVICE_ACCOUNT_TYPE = 'kubernetes.io/service-account-token';
const SERVICE_ACCOUNT_NAME = 'kubernetes.io/service-account.name';

/** Reads a value as if it were a file, but never as another Secret. */
type ValueReader = (bytes: Uint8Array) => Found;

export function isSecret({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === 'Secret' && (apiVersion === 'v1' || apiVersion === '');
}

/**
 * Reads certificates and keys in PEM or DER, whole files such as a kubeconfig, and tokens. Examines each value
 * separately, whatever the Secret's type, and skips other values, such as passwords. Entries are named `data.<key>`.
 * Source: Kubernetes documentation, "Types of Secret".
 */
export function readSecret(object: KubernetesObject, readValue: ValueReader): Found {
  const found = createFound('kubernetes');
  const secretType = new KubernetesFields(object.map, '', []).name('type') ?? 'Opaque';
  const origin: SecretOrigin = {
    format: 'secret',
    part: 'certificate',
    secretType,
    name: object.name ?? '',
    namespace: object.namespace,
  };
  if (secretType === BOOTSTRAP_TOKEN_TYPE) {
    addBootstrapToken(found, object, origin);
    return found;
  }
  const isAccount = secretType === SERVICE_ACCOUNT_TYPE;
  const account = isAccount ? findAccount(object) : undefined;
  for (const [key, value] of secretValues(object, found.findings)) {
    if (isAccount && key === 'token') {
      addToken(found, value, { ...origin, userName: account });
      continue;
    }
    const part = isAccount && key === 'ca.crt' ? 'certificate-authority' : 'certificate';
    adopt(found, readValue(value.bytes), { value, key, entry: object.entry, origin, part });
  }
  return found;
}

/** Returns the user name by which the API server knows the service account. */
function findAccount({ map, namespace }: KubernetesObject): string | undefined {
  const name = new KubernetesFields(map, '', []).part('metadata')?.part('annotations')?.name(SERVICE_ACCOUNT_NAME);
  if (name === undefined || namespace === undefined) return undefined;
  return `system:serviceaccount:${namespace}:${name}`;
}

/** Adds a token that is valid from the Secret's creation until the stated expiration. */
function addBootstrapToken(found: Found, object: KubernetesObject, origin: SecretOrigin): void {
  const token = readBootstrapTokenSecret(object, found.findings);
  if (token === undefined) return;
  const place = secretValues(object, []).get('token-secret')?.place;
  const userName = bootstrapUserName(token.id);
  const { identity } = readToken(bootstrapTokenText(token)).token;
  const created = new KubernetesFields(object.map, '', []).part('metadata');
  const notBefore = parseInstant(created?.text('creationTimestamp')?.text ?? '');
  found.tokens.push({
    entry: place?.entry ?? object.entry,
    origin: { ...origin, part: 'token', userName },
    line: place?.line,
    token: { form: 'opaque', identity, subject: userName, notBefore, notAfter: token.expiration },
  });
}

function addToken(found: Found, { bytes, place }: SecretValue, origin: SecretOrigin): void {
  const read = readToken(new TextDecoder().decode(bytes).trim());
  const userName = origin.userName ?? read.token.subject;
  pushToken(found, read, { ...origin, part: 'token', userName }, place);
}

interface Adoption {
  value: SecretValue;
  key: string;
  entry: string;
  origin: SecretOrigin;
  part: SecretOrigin['part'];
}

/**
 * Merges the contents of one value. PEM and similar text is attributed to the Secret; a whole file, such as a
 * kubeconfig, remains a file. Paths in such a file refer to another computer.
 */
function adopt(found: Found, inner: Found, { value, key, entry, origin, part }: Adoption): void {
  const { line } = value.place;
  const getEntry = (name: string): string =>
    `${value.place.entry}${name === '' || name.startsWith('#') ? '' : '.'}${name}`;
  const getPair = (pair: string | undefined): string =>
    pair === undefined ? `${entry}\0${stripSuffix(key)}` : getEntry(pair);
  for (const one of inner.certificates) {
    const file = fileOrigin(one.origin, value.place.entry);
    const pair = file === undefined || one.pair !== undefined ? { pair: getPair(one.pair) } : {};
    found.certificates.push({ ...one, entry: getEntry(one.entry), origin: file ?? { ...origin, part }, line, ...pair });
  }
  for (const one of inner.keys) {
    found.keys.push({ ...one, entry: getEntry(one.entry), line, pair: getPair(one.pair) });
  }
  for (const one of inner.containers) {
    const place = { entry: getEntry(one.entry), line, pair: getPair(one.pair) };
    found.containers.push({ ...one, ...place, origin: { ...origin, part } });
  }
  for (const one of inner.tokens) {
    // A bare JWT in a Secret is more likely a token than a login file.
    const file = one.entry === '' ? undefined : fileOrigin(one.origin, value.place.entry);
    const bare = { ...origin, part: 'token' as const, userName: one.token.subject ?? origin.userName };
    found.tokens.push({ ...one, entry: getEntry(one.entry), origin: file ?? bare, line });
  }
  for (const finding of inner.findings) found.findings.push(moveFinding(finding, value, getEntry));
}

/** Returns the origin of a whole file; `undefined` for a part of the Secret. */
function fileOrigin(origin: Origin, within: string): Origin | undefined {
  switch (origin.format) {
    case 'kubeconfig':
    case 'access-file':
    case 'login-file':
      return { ...origin, within };
    default:
      return undefined;
  }
}

/** Replaces the line number, which is meaningless in the surrounding file, with the place of the value. */
function moveFinding(finding: Finding, value: SecretValue, getEntry: (name: string) => string): Finding {
  const { entry = '', offset } = finding.place;
  return { ...finding, place: { ...value.place, entry: getEntry(entry), offset } };
}

/** Returns the name that a certificate and its key share: `tls` for `tls.crt` and `tls.key`. */
function stripSuffix(key: string): string {
  return key.toLowerCase().replace(/(?:^|[-_.])(?:key|cert|crt|certificate|pem)(?:\.pem)?$/u, '');
}
