import type { KeyAlgorithm } from '../../shared/certificates/key-algorithm.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { SansTemplate, SubjectTemplate } from '../../shared/certificates/certificate-template.ts';

/*
 * A specification that was read and found valid, with every default filled in. Plain data. File names are relative to
 * the target folder, with `/` between their parts.
 */

/** A value, and whether it comes from the specification or only from a profile. */
export interface Wished<T> {
  value: T;
  isStated: boolean;
}

interface CommonWish {
  profile: ProfileId;
  subject: SubjectTemplate;
  keyAlgorithm: Wished<KeyAlgorithm>;
  /** Milliseconds from issuance to expiry. */
  validityMs: Wished<number>;
}

/** A CA. An existing one is compared only with what is stated, and its validity not at all. */
export interface AuthorityWish extends CommonWish {
  /** Whether the common name is stated. */
  isNamed: boolean;
  sans: SansTemplate;
  /** Whether it may be made; otherwise it must exist. */
  mayBeMade: boolean;
  /** Without `.crt` and `.key`. */
  pair: string;
}

/** A certificate or file that a CA signs. */
export interface LeafWish extends CommonWish {
  issuer: ProfileId;
  sans: SansTemplate;
  /** Name of the cloud agent identity, in an extension of its certificate. */
  identity?: string;
}

export interface CertificateWish extends LeafWish {
  /** Without `.crt` and `.key`. */
  pair: string;
}

/** The cluster that a kubeconfig points to. */
export interface ClusterWish {
  clusterName: string;
  server: string;
}

export interface KubeconfigWish extends LeafWish, ClusterWish {
  file: string;
}

export interface BootstrapWish extends ClusterWish {
  file: string;
  /** Relative to the folder of the specification, as written there. */
  tokenFile: string;
}

export interface CreationSpec {
  /** The file from which it was read. */
  path: string;
  /** In the order of the profiles. */
  authorities: readonly AuthorityWish[];
  certificates: readonly CertificateWish[];
  kubeconfigs: readonly KubeconfigWish[];
  bootstrap?: BootstrapWish;
  /** Without `.key` and `.pub`. */
  serviceAccountKey?: { keyAlgorithm: KeyAlgorithm; pair: string };
}
