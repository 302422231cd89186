import type { CertificateFacts } from './certificate.ts';
import type { CredentialKind } from './credential.ts';

/** In what kind of file, and as which part of it, a credential was found: the best evidence of what it is for. */
export type Origin =
  | { format: 'pem' | 'der' }
  | {
      format: 'kubeconfig';
      part: 'certificate-authority' | 'client-certificate' | 'token';
      /** `clusters[].name` of the entry or of the context that joins user and cluster; absent when nothing joins them. */
      clusterName?: string;
      server?: string;
      userName?: string;
    }
  | {
      format: 'access-file';
      part: 'cloud-certificate' | 'client-certificate';
      identityName?: string;
    }
  | {
      format: 'login-file';
      part: 'cloud-certificate' | 'token';
      identityName: string;
      clientType?: string;
      cloudFqdn?: string;
    };

/** Everything that classification may look at. */
export interface Evidence {
  kind: CredentialKind;
  origin: Origin;
  /** Absolute path as read, with the separators of the system that wrote it. */
  path: string;
  facts?: CertificateFacts;
}
