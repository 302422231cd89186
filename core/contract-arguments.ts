import { z } from 'zod';
import { EXPORT_FORMATS } from './expiry/contract.ts';
import { SOURCE_KINDS, type ConsoleApi } from './contract.ts';
import { AUTHORITY_KINDS, REVOCATION_REASONS, type AuthorityId } from './pki/model/authority.ts';
import { aksHciVersion, kubernetesVersion } from './knowledge/model/aks-hci-version.ts';
import { buildOf } from './knowledge/model/build.ts';
import { FAILURES, failureOf } from './knowledge/model/failures/failures.ts';
import { TRIAGE_IDS } from './knowledge/model/triage.ts';
import { CERTIFICATE_EXPORT_FORMATS, PFX_ENCRYPTIONS } from './authorities/model/view.ts';
import { MAIL_SECURITIES, type ChannelId } from './notifications/model/channel.ts';
import type { ClusterId, CredentialId } from './shared/ids.ts';
import { LONGEST_HORIZON_DAYS } from './forecast/model/forecast.ts';
import { CLIENT_TYPES } from './pki/model/identity.ts';
import { KEY_ALGORITHMS } from './shared/key-algorithm.ts';
import { PLAN_FORMATS } from './maintenance/model/maintenance.ts';
import { MARK_KINDS } from './notifications/model/silence.ts';
import { PLAN_FILE_FORMATS } from './plan/model/file-format.ts';
import { PROFILE_IDS } from './pki/model/profile.ts';
import { TARGET_FORMATS } from './shared/file-format.ts';
import {
  MATCH_LISTS,
  DRY_RUN_HOURS,
  REVOCATION_GOALS,
  REVOCATION_STEPS,
  type RevocationDocumentId,
} from './revocation/model/view.ts';
import { ENTRY_FIELDS, OBJECT_FIELDS } from './shared/renew-revocation/draft.ts';
import type { RunId } from './runs/model/run.ts';
import { UPDATE_PARTS } from './update/model/planning.ts';
import type { FileTicket } from './shared/ticket.ts';
import { instant, SETTING_SCHEMAS } from './store/schemas.ts';

/** Far above what a screen sends; an argument beyond these is a mistake or an attack. */
const MOST_ITEMS = 20_000;
const MOST_TEXT = 1_000_000;
const MOST_NAME = 1_000;
const MOST_NAMES = 200;
const MOST_PASSPHRASE = 10_000;
const MOST_PAGE = 1_000;
/** A hundred years. */
const LONGEST_VALIDITY_MS = 100 * 366 * 86_400_000;

const clusterId = z.custom<ClusterId>((value) => typeof value === 'string' && /^[a-z0-9-]{1,80}$/.test(value));
const credentialId = z.custom<CredentialId>((value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));
const fileTicket = z.custom<FileTicket>((value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value));

const authorityId = z.custom<AuthorityId>((value) => typeof value === 'string' && /^[a-z0-9-]{1,80}$/.test(value));
/** Longer than any name that is accepted, so that a name at fault gets its own answer. */
const name = z.string().max(MOST_NAME);
const names = z.array(name).max(MOST_NAMES);
const profile = z.enum(PROFILE_IDS);
const passphrase = z.string().max(MOST_PASSPHRASE);
const entry = { authorityId, entryId: credentialId };
const identity = { authorityId, identity: name };

const channelId = z.custom<ChannelId>((value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value));
const secretDraft = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['kept', 'none']) }),
  z.strictObject({ kind: z.literal('entered'), secret: passphrase }),
  z.strictObject({ kind: z.literal('environment'), name }),
  z.strictObject({ kind: z.literal('file'), source: fileTicket }),
]);
const fileDraft = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['kept', 'none']) }),
  z.strictObject({ kind: z.literal('chosen'), file: fileTicket }),
]);
const channelSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['toast', 'event-log']) }),
  z.strictObject({ kind: z.literal('prometheus'), file: fileDraft }),
  z.strictObject({ kind: z.literal('webhook'), url: name, secret: secretDraft, ca: fileDraft }),
  z.strictObject({
    kind: z.literal('mail'),
    host: name,
    port: z.int().min(1).max(65_535),
    security: z.enum(MAIL_SECURITIES),
    from: name,
    to: names,
    user: name,
    secret: secretDraft,
    ca: fileDraft,
  }),
]);

/** Milliseconds since 1970, up to where a moment can still be written. */
const moment = z.int().min(0).max(253_402_300_799_000);
const span = { fromMs: moment, toMs: moment };
const isInOrder = ({ fromMs, toMs }: { fromMs: number; toMs: number }): boolean => fromMs < toMs;

