import type { ClusterId, CredentialId, CredentialKind, Layer } from '../../shared/ids.ts';
import type { LifetimeClassId } from '../../knowledge/model/credentials/lifetimes.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { RenewalRefusal } from '../../revocation/model/renewal-refusal.ts';

/** What the board needs of one credential: flat, small, without anything that ticks. */
export interface BoardRow {
  id: CredentialId;
  clusterId: ClusterId;
  cluster: string;
  /** Of a sample fleet. */
  sample?: true;
  kind: CredentialKind;
  layer: Layer;
  role: RoleId;
  name: string;
  issuer: string;
  /** Milliseconds since 1970; absent when unknown. */
  notBeforeMs?: number;
  notAfterMs?: number;
  assumed: boolean;
  /** When a file was last read that held it, in milliseconds since 1970; absent when that is not known. */
  confirmedMs?: number;
  lifetimeClass: LifetimeClassId;
  /** Entries of RenewRevocation objects that match its next certificate; absent: none that is known. */
  refusals?: readonly RenewalRefusal[];
  /** Lower-case text of every field that the search looks at but the numbers; parts separated by a newline. */
  search: string;
  /** Fingerprint and serial, lower-case hex, separated by a newline: apart, since few queries are hex. */
  numbers: string;
}
