import type { Instant } from './instant.ts';

/** Everybody who signs in with a bootstrap token is in it. Source: Kubernetes documentation, "Bootstrap tokens". */
export const BOOTSTRAP_GROUP = 'system:bootstrappers';

/** What `auth-extra-groups` may name. Source: kubernetes/kubernetes, cluster-bootstrap, token API. */
export const EXTRA_BOOTSTRAP_GROUP = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/u;

/** A bootstrap token with what its Secret says. Holds a secret: never stored, logged or shown. */
export interface BootstrapToken {
  /** Six of `a` to `z` and `0` to `9`; public. */
  id: string;
  /** Sixteen of the same. */
  secret: string;
  /** From this moment on it is refused; never when absent. */
  expiration?: Instant;
  description?: string;
  /** Whether it may be used to sign in. */
  authentication: boolean;
  /** Whether it signs the ConfigMap `cluster-info`. */
  signing: boolean;
  /** Groups beside `system:bootstrappers`. */
  extraGroups: readonly string[];
}

/** What the API server calls whoever signs in with it. */
export function bootstrapUserName(id: string): string {
  return `system:bootstrap:${id}`;
}
