import { z } from 'zod';
import { method, type Calls } from '../contract/method.ts';
import {
  clusterId,
  credentialId,
  fileTicket,
  index,
  MOST_ITEMS,
  MOST_TEXT,
  name,
  pageLimit,
  textLike,
} from '../contract/schemas.ts';
import type { Finding } from '../shared/finding.ts';
import { ENTRY_FIELDS, OBJECT_FIELDS, type DraftEntry } from '../shared/renew-revocation/draft.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import {
  DRY_RUN_HOURS,
  MATCH_LISTS,
  REVOCATION_GOALS,
  REVOCATION_STEPS,
  type DraftChange,
  type DryRun,
  type MatchPage,
  type ProposedRevocation,
  type ReadRevocation,
  type RevocationCandidates,
  type RevocationChoice,
  type RevocationDocument,
  type RevocationDocumentId,
  type RevocationFuture,
  type RevocationJudgement,
  type RevocationSummary,
  type SerialLine,
} from './model/view.ts';

const documentId = textLike<RevocationDocumentId>(/^[0-9a-f]{16}$/u);
const text = z.string().max(MOST_TEXT);
const goal = z.enum(REVOCATION_GOALS);
const kubeconfig = name.optional();
const page = { offset: index, limit: pageLimit };

const draftEntry: z.ZodType<DraftEntry> = z.strictObject(
  Object.fromEntries(ENTRY_FIELDS.map((field) => [field, text.optional()])),
);
const entries = z.array(draftEntry).max(MOST_ITEMS);
const entryIndex = index;
const draftChange: z.ZodType<DraftChange> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), entryIndex, field: z.enum(ENTRY_FIELDS), value: text }),
  z.strictObject({ kind: z.literal('unset'), entryIndex, field: z.enum(ENTRY_FIELDS) }),
  z.strictObject({ kind: z.literal('insert'), entryIndex, entries }),
  z.strictObject({ kind: z.literal('replace'), entryIndex, entries }),
  z.strictObject({ kind: z.literal('remove'), entryIndex }),
  z.strictObject({ kind: z.literal('set-object'), field: z.enum(OBJECT_FIELDS), value: text }),
  z.strictObject({ kind: z.literal('append'), entries }),
  z.strictObject({
    kind: z.literal('begin'),
    draft: z.strictObject({ ...Object.fromEntries(OBJECT_FIELDS.map((field) => [field, text.optional()])), entries }),
  }),
]);

const certificates = z.array(credentialId).max(MOST_ITEMS);
const revocationChoice: z.ZodType<RevocationChoice> = z.discriminatedUnion('goal', [
  z.strictObject({ goal: z.literal('lost-kubeconfig'), certificates }),
  z.strictObject({
    goal: z.literal('node'),
    nodes: z.array(z.strictObject({ clusterId, name })).max(MOST_ITEMS),
    withNames: z.boolean(),
  }),
  z.strictObject({ goal: z.literal('group'), groups: z.array(name).max(MOST_ITEMS) }),
  z.strictObject({ goal: z.literal('serial'), serials: z.array(name).max(MOST_ITEMS), certificates }),
]);

const keptRevocation = z.strictObject({
  documentId,
  text,
  objectIndex: index,
  step: z.enum(REVOCATION_STEPS),
  goal: goal.optional(),
  kubeconfig,
});
export type KeptRevocation = z.infer<typeof keptRevocation>;

const judgeRequest = z.strictObject({
  text,
  /** Whose file the commands name; absent: one that is yet to be saved. */
  documentId: documentId.optional(),
  kubeconfig,
});
export type JudgeRequest = z.infer<typeof judgeRequest>;

const understoodRevocation = z.strictObject({
  documentId,
  text,
  /** What was typed; needed where the judgement asks for it. */
  understood: name.optional(),
});
export type UnderstoodRevocation = z.infer<typeof understoodRevocation>;

/**
 * RenewRevocation objects. What is worked on is a document, which main keeps through every end of the console; its text is
 * sent along with each question, so that answers are about what the screen shows. Nothing here reaches a cluster.
 */
