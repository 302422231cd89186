import type { ForeignReason } from './credential.ts';
import type { ClusterId, CredentialId, CredentialKind, Layer } from '../../shared/ids.ts';
import type { LifetimeClassId } from '../../knowledge/model/credentials/lifetimes.ts';
import type { InCluster } from '../../plan/model/command-name.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { RenewalRefusal } from './renewal-refusal.ts';

/** The fields of one credential that the board shows: flat, small, and independent of the time. */
export interface BoardRow extends InCluster {
  id: CredentialId;
  clusterId: ClusterId;
  /** The reason why it is not part of the platform; absent if it is. */
  foreign?: ForeignReason;
  /** Belongs to a sample fleet. */
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
  /** When it was first read, in milliseconds since 1970; absent when unknown. */
  firstReadMs?: number;
  /** When a file that contains it was last read, in milliseconds since 1970; absent when unknown. */
  confirmedMs?: number;
  lifetimeClass: LifetimeClassId;
  /** Entries of RenewRevocation objects that match its next certificate; absent when none is known. */
  refusals?: readonly RenewalRefusal[];
  /** Lower-case text of every searched field except numbers; parts separated by a newline. */
  search: string;
  /** Fingerprint and serial, lower-case hex, separated by a newline; kept apart, since few queries are hex. */
  numbers: string;
}
