import { z } from 'zod';
import type { AuditFacts } from '../shared/problem.ts';
import { method, type Calls } from '../shared/contract/method.ts';
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
} from '../shared/contract/schemas.ts';
import type { Finding } from '../shared/finding.ts';
import { ENTRY_FIELDS, OBJECT_FIELDS, type DraftEntry } from '../shared/renew-revocation/draft.ts';
import type { SavedFile } from '../shared/files/saved-file.ts';
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
  type RevocationDocumentId,
  type RevocationFuture,
  type RevocationJudgement,
  type SerialLine,
} from './model/view.ts';
import type { StoredRevocation, StoredRevocationFile } from './schemas.ts';

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
  z.strictObject({ kind: z.literal(['insert', 'replace']), entryIndex, entries }),
  z.strictObject({ kind: z.literal('remove'), entryIndex }),
  z.strictObject({ kind: z.literal('set-object'), field: z.enum(OBJECT_FIELDS), value: text }),
  z.strictObject({ kind: z.literal('append'), entries }),
  z.strictObject({
    kind: z.literal('begin'),
    draft: z.strictObject({ ...Object.fromEntries(OBJECT_FIELDS.map((field) => [field, text.optional()])), entries }),
  }),
]);

const certificates = z.array(credentialId).max(MOST_ITEMS);
const revocationChoice = z.discriminatedUnion('goal', [
  z.strictObject({ goal: z.literal('lost-kubeconfig'), certificates }),
  z.strictObject({
    goal: z.literal('node'),
    nodes: z.array(z.strictObject({ clusterId, name })).max(MOST_ITEMS),
    /**
     * Also adds entries for the names and addresses of the machines, with the current time as the cutoff. These entries
     * also match unknown certificates.
     */
    withNames: z.boolean(),
  }),
  z.strictObject({ goal: z.literal('group'), groups: z.array(name).max(MOST_ITEMS) }),
  z.strictObject({ goal: z.literal('serial'), serials: z.array(name).max(MOST_ITEMS), certificates }),
]);
export type RevocationChoice = z.infer<typeof revocationChoice>;

const matchesQuestion = z.strictObject({
  objectIndex: index.optional(),
  /** If absent, all entries, with each certificate listed under the first entry that matches it. */
  entryIndex: index.optional(),
  list: z.enum(MATCH_LISTS),
  clusterId: clusterId.optional(),
  query: name.optional(),
  kubeconfig,
  ...page,
});
export type MatchesQuestion = z.infer<typeof matchesQuestion>;

const candidatesQuestion = z.strictObject({ goal, query: name, kubeconfig, ...page });
export type CandidatesQuestion = z.infer<typeof candidatesQuestion>;

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
  /** Absent for an unsaved document; otherwise, commands use the name of its file. */
  documentId: documentId.optional(),
  kubeconfig,
});
export type JudgeRequest = z.infer<typeof judgeRequest>;

const understoodRevocation = z.strictObject({ documentId, text, understood: name.optional() });
export type UnderstoodRevocation = z.infer<typeof understoodRevocation>;

const documentFacts = ({ documentId: subject }: { documentId: RevocationDocumentId }): AuditFacts => ({ subject });

/**
 * Methods for RenewRevocation objects. The main process stores drafts as documents that remain after the console
 * closes. Every request contains the text, so that answers match the screen. No method contacts a cluster.
 */