const documentId = z.custom<RevocationDocumentId>((value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value));
/** Position in a list. */
const index = z.int().min(0).max(MOST_TEXT);
const manifestText = z.string().max(MOST_TEXT);
const draftEntry = z.strictObject(
  Object.fromEntries(ENTRY_FIELDS.map((field) => [field, manifestText.exactOptional()])),
);
const draftEntries = z.array(draftEntry).max(MOST_ITEMS);
const ofEntry = { entryIndex: index };
const draftChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), ...ofEntry, field: z.enum(ENTRY_FIELDS), value: manifestText }),
  z.strictObject({ kind: z.literal('unset'), ...ofEntry, field: z.enum(ENTRY_FIELDS) }),
  z.strictObject({ kind: z.literal('insert'), ...ofEntry, entries: draftEntries }),
  z.strictObject({ kind: z.literal('replace'), ...ofEntry, entries: draftEntries }),
  z.strictObject({ kind: z.literal('remove'), ...ofEntry }),
  z.strictObject({ kind: z.literal('set-object'), field: z.enum(OBJECT_FIELDS), value: manifestText }),
  z.strictObject({ kind: z.literal('append'), entries: draftEntries }),
  z.strictObject({
    kind: z.literal('begin'),
    draft: z.strictObject({
      ...Object.fromEntries(OBJECT_FIELDS.map((field) => [field, manifestText.exactOptional()])),
      entries: draftEntries,
    }),
  }),
]);
const chosenIds = z.array(credentialId).max(MOST_ITEMS);
const revocationChoice = z.discriminatedUnion('goal', [
  z.strictObject({ goal: z.literal('lost-kubeconfig'), certificates: chosenIds }),
  z.strictObject({
    goal: z.literal('node'),
    nodes: z.array(z.strictObject({ clusterId, name })).max(MOST_ITEMS),
    withNames: z.boolean(),
  }),
  z.strictObject({ goal: z.literal('group'), groups: z.array(name).max(MOST_ITEMS) }),
  z.strictObject({ goal: z.literal('serial'), serials: z.array(name).max(MOST_ITEMS), certificates: chosenIds }),
]);
const page = { offset: index, limit: z.int().min(1).max(MOST_PAGE) };
const understood = { documentId, text: manifestText, understood: name.exactOptional() };

const pastedTexts = z.array(z.string().max(MOST_TEXT)).max(MOST_NAMES);
const clusterVersions = z
  .array(z.strictObject({ cluster: name, version: name.refine((text) => kubernetesVersion(text) !== undefined) }))
  .max(MOST_ITEMS);
const updateAnswers = z.strictObject({
  texts: pastedTexts,
  typed: z.strictObject({
    host: name.refine((text) => aksHciVersion(text) !== undefined).exactOptional(),
    clusters: z
      .array(
        z.strictObject({
          cluster: name,
          version: name.refine((text) => kubernetesVersion(text) !== undefined).exactOptional(),
        }),
      )
      .max(MOST_ITEMS),
  }),
  parts: z.enum(UPDATE_PARTS),
  clusters: z.array(name).max(MOST_ITEMS),
  deployment: clusterId.exactOptional(),
  versions: clusterVersions,
  onlySystem: z.boolean(),
});

const repairAnswers = z.strictObject({
  texts: pastedTexts,
  answers: z.strictObject({
    offHours: z.number().min(0).nullable().exactOptional(),
    daysSinceUpdate: z.number().min(0).nullable().exactOptional(),
    build: name.refine((text) => buildOf(text) !== undefined).exactOptional(),
    sameUser: z.boolean().exactOptional(),
    found: z.partialRecord(z.enum(TRIAGE_IDS), z.enum(['works', 'fails'])).exactOptional(),
  }),
  clusters: z.array(name).max(MOST_ITEMS),
  deployment: clusterId.exactOptional(),
  failures: z
    .array(z.templateLiteral(['F', z.string()]).refine((id) => failureOf(id) !== undefined))
    .max(FAILURES.length),
});

const runId = z.custom<RunId>((value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value));
/** A value of a command is one line. */
const runValue = z.string().max(MOST_NAME);
const runValues = z.array(z.strictObject({ name, value: runValue })).max(MOST_NAMES);
const runRequest = z.strictObject({
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('repair'), answers: repairAnswers }),
    z.strictObject({ kind: z.literal('update'), answers: updateAnswers }),
  ]),
  stepIds: z.array(name).max(MOST_ITEMS),
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['sample', 'local']) }),
    z.strictObject({ kind: z.literal('host'), name }),
  ]),
  values: runValues,
});
const runAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['run', 'done', 'retry', 'stop']) }),
  z.strictObject({ kind: z.literal('skip'), reason: name, isCase: z.boolean().exactOptional() }),
  z.strictObject({ kind: z.literal('fill'), values: runValues }),
]);

const nothing = z.undefined();

type ArgumentSchemas = { [F in keyof ConsoleApi]: Record<keyof ConsoleApi[F], z.ZodType> };

