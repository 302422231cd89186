/**
 * `moc` is the infrastructure (cloud agent and its clients), `kubernetes` the PKI inside a cluster, `workstation` an
 * admin's kubeconfig. Source: Microsoft Learn, "Update certificates".
 */
export const LAYERS = ['moc', 'kubernetes', 'workstation'] as const;
export type Layer = (typeof LAYERS)[number];

export type CredentialKind = 'certificate' | 'token';

/** SHA-256 as 64 lower-case hex digits: of a certificate's DER, of a JWT's claims, or of an opaque token. */
export type CredentialId = string & { readonly brand: 'CredentialId' };

export type ClusterId = string & { readonly brand: 'ClusterId' };

/** 16 lower-case hex digits. */
export type ChannelId = string & { readonly brand: 'ChannelId' };

/** Stands for credentials that are not part of the platform. */
export const FOREIGN_CLUSTER = 'foreign' as ClusterId;
/** Stands for a missing cluster name in any language. */
export const NO_CLUSTER = '–';

const CLUSTER_ID = /^[a-z0-9-]{1,80}$/u;

/** Accepts 1 to 80 lower-case letters, digits and `-`. */
export function isClusterId(text: string): text is ClusterId {
  return CLUSTER_ID.test(text);
}
