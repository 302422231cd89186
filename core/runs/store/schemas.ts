import { z } from 'zod';
import type { CredentialId } from '../../shared/ids.ts';
import type { Citation, Statement } from '../../shared/citation.ts';
import { IMPACT_IDS } from '../../knowledge/model/credentials/role-row.ts';
import { STEP_RISKS } from '../../knowledge/model/step.ts';
import type { CommandWord, Plan, PlanCommand, PlanStep, StepTarget } from '../../plan/model/plan.ts';
import {
  CHECK_VERDICTS,
  COMMAND_ENDS,
  RUN_STATES,
  STEP_STATES,
  type CommandResult,
  type RunBaseline,
  type RunId,
  type RunOutcome,
  type RunRecord,
  type StepRecord,
} from '../model/run.ts';
import { clusterId, instantField } from '../../shared/contract/schemas.ts';

const ID = /^[0-9a-f]{16}$/u;

export function isRunId(text: string): text is RunId {
  return ID.test(text);
}

const text = z.string();
const count = z.int().min(0);

const credentialIds = z.array(z.custom<CredentialId>((id) => typeof id === 'string'));
const citation: z.ZodType<Citation> = z.object({
  certainty: z.enum(['documented', 'from-code', 'reported', 'inferred']),
  work: text,
  place: text.optional(),
});
const statement: z.ZodType<Statement> = z.object({
  text,
  params: z.record(text, z.union([text, z.number()])).optional(),
  citations: z.array(citation),
});
const word: z.ZodType<CommandWord> = z.union([
  z.object({ literal: text }),
  z.object({ name: text, value: text.optional() }),
]);
const command: z.ZodType<PlanCommand> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('cmdlet'),
    name: text,
    parameters: z.array(z.object({ name: text, value: word.optional() })),
  }),
  z.object({ kind: z.literal('program'), program: text, args: z.array(word), outFile: word.optional() }),
  z.object({ kind: z.literal('script'), script: text, values: z.record(text, word), typed: text.optional() }),
]);
const target: z.ZodType<StepTarget> = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['host', 'every-host', 'workstation']) }),
  z.object({ kind: z.literal('vm'), cluster: text, address: text }),
  z.object({ kind: z.enum(['control-plane', 'every-control-plane', 'every-worker']), cluster: text.optional() }),
]);
const step: z.ZodType<PlanStep> = z.lazy(() =>
  z.object({
    id: text.min(1),
    title: statement,
    target,
    command: command.optional(),
    why: statement,
    only: z.array(statement).optional(),
    precondition: statement.optional(),
    expected: statement.optional(),
    check: z
      .object({
        command,
        expected: statement,
        prints: z.array(text).optional(),
        satisfiedBy: z.array(text).optional(),
        deniedBy: z.array(text).optional(),
      })
      .optional(),
    undo: z.object({ command: command.optional(), statement }).optional(),
    risk: z.enum(STEP_RISKS),
    needsPerson: z.boolean().optional(),
    due: instantField.optional(),
    needsApiServer: z.boolean(),
    takes: z.object({ usualMs: z.number(), longestMs: z.number(), citations: z.array(citation) }).optional(),
    estimateMs: z.number().optional(),
    cluster: text.optional(),
    isSample: z.boolean().optional(),
    because: z.object({ failures: z.array(text), credentials: credentialIds }),
    instead: z.object({ steps: z.array(step), statement }).optional(),
  }),
);
const plan: z.ZodType<Plan> = z.object({
  kind: z.enum(['repair', 'update', 'revocation']),
  madeAt: instantField,
  knownAt: instantField.optional(),
  clusters: z.array(z.object({ id: clusterId.optional(), name: text, isHost: z.boolean() })),
  warnings: z.array(statement),
  steps: z.array(step),
  after: z.array(statement),
});

const result = {
  ended: z.enum(COMMAND_ENDS),
  exitCode: z.int().nullable(),
  tookMs: z.number().min(0),
  output: z.object({ head: text, tail: text, leftOutBytes: count, secrets: count }),
  knownErrors: z.array(z.object({ failure: text, confidence: z.number() })),
  missingProgram: text.optional(),
  startFault: text.optional(),
};
const commandResult: z.ZodType<CommandResult> = z.object(result);
const stepRecord: z.ZodType<StepRecord> = z.object({
  id: text.min(1),
  state: z.enum(STEP_STATES),
  startedAt: instantField.optional(),
  endedAt: instantField.optional(),
  tries: count,
  result: commandResult.optional(),
  check: z.object({ ...result, verdict: z.enum(CHECK_VERDICTS) }).optional(),
  reason: text.optional(),
  notDue: z.literal(true).optional(),
  byHand: z.literal(true).optional(),
  accepted: z.literal(true).optional(),
});

const tally = { expired: count, soon: count };
const baseline: z.ZodType<RunBaseline> = z.object({ id: clusterId, name: text, ...tally, credentials: credentialIds });
const outcome: z.ZodType<RunOutcome> = z.object({
  readAt: instantField,
  clusters: z.array(
    z.object({
      id: clusterId,
      name: text,
      before: z.object(tally),
      after: z.object(tally),
      renewed: credentialIds,
      stillExpired: credentialIds,
      names: z.array(text).optional(),
      stopped: z.array(z.enum(IMPACT_IDS)).optional(),
    }),
  ),
  elsewhere: count.optional(),
});

export const runFile: z.ZodType<RunRecord> = z
  .object({
    id: z.custom<RunId>((id) => typeof id === 'string' && isRunId(id)),
    plan,
    target: text.min(1),
    by: text,
    madeBy: text.optional(),
    state: z.enum(RUN_STATES),
    startedAt: instantField,
    endedAt: instantField.optional(),
    steps: z.array(stepRecord),
    before: z.array(baseline).optional(),
    outcome: outcome.optional(),
  })
  .refine(
    ({ plan: { steps: planned }, steps }) =>
      planned.length === steps.length && steps.every(({ id }, at) => planned[at]?.id === id),
  );
