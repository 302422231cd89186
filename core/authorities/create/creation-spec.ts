import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { SansTemplate, SubjectTemplate } from '../../shared/certificates/certificate-template.ts';

/* All defaults are filled in. File names are relative to the target folder, with `/` as separator. */

export interface Wished<T> {
  value: T;
  isStated: boolean;
}

interface CommonWish {
  profile: ProfileId;
  subject: SubjectTemplate;
  keyAlgorithm: Wished<KeyAlgorithm>;
  validityMs: Wished<number>;
}

/** Only stated values are compared with an existing CA, never the validity period. */
export interface AuthorityWish extends CommonWish {
  isNamed: boolean;
  sans: SansTemplate;
  /** If false, the CA must already exist. */
  mayBeMade: boolean;
  /** Path without `.crt` and `.key`. */
  pair: string;
}

export interface LeafWish extends CommonWish {
  issuer: ProfileId;
  sans: SansTemplate;
  identity?: string;
}

export interface CertificateWish extends LeafWish {
  pair: string;
}

export interface ClusterWish {
  clusterName: string;
  server: string;
}

export interface KubeconfigWish extends LeafWish, ClusterWish {
  file: string;
}

export interface BootstrapWish extends ClusterWish {
  file: string;
  /** Relative to the folder of the specification. */
  tokenFile: string;
}

export interface CreationSpec {
  path: string;
  /** CAs in the order of the profiles. */
  authorities: readonly AuthorityWish[];
  certificates: readonly CertificateWish[];
  kubeconfigs: readonly KubeconfigWish[];
  bootstrap?: BootstrapWish;
  /** `pair` is a path without `.key` and `.pub`. */
  serviceAccountKey?: { keyAlgorithm: KeyAlgorithm; pair: string };
}
