/**
 * Where a credential belongs: `moc` is the infrastructure (cloud agent and its clients), `kubernetes` the PKI inside a
 * cluster, `workstation` what lies in an admin's kubeconfig. Source: Microsoft Learn, "Update certificates".
 */
export type Layer = 'moc' | 'kubernetes' | 'workstation';
export const LAYERS = ['moc', 'kubernetes', 'workstation'] as const satisfies readonly Layer[];

export type CredentialKind = 'certificate' | 'token';

/** SHA-256, 64 lower-case hex digits: of the DER of a certificate, of the claims of a JWT, of an opaque token. */
export type CredentialId = string & { readonly brand: 'CredentialId' };

export type ClusterId = string & { readonly brand: 'ClusterId' };
