import { z } from 'zod';
import { PROFILE_IDS } from '../pki/model/profile.ts';
import { instantField } from '../shared/contract/schemas.ts';
import { ETCD_CLIENT_ISSUERS, FASTEST_PACE, LAB_OUTAGES, MACHINE_KINDS, SERVICE_KINDS, type Lab } from './model/lab.ts';

export const LAB_VERSION = 1;

const word = z.string().min(1).max(253);
/** Never leads out of the folder. */
const path = z
  .string()
  .regex(/^[^\\:]+$/u)
  .refine((text) => text.split('/').every((part) => !['', '.', '..'].includes(part)));

const service = z.strictObject({
  name: word,
  kind: z.enum(SERVICE_KINDS),
  address: z.string().regex(/^127(?:\.\d{1,3}){3}$/u),
  port: z.int().min(1).max(65_535),
  serverName: word,
  file: path,
  node: word.optional(),
});

const labFile = z.strictObject({
  kind: z.literal('arcwarden-lab'),
  version: z.literal(LAB_VERSION),
  createdAt: instantField,
  pace: z.number().min(1).max(FASTEST_PACE),
  outage: z.enum(LAB_OUTAGES).optional(),
  etcdClientIssuer: z.enum(ETCD_CLIENT_ISSUERS),
  fqdn: word,
  location: word,
  machines: z.array(z.strictObject({ name: word, kind: z.enum(MACHINE_KINDS), services: z.array(service) })),
  clients: z.array(
    z.strictObject({
      identity: word,
      profile: z.enum(PROFILE_IDS),
      machine: word.optional(),
      loginFile: path,
      accessFile: path,
      autoRotate: z.boolean(),
    }),
  ),
  clusters: z.array(
    z.strictObject({
      name: word,
      kind: z.enum(['management', 'workload']),
      kubeconfig: path,
      nodes: z.array(
        z.strictObject({
          name: word,
          role: z.enum(['control-plane', 'worker']),
          ip: word,
          certificates: z.array(z.strictObject({ profile: z.enum(PROFILE_IDS), file: path })),
        }),
      ),
    }),
  ),
});

export function readLabFile(content: unknown): Lab | undefined {
  const parsed = labFile.safeParse(content);
  if (!parsed.success) return undefined;
  const { kind: _, version: __, ...lab } = parsed.data;
  return lab;
}
