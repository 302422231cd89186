import type { KeyAlgorithm } from '../../shared/key-algorithm.ts';
import type { ProfileId } from '../../pki/model/profile.ts';
import type { SansTemplate, SubjectTemplate } from '../../shared/certificate-template.ts';

/*
 * A specification that was read and found good, with every default filled in. Plain data. Files are relative to the folder
 * that everything is written to, with `/` between their parts.
 */

/** A value, and whether the specification says it or only a profile does. */
export interface Wished<T> {
  value: T;
  isStated: boolean;
}

interface CommonWish {
  profile: ProfileId;
  subject: SubjectTemplate;
  keyAlgorithm: Wished<KeyAlgorithm>;
  /** Milliseconds from the issue to the end. */
  validityMs: Wished<number>;
}

/** A CA. What is there already is compared with what is stated alone, and its validity not at all. */
export interface AuthorityWish extends CommonWish {
  /** Whether the common name is stated. */
  isNamed: boolean;
  sans: SansTemplate;
  /** Whether one may be made; otherwise it has to be there. */
  mayBeMade: boolean;
  /** Without `.crt` and `.key`. */
  pair: string;
}

/** What a CA signs. */
export interface LeafWish extends CommonWish {
  issuer: ProfileId;
  sans: SansTemplate;
  /** Name of the identity of the cloud agent, in an extension of its certificate. */
  identity?: string;
}

export interface CertificateWish extends LeafWish {
  /** Without `.crt` and `.key`. */
  pair: string;
}

/** Which cluster a kubeconfig leads to. */
export interface ClusterWish {
  clusterName: string;
  server: string;
}

export interface KubeconfigWish extends LeafWish, ClusterWish {
  file: string;
}

export interface BootstrapWish extends ClusterWish {
  file: string;
  /** From the folder of the specification, as written there. */
  tokenFile: string;
}

export interface CreationSpec {
  /** The file it was read from. */
  path: string;
  /** In the order of the profiles. */
  authorities: readonly AuthorityWish[];
  certificates: readonly CertificateWish[];
  kubeconfigs: readonly KubeconfigWish[];
  bootstrap?: BootstrapWish;
  /** Without `.key` and `.pub`. */
  serviceAccountKey?: { keyAlgorithm: KeyAlgorithm; pair: string };
}