/** The shape that the argument of each method must have; checked by main before the method runs. */
const ARGUMENTS = {
  inventory: {
    overview: nothing,
    rows: z.strictObject({ clusterIds: z.array(clusterId).max(MOST_ITEMS) }),
    details: z.strictObject({ clusterId, credentialId }),
    places: nothing,
    importFiles: z.strictObject({ tickets: z.array(fileTicket).min(1).max(MOST_ITEMS) }),
    forget: z.strictObject({ clusterId }),
    restore: z.strictObject({ clusterId }),
    liftRevocation: z.strictObject({ clusterId, name, namespace: name, lifted: z.boolean() }),
  },
  expiry: {
    forecast: z.strictObject({
      horizonDays: z.int().min(1).max(LONGEST_HORIZON_DAYS),
      scenario: z.strictObject({
        updateOnMs: moment.exactOptional(),
        off: z
          .strictObject({ ...span, clusterId: clusterId.exactOptional() })
          .refine(isInOrder)
          .exactOptional(),
        absent: z.strictObject(span).refine(isInOrder).exactOptional(),
        missesUpdate: z.literal(true).exactOptional(),
      }),
    }),
    watch: nothing,
    saveChannel: z.strictObject({
      channelId: channelId.exactOptional(),
      name,
      enabled: z.boolean(),
      settings: channelSettings,
    }),
    removeChannel: z.strictObject({ channelId }),
    testChannel: z.strictObject({ channelId }),
    checkNow: nothing,
    mark: z.strictObject({ clusterId, credentialId, kind: z.enum(MARK_KINDS), reason: name, until: instant }),
    unmark: z.strictObject({ credentialId }),
    plan: nothing,
    exportPlan: z.strictObject({
      format: z.enum(PLAN_FORMATS),
      deployment: clusterId.exactOptional(),
      account: name.exactOptional(),
      target: fileTicket,
    }),
  },
  export: {
    board: z.strictObject({
      format: z.enum(EXPORT_FORMATS),
      filter: SETTING_SCHEMAS.filter,
      sort: SETTING_SCHEMAS.sort,
      target: fileTicket,
    }),
    report: z.strictObject({ target: fileTicket }),
    print: nothing,
  },
  authority: {
    list: nothing,
    tree: z.strictObject({ authorityId }),
    entry: z.strictObject(entry),
    create: z.strictObject({
      name,
      kind: z.enum(AUTHORITY_KINDS),
      passphrase,
      keyAlgorithm: z.enum(KEY_ALGORITHMS).exactOptional(),
      cloudAgentFqdn: name.exactOptional(),
    }),
    remove: z.strictObject({ authorityId }),
    unlock: z.strictObject({ authorityId, passphrase, remember: z.boolean() }),
    lock: z.strictObject({ authorityId, forget: z.boolean() }),
    changePassphrase: z.strictObject({ authorityId, current: passphrase, next: passphrase }),
    issue: z.strictObject({
      authorityId,
      profile,
      values: z.record(z.string().regex(/^[a-z-]{1,40}$/), names),
      validityMs: z.int().min(1).max(LONGEST_VALIDITY_MS).exactOptional(),
      keyAlgorithm: z.enum(KEY_ALGORITHMS).exactOptional(),
      dns: names,
      ip: names,
    }),
    signRequest: z.strictObject({ authorityId, profile, source: fileTicket }),
    renew: z.strictObject(entry),
    revoke: z.strictObject({ ...entry, reason: z.enum(REVOCATION_REASONS), invalidityDate: instant.exactOptional() }),
    rotateCa: z.strictObject({ authorityId }),
    verify: z.strictObject({
      ...entry,
      at: instant,
      purpose: z.enum(['server', 'client', 'any']),
      name: name.exactOptional(),
    }),
    export: z.strictObject({
      ...entry,
      format: z.enum(CERTIFICATE_EXPORT_FORMATS),
      withKey: z.boolean(),
      encryption: z.enum(PFX_ENCRYPTIONS).exactOptional(),
      passphrase: passphrase.exactOptional(),
      server: name.exactOptional(),
      target: fileTicket,
    }),
    exportCrl: z.strictObject({ authorityId, caId: credentialId, format: z.enum(['pem', 'der']), target: fileTicket }),
    createIdentity: z.strictObject({ authorityId, name, clientType: z.enum(CLIENT_TYPES), target: fileTicket }),
    rotateIdentity: z.strictObject({ ...identity, target: fileTicket }),
    revokeIdentity: z.strictObject(identity),
    reinstateIdentity: z.strictObject({ ...identity, target: fileTicket }),
    openSample: nothing,
    removeSample: nothing,
  },
  revocation: {
    list: nothing,
    create: z.strictObject({ goal: z.enum(REVOCATION_GOALS).exactOptional(), text: manifestText.exactOptional() }),
    copyRead: z.strictObject({ clusterId: clusterId.exactOptional(), name, namespace: name }),
    openFile: z.strictObject({ source: fileTicket }),
    open: z.strictObject({ documentId }),
    keep: z.strictObject({
      documentId,
      text: manifestText,
      objectIndex: index,
      step: z.enum(REVOCATION_STEPS),
      goal: z.enum(REVOCATION_GOALS).exactOptional(),
      kubeconfig: name.exactOptional(),
    }),
    reload: z.strictObject({ documentId }),
    readFile: z.strictObject({ documentId }),
    discard: z.strictObject({ documentId }),
    restore: z.strictObject({ documentId }),
    judge: z.strictObject({
      text: manifestText,
      documentId: documentId.exactOptional(),
      kubeconfig: name.exactOptional(),
    }),
    edit: z.strictObject({ text: manifestText, objectIndex: index, change: draftChange }),
    matches: z.strictObject({
      text: manifestText,
      objectIndex: index.exactOptional(),
      entryIndex: index.exactOptional(),
      list: z.enum(MATCH_LISTS),
      clusterId: clusterId.exactOptional(),
      query: name.exactOptional(),
      kubeconfig: name.exactOptional(),
      ...page,
    }),
    foresee: z.strictObject({ text: manifestText }),
    performDryRun: z.strictObject({
      text: manifestText,
      clusterId,
      hours: z.int().min(1).max(DRY_RUN_HOURS.most),
      withoutRepair: z.boolean(),
    }),
    candidates: z.strictObject({
      goal: z.enum(REVOCATION_GOALS),
      query: name,
      kubeconfig: name.exactOptional(),
      ...page,
    }),
    readSerials: z.strictObject({ text: manifestText }),
    propose: z.strictObject({ choice: revocationChoice, kubeconfig: name.exactOptional() }),
    save: z.strictObject({
      ...understood,
      target: fileTicket.exactOptional(),
      overwrite: z.literal(true).exactOptional(),
    }),
    copy: z.strictObject(understood),
    exportBundle: z.strictObject({ ...understood, target: fileTicket }),
    send: z.strictObject({ ...understood, clusterId }),
  },
  update: {
    read: z.strictObject({ texts: pastedTexts }),
    plan: updateAnswers,
    exportPlan: z.strictObject({ answers: updateAnswers, format: z.enum(PLAN_FILE_FORMATS), target: fileTicket }),
    exportWindow: z.strictObject({ answers: updateAnswers, target: fileTicket }),
  },
  repair: {
    readEvidence: z.strictObject({ source: fileTicket }),
    diagnose: repairAnswers,
    plan: repairAnswers,
    exportPlan: z.strictObject({ answers: repairAnswers, format: z.enum(PLAN_FILE_FORMATS), target: fileTicket }),
  },
  runs: {
    list: nothing,
    read: z.strictObject({ id: runId }),
    start: runRequest,
    resume: z.strictObject({ id: runId }),
    answer: z.strictObject({ id: runId, stepId: name, answer: runAnswer }),
    cancel: z.strictObject({ id: runId }),
    exportEvidence: z.strictObject({ id: runId, target: fileTicket }),
  },
  audit: {
    list: z.strictObject({
      before: z.int().min(1).exactOptional(),
      limit: page.limit,
      query: name.exactOptional(),
      action: name.exactOptional(),
    }),
    verify: nothing,
    export: z.strictObject({ format: z.enum(['json', 'csv']), target: fileTicket }),
  },
  settings: { read: nothing, change: z.strictObject(SETTING_SCHEMAS).partial() },
  application: {
    about: nothing,
    chooseSources: z.strictObject({ kind: z.enum(SOURCE_KINDS) }),
    chooseTarget: z.strictObject({
      suggestedName: z
        .string()
        .min(1)
        .max(200)
        .regex(/^[^\\/:*?"<>|]+$/),
      format: z.enum(TARGET_FORMATS),
    }),
    copy: z.strictObject({ text: z.string().max(MOST_TEXT) }),
  },
} satisfies ArgumentSchemas;

/** The first thing wrong with an argument, as `field: reason`; `undefined` when it fits. */
export function argumentFault<F extends keyof ConsoleApi>(
  feature: F,
  method: keyof ConsoleApi[F],
  argument: unknown,
): string | undefined {
  const schemas: Record<string, z.ZodType> = ARGUMENTS[feature];
  const checked = schemas[String(method)]?.safeParse(argument);
  if (checked === undefined) return `${feature}.${String(method)}: unknown method`;
  if (checked.success) return undefined;
  const issue = checked.error.issues[0];
  return issue === undefined ? 'unknown' : `${issue.path.join('.') || 'argument'}: ${issue.message}`;
}
