import { z } from 'zod';
import { instantField } from '../shared/contract/schemas.ts';
import { APPROVAL_RULES } from '../pki/model/approval.ts';

const mark = z.literal(true).optional();
const params = z.record(z.string(), z.union([z.string(), z.number()]));
const waiting = {
  /** SHA-256 of everything that makes this question a different one. */
  id: z.string(),
  path: z.string(),
  /** When an import first found it. */
  since: instantField,
  sample: mark,
  /** Entries stay after the admin has decided; otherwise, the next reading of the same file would ask again. */
  decided: mark,
};

/** A file that could not be read, with the rule and values of its finding. */
const waitingFile = z.object({ ...waiting, kind: z.literal('file'), rule: z.string(), params: params.optional() });

/** A CertificateSigningRequest of a kubelet that nobody has answered. */
const waitingRequest = z.object({
  ...waiting,
  kind: z.literal('request'),
  name: z.string(),
  signer: z.string(),
  username: z.string().optional(),
  /** The DNS names and addresses requested. */
  names: z.array(z.string()),
  createdAt: instantField.optional(),
  /** `ignore`: the rules need names and addresses of the node, which no file states. */
  verdict: z.enum(['approve', 'deny', 'ignore']),
  /** Rules that apply. */
  checks: z.array(z.object({ rule: z.enum(APPROVAL_RULES), outcome: z.enum(['passed', 'failed']), params })),
});

export const decisionEntry = z.discriminatedUnion('kind', [waitingFile, waitingRequest]);
export type Decision = z.infer<typeof decisionEntry>;
export type WaitingFile = z.infer<typeof waitingFile>;
export type WaitingRequest = z.infer<typeof waitingRequest>;