export const REVOCATION_METHODS = {
  list: method().answers<RevocationListing>(),
  /** A new document, empty unless a text was pasted. `revocation.secret-in-text`, `revocation.too-large`. */
  create: method({ goal: goal.optional(), text: text.optional() }).answers<RevocationDocument>(),
  /** A new document with what an import read of an object. `revocation.unknown`. */
  copyRead: method({ clusterId: clusterId.optional(), name, namespace: name }).answers<RevocationDocument>(),
  /** Of a file; one that is open already is opened again. `file.*`, `revocation.secret-in-text`. */
  openFile: method({ source: fileTicket }).answers<RevocationDocument>(),
  /** With its file as it is on disk now. `revocation.document-unknown`, as of every other method that names one. */
  open: method({ documentId }).answers<RevocationDocument>(),
  /** Puts it on disk; done when it is there. `revocation.secret-in-text`: then what was kept before stays. */
  keep: method(keptRevocation).answers<RevocationSummary>(),
  /** The file as it is now, in place of the text. `file.*`. */
  reload: method({ documentId }).answers<RevocationDocument>(),
  /** The file as it is now, to be compared; the text stays. `file.*`. */
  readFile: method({ documentId }).answers<{ text: string }>(),
  /** Away, not its file; `restore` brings it back while the console runs. */
  discard: method({ documentId }).answers<RevocationSummary>(),
  restore: method({ documentId }).answers<RevocationSummary>(),
  /** Findings, impact, guard and plan, live. */
  judge: method(judgeRequest).answers<RevocationJudgement>(),
  /** Every byte that the change is not about stays. `revocation.not-editable`: it is laid out so that this cannot be done. */
  edit: method({ text, objectIndex: index, change: draftChange }).answers<{ text: string }>(),
  matches: method({
    text,
    /** Absent: of all objects. */
    objectIndex: index.optional(),
    /** Absent: of all entries; a certificate is then listed for the first entry that names it. */
    entryIndex: index.optional(),
    list: z.enum(MATCH_LISTS),
    clusterId: clusterId.optional(),
    /** Words that cluster, name or role hold. */
    query: name.optional(),
    kubeconfig,
    ...page,
  }).answers<MatchPage>(),
  /** By advancing the engine's copies of all clusters. Long work, in slices. */
  foresee: method({ text }).answers<RevocationFuture>(),
  /** All sound objects of the text on the engine's copy of a cluster. `revocation.not-sound`, `cluster.unknown`. */
  performDryRun: method({
    text,
    clusterId,
    hours: z.int().min(1).max(DRY_RUN_HOURS.most),
    withoutRepair: z.boolean(),
  }).answers<DryRun>(),
  candidates: method({
    goal,
    /** Words that cluster, name, role or serial number hold. */
    query: name,
    kubeconfig,
    ...page,
  }).answers<RevocationCandidates>(),
  /** One line each, however it is printed. */
  readSerials: method({ text }).answers<SerialLine[]>(),
  /** Entries for what was chosen. `revocation.choice-gone` when the inventory has it no longer. */
  propose: method({ choice: revocationChoice, kubeconfig }).answers<ProposedRevocation>(),
  /**
   * Writes the text to its file, or to `target`, with the undo manifest beside it, and into the audit trail.
   * `revocation.not-sound`, `revocation.not-understood`; `revocation.file-changed` when somebody else has changed the file
   * since, unless `overwrite`.
   */
  save: method({
    ...understoodRevocation.shape,
    /** Absent: the file that it has. */
    target: fileTicket.optional(),
    /** The file was changed by somebody else, and that is known. */
    overwrite: z.literal(true).optional(),
  }).answers<RevocationDocument>(),
  /** To the clipboard, with the same conditions, and into the audit trail. */
  copy: method(understoodRevocation).answers<null>(),
  /** The offline bundle, with the same conditions, and into the audit trail. */
  exportBundle: method({ ...understoodRevocation.shape, target: fileTicket }).answers<SavedFile>(),
  /** To a target, with the same conditions, and into the audit trail. The engine's copy of a cluster is the only one yet. */
  send: method({ ...understoodRevocation.shape, clusterId }).answers<DryRun>(),
};

export type RevocationApi = Calls<typeof REVOCATION_METHODS>;

export interface RevocationListing {
  /** Latest change first. */
  documents: RevocationSummary[];
  /** Objects that imports read, by cluster, namespace and name; those of no known cluster last. */
  read: ReadRevocation[];
  /** What was found wrong when they were loaded. */
  findings: Finding[];
  /** Paths of kubeconfigs in the inventory, for the commands. */
  kubeconfigs: string[];
}
