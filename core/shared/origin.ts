import type { CertificateFacts } from './certificates/certificate.ts';
import type { CredentialKind } from './ids.ts';

/**
 * The kind of file, and the part of it, in which a credential was found: the best evidence of its purpose. `within` is
 * the value of a Secret that contains the whole file.
 */
export type Origin =
  | { format: 'pem' | 'der' | 'pkcs7' | 'pkcs12' }
  | {
      format: 'kubeconfig';
      part: 'certificate-authority' | 'client-certificate' | 'token';
      /**
       * `clusters[].name` of the entry, or of the context that joins user and cluster; absent if nothing joins them.
       */
      clusterName?: string;
      server?: string;
      userName?: string;
      within?: string;
    }
  | { format: 'access-file'; part: 'cloud-certificate' | 'client-certificate'; identityName?: string; within?: string }
  | {
      format: 'login-file';
      part: 'cloud-certificate' | 'token';
      identityName: string;
      clientType?: string;
      cloudFqdn?: string;
      within?: string;
    }
  | {
      format: 'secret';
      part: 'certificate' | 'certificate-authority' | 'token';
      /** Such as `kubernetes.io/tls`. */
      secretType: string;
      name: string;
      namespace?: string;
      /**
       * The user that a token authenticates as: `system:bootstrap:<id>`, `system:serviceaccount:<namespace>:<name>`.
       */
      userName?: string;
    }
  | { format: 'csr-object'; part: 'certificate'; name: string; signerName: string };

export interface CredentialEvidence {
  kind: CredentialKind;
  origin: Origin;
  /** The absolute path, with the separators of the system that wrote it. */
  path: string;
  facts?: CertificateFacts;
}
