import type { CertificateRefusal } from '../../pki/model/admission.ts';

export type RefusalReason =
  /** `revoked`: by a RenewRevocation entry or by the flag of the identity. */
  | CertificateRefusal
  | 'api-server-down'
  /** No approver handles the kubelet's request. */
  | 'request-not-approved'
  /** The server's certificate is not valid by the client's clock. */
  | 'server-not-valid'
  | 'token-not-yet-valid'
  | 'token-expired';

export type FailureCode =
  | RefusalReason
  | 'not-found'
  | 'host-off'
  | 'cluster-off'
  | 'already-so'
  | 'client-stopped'
  | 'unauthorized'
  | 'machines-still-upgrading'
  | 'repair-failed'
  | 'stage-out-of-order';

/**
 * Verbatim messages. Sources: known issues of AKS hybrid (security, workload clusters, upgrade); Azure/aksArc issues
 * 107, 127, 146, 168, 169, 237; microsoft/moc.
 */
export const PUBLIC_TEXTS: Partial<Record<FailureCode, string>> = {
  'certificate-expired': 'Certificate has expired: Expired',
  'token-expired': 'rpc error: code = Unauthenticated desc = Valid Token Required',
  'token-not-yet-valid': 'rpc error: code = Unauthenticated desc = Valid Token Required',
  'unknown-authority': 'transport: authentication handshake failed: x509: certificate signed by unknown authority',
  'server-not-valid': 'x509: certificate has expired or is not yet valid',
  'certificate-not-yet-valid': 'x509: certificate has expired or is not yet valid',
  revoked: 'certificate is revoked',
  unauthorized: 'You must be logged in to the server (Unauthorized)',
  'machines-still-upgrading': 'ControlPlane machines are still upgrading...',
  'repair-failed': 'failed to repair cluster certificates',
};

/** Printed before the reason by kvactl and its callers. Source: Azure/aksArc issues 146 and 169. */
export const SESSION_FAILED = 'failed to create azurestackhci session: ';

/** Printed by any kubectl command. Source: known issues, security. */
export const CONTROL_PLANE_EXPIRED =
  'Unable to connect to the server: x509: certificate has expired or is not yet valid';

/** Logged by an API server without its KMS plugin. Source: known issues. */
export const KMS_SOCKET_MISSING =
  'Error while dialing dial unix /var/run/moc-kms-plugin/kmsPlugin.sock: connect: no such file or directory';

/** Logged while the kubelet has no valid serving certificate. Source: Azure/aksArc issue 237. */
export const KUBELET_SERVING_EXPIRED = 'remote error: tls: internal error';
