import type { Instant } from '../instant.ts';

/** Source: Kubernetes documentation, "Bootstrap tokens". */
export const BOOTSTRAP_GROUP = 'system:bootstrappers';

/** Source: kubernetes/kubernetes, cluster-bootstrap, token API. */
export const EXTRA_BOOTSTRAP_GROUP = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/u;

/** Never stored, logged or shown. */
export interface BootstrapToken {
  /** Six characters `a` to `z` and `0` to `9`; public. */
  id: string;
  /** Sixteen characters `a` to `z` and `0` to `9`. */
  secret: string;
  /** Refused from this instant on; if absent, the token never expires. */
  expiration?: Instant;
  description?: string;
  authentication: boolean;
  /** Whether it signs the ConfigMap `cluster-info`. */
  signing: boolean;
  extraGroups: readonly string[];
}

export function bootstrapUserName(id: string): string {
  return `system:bootstrap:${id}`;
}
