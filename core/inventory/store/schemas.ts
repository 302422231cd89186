import { z } from 'zod';
import { clusterId, credentialId, instantField } from '../../shared/contract/schemas.ts';
import { ROLE_IDS } from '../../knowledge/model/credentials/credentials.ts';
import { NAME_EVIDENCE } from '../../plan/model/cluster-name.ts';
import { LAYERS } from '../../shared/ids.ts';
import type { KnownRevocation } from '../../shared/renew-revocation/known.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import type { Correction } from '../model/correction.ts';
import type { Decision } from '../schemas.ts';
import { KEY_MATCHES, type ManagementLink, type Placement } from '../model/credential.ts';
import type { UnplacedRevocation } from './inventory-store.ts';

/** The structure of all files in the data folder, without the field `schema`. */

const source = z.object({
  path: z.string(),
  computer: z.string().optional(),
  entry: z.string(),
  fileModified: instantField,
  readAt: instantField,
  server: z.string().optional(),
});

const common = {
  id: credentialId,
  layer: z.enum(LAYERS),
  role: z.enum(ROLE_IDS),
  name: z.string(),
  sources: z.array(source).min(1),
  firstReadAt: instantField,
};

const certificateEntry = z.object({
  ...common,
  kind: z.literal('certificate'),
  der: z.string(),
  keyMatch: z.enum(KEY_MATCHES),
});
export type CertificateEntry = z.infer<typeof certificateEntry>;

const tokenEntry = z.object({
  ...common,
  kind: z.literal('token'),
  notBefore: instantField.optional(),
  notAfter: instantField.optional(),
  assumed: z.boolean(),
  issuer: z.string().optional(),
  subject: z.string().optional(),
});

/** Compiled, since a fleet has a hundred thousand credentials. An invalid entry does not hide the others. */
export const credentialEntry = z.compile(z.discriminatedUnion('kind', [certificateEntry, tokenEntry]));
export type CredentialEntry = z.infer<typeof credentialEntry>;

export const historyEntry = z.object({
  credential: credentialEntry,
  replacedBy: credentialId,
  replacedAt: instantField,
});
export type HistoryEntry = z.infer<typeof historyEntry>;

const renewRevocation: z.ZodType<RenewRevocation> = z.object({
  name: z.string(),
  namespace: z.string(),
  description: z.string().optional(),
  entries: z.array(
    z.object({
      kind: z.enum(['serialnumber', 'Group', 'DNS', 'IP']),
      value: z.string(),
      description: z.string().optional(),
      notBefore: instantField.optional(),
    }),
  ),
});

export const revocationEntry: z.ZodType<KnownRevocation> = z.object({
  object: renewRevocation,
  source,
  isAlone: z.boolean(),
  liftedAt: instantField.optional(),
});
export const unplacedEntry: z.ZodType<UnplacedRevocation> = z.object({
  known: revocationEntry,
  sample: z.literal(true).optional(),
});

export const placementEntry: z.ZodType<Placement> = z.object({
  credentialId,
  path: z.string(),
  entry: z.string(),
  clusterId,
});

/** The entries are validated one by one. */
const entries = z.custom<unknown[]>(Array.isArray);

/** The fields of a cluster that column files also contain. */
export const clusterFields = {
  id: clusterId,
  name: z.string(),
  commandName: z.string().optional(),
  nameEvidence: z.enum(NAME_EVIDENCE).optional(),
  kind: z.enum(['kubernetes', 'moc']),
  sample: z.literal(true).optional(),
  addresses: z.array(z.string()),
  cloudAgents: z.array(z.string()).optional(),
  configured: z.array(z.string()).optional(),
};

export const clusterFile = z.object({
  cluster: z.object({
    ...clusterFields,
    foreign: z.literal(true).optional(),
    credentials: entries,
    history: entries,
    revocations: entries.optional(),
  }),
});

/** When all current credentials of a cluster were last found in place, if the cluster's file lacks this time. */
const reading = z.object({ at: instantField, checksum: z.string() });
export type ClusterReading = z.infer<typeof reading>;

export const managementLink: z.ZodType<ManagementLink> = z.object({
  path: z.string(),
  cloudAgent: z.string(),
  management: z.string(),
  forgotten: z.literal(true).optional(),
});

const index = z.object({
  // An invalid reading counts as none.
  clusters: z.array(z.object({ id: clusterId, name: z.string(), read: reading.optional().catch(undefined) })),
  forgotten: z.array(z.object({ id: clusterId, name: z.string(), forgottenAt: instantField })),
  lastImportAt: instantField.optional(),
  links: z.array(managementLink).readonly().optional().catch(undefined),
});
export const indexFile = index.extend({
  revocations: z.array(z.unknown()).optional(),
  placements: z.array(z.unknown()).optional(),
  decisions: z.array(z.unknown()).optional(),
});
export interface IndexFile extends z.infer<typeof index> {
  revocations?: readonly UnplacedRevocation[];
  placements?: readonly Placement[];
  decisions?: readonly Decision[];
}

export const correctionFile: z.ZodType<Correction> = z.object({
  from: clusterId,
  into: clusterId,
  credentialIds: z.array(credentialId),
  merges: z.literal(true).optional(),
});