export const REVOCATION_METHODS = {
  list: method().reads().answers<RevocationListing>(),
  /**
   * Creates a document, empty unless `text` was pasted. Fails with `revocation.secret-in-text` or
   * `revocation.too-large`.
   */
  create: method({ goal: goal.optional(), text: text.optional() }).reads().answers<RevocationDocument>(),
  /** Creates a document from an imported object. Fails with `revocation.unknown`. */
  copyRead: method({ clusterId: clusterId.optional(), name, namespace: name }).reads().answers<RevocationDocument>(),
  /** Opens a file, reusing its document if there is one. Fails with `file.*` or `revocation.secret-in-text`. */
  openFile: method({ source: fileTicket }).reads().answers<RevocationDocument>(),
  /** Opens a document. Fails with `revocation.document-unknown`, like every method with `documentId`. */
  open: method({ documentId }).reads().answers<RevocationDocument>(),
  /**
   * Saves the draft; resolves once the draft is on disk. If it throws `revocation.secret-in-text`, the previous text
   * remains.
   */
  keep: method(keptRevocation).reads().answers<RevocationSummary>(),
  /** Replaces the text of a document with that of its file. Fails with `file.*`. */
  reload: method({ documentId }).reads().answers<RevocationDocument>(),
  /** Reads the file for comparison. Fails with `file.*`. */
  readFile: method({ documentId }).reads().answers<{ text: string }>(),
  /** Removes the document but not its file. Until the console closes, `restore` brings it back. */
  discard: method({ documentId }).changes('revocation.discarded', documentFacts).answers<RevocationSummary>(),
  restore: method({ documentId }).changes('revocation.restored', documentFacts).answers<RevocationSummary>(),
  judge: method(judgeRequest).reads().answers<RevocationJudgement>(),
  /**
   * Applies a change and keeps every other byte of the text. Fails with `revocation.not-editable` if the layout makes
   * that impossible.
   */
  edit: method({ text, objectIndex: index, change: draftChange }).reads().answers<{ text: string }>(),
  matches: method({ text, ...matchesQuestion.shape })
    .reads()
    .answers<MatchPage>(),
  foresee: method({ text }).reads().answers<RevocationFuture>(),
  /**
   * Applies all objects in the text to a simulated copy of a cluster. Fails with `revocation.not-sound` or
   * `cluster.unknown`.
   */
  performDryRun: method({ text, clusterId, hours: z.int().min(1).max(DRY_RUN_HOURS.most), withoutRepair: z.boolean() })
    .reads()
    .answers<DryRun>(),
  candidates: method(candidatesQuestion).reads().answers<RevocationCandidates>(),
  /** Returns the text of a file with serial numbers. Fails with `file.*` or `revocation.secret-in-text`. */
  readText: method({ source: fileTicket }).reads().answers<{ text: string }>(),
  /** Reads serial numbers in any notation. */
  readSerials: method({ text }).reads().answers<SerialLine[]>(),
  /**
   * Suggests entries for a choice. Fails with `revocation.choice-gone` if a chosen item is no longer in the inventory.
   */
  propose: method({ choice: revocationChoice, kubeconfig }).reads().answers<ProposedRevocation>(),
  /**
   * Writes the text to its file or to `target`, and the undo manifest beside it. Fails with `revocation.not-sound`,
   * `revocation.not-understood`, or `revocation.file-changed` if another program has changed the file and `overwrite`
   * is absent.
   */
  save: method({
    ...understoodRevocation.shape,
    /** By default, the document's own file. */
    target: fileTicket.optional(),
    overwrite: z.literal(true).optional(),
  })
    .exports('revocation.written', documentFacts)
    .answers<RevocationDocument>(),
  /** Copies the text to the clipboard. Throws the errors of `save`. */
  copy: method(understoodRevocation).exports('revocation.copied', documentFacts).answers<null>(),
  /** Writes the offline bundle. Throws the errors of `save`. */
  exportBundle: method({ ...understoodRevocation.shape, target: fileTicket })
    .exports('revocation.bundled', documentFacts)
    .answers<SavedFile>(),
  /**
   * Sends the text to a target. The only target so far is a simulated copy of a cluster. Throws the errors of `save`.
   */
  send: method({ ...understoodRevocation.shape, clusterId })
    .changes('revocation.sent', ({ documentId: subject, clusterId: to }) => ({ subject, clusterId: to }))
    .answers<DryRun>(),
};

export type RevocationApi = Calls<typeof REVOCATION_METHODS>;

export interface RevocationDocument extends Omit<StoredRevocation, 'file'> {
  /** Absent until the document is opened from or saved to a file. */
  file?: RevocationFileFacts;
}

export interface RevocationFileFacts extends Omit<StoredRevocationFile, 'textSha256'> {
  name: string;
  /** Whether the text differs from the file as it was last read or written. */
  edited: boolean;
  /** Current file compared with the content last read or written. */
  onDisk: 'same' | 'changed' | 'gone' | 'unreadable';
  /** SHA-256 of the current file if it is `changed` and small enough to read. */
  diskSha256?: string;
}

export interface RevocationSummary extends Pick<RevocationDocument, 'id' | 'step' | 'goal' | 'changedAt' | 'file'> {
  names: string[];
  entries: number;
}

interface RevocationListing {
  documents: RevocationSummary[];
  /** Imported objects, by cluster, namespace and name; those of unknown clusters last. */
  read: ReadRevocation[];
  findings: Finding[];
  kubeconfigs: string[];
}
