/**
 * Where a credential belongs: `moc` is the infrastructure (cloud agent and its clients), `kubernetes` the PKI inside a
 * cluster, `workstation` an admin's kubeconfig. Source: Microsoft Learn, "Update certificates".
 */
export type Layer = 'moc' | 'kubernetes' | 'workstation';
export const LAYERS = ['moc', 'kubernetes', 'workstation'] as const satisfies readonly Layer[];

export type CredentialKind = 'certificate' | 'token';

/** SHA-256 as 64 lower-case hex digits: of a certificate's DER, of a JWT's claims, or of an opaque token. */
export type CredentialId = string & { readonly brand: 'CredentialId' };

export type ClusterId = string & { readonly brand: 'ClusterId' };
