import {
  BOOTSTRAP_GROUP,
  bootstrapUserName,
  EXTRA_BOOTSTRAP_GROUP,
  type BootstrapToken,
} from '../../shared/secrets/bootstrap-token.ts';
import { DAY_MS, instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { bootstrapTokenParts, bootstrapTokenText } from '../../formats/kubernetes/bootstrap-token-secret.ts';
import { writeKubeconfig } from '../../formats/kubernetes/kubeconfig-writer.ts';
import type { Ports } from '../../shared/ports.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 6;
const SECRET_LENGTH = 16;
/** Source: kubeadm's default. */
const USUAL_LIFETIME_MS = DAY_MS;
/** Source: kubeadm. */
const USER_NAME = 'tls-bootstrap-token-user';

export interface BootstrapTokenRequest {
  /** Default: one day. `null`: no expiry. */
  lifetimeMs?: number | null;
  description?: string;
  /** Full names, `system:bootstrappers:<name>`. The group `system:bootstrappers` is always added. */
  extraGroups?: readonly string[];
}

export function createBootstrapToken(
  { keys, clock }: Pick<Ports, 'keys' | 'clock'>,
  { lifetimeMs = USUAL_LIFETIME_MS, description, extraGroups = [] }: BootstrapTokenRequest = {},
): BootstrapToken {
  const wrong = extraGroups.find((group) => !EXTRA_BOOTSTRAP_GROUP.test(group));
  if (wrong !== undefined) throw new ConsoleError('bootstrap-token.bad-group', { group: wrong });
  return {
    id: randomText(keys, ID_LENGTH),
    secret: randomText(keys, SECRET_LENGTH),
    ...(lifetimeMs !== null && { expiration: instantFromMs(epochMs(clock.now()) + lifetimeMs) }),
    description,
    authentication: true,
    signing: true,
    extraGroups,
  };
}

/** Discards bytes beyond the last multiple of the alphabet's size, so that all characters are equally likely. */
function randomText(keys: Pick<Ports['keys'], 'randomBytes'>, length: number): string {
  const limit = 256 - (256 % ALPHABET.length);
  let text = '';
  while (text.length < length) {
    for (const byte of keys.randomBytes(2 * length)) {
      if (byte < limit && text.length < length) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
}

/** Texts: `bootstrap-token.refused.<reason>`. */
export type BootstrapCheck =
  | { ok: true; username: string; groups: string[] }
  | { ok: false; reason: 'malformed' | 'unknown' | 'expired' | 'not-for-authentication' };

/**
 * Checks a token as the API server does. The result for a wrong secret is the same as for an unknown ID. Source:
 * Kubernetes documentation, "Authenticating with Bootstrap Tokens"; kubernetes/kubernetes,
 * plugin/pkg/auth/authenticator/token.
 */
export function checkBootstrapToken(text: string, tokens: readonly BootstrapToken[], now: Instant): BootstrapCheck {
  const parts = bootstrapTokenParts(text);
  if (parts === undefined) return { ok: false, reason: 'malformed' };
  const token = tokens.find(({ id }) => id === parts.id);
  if (token === undefined || !isSameSecret(token.secret, parts.secret)) return { ok: false, reason: 'unknown' };
  const { id, expiration, authentication, extraGroups } = token;
  if (expiration !== undefined && now >= expiration) return { ok: false, reason: 'expired' };
  if (!authentication) return { ok: false, reason: 'not-for-authentication' };
  const groups = [...new Set([BOOTSTRAP_GROUP, ...extraGroups])];
  return { ok: true, username: bootstrapUserName(id), groups };
}

/** Compares in constant time. */
function isSameSecret(known: string, given: string): boolean {
  let difference = known.length ^ given.length;
  for (let at = 0; at < known.length; at += 1) difference |= known.charCodeAt(at) ^ given.charCodeAt(at);
  return difference === 0;
}

/** Writes the kubeconfig for a kubelet's first request. The YAML contains the token. */
export function bootstrapKubeconfig(
  token: Pick<BootstrapToken, 'id' | 'secret'>,
  cluster: { clusterName: string; server: string; certificateAuthorityPem: string },
): string {
  return writeKubeconfig({ ...cluster, userName: USER_NAME, credentials: { token: bootstrapTokenText(token) } });
}
