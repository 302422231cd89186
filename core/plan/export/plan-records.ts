import type { Citation, Statement } from '../../shared/citation.ts';
import { commandText, openValues, type Plan, type PlanCommand, type PlanStep } from '../model/plan.ts';
import { planSentence } from '../text/plan-text.ts';
import { MINUTE_MS } from '../../shared/instant.ts';
import { statementText } from '../../shared/text/statement.ts';
import { translator } from '../../shared/text/text.ts';

/*
 * Plans as output by `--json`, documented in `docs/execution.md`. Sentences are in English, like all machine-readable output.
 */

const ENGLISH = { language: 'en', translate: translator('en'), zone: 'utc' } as const;

export function planDocument(plan: Plan): object {
  const { kind, madeAt, knownAt, clusters, warnings, steps, after } = plan;
  return {
    kind,
    madeAt,
    knownAt: knownAt ?? null,
    clusters: clusters.map(({ id, name, isHost }) => ({ id: id ?? null, name, isHost })),
    warnings: warnings.map(statementRecord),
    openValues: openValues(plan),
    steps: steps.map(planStepRecord),
    after: after.map(statementRecord),
  };
}

function orNull<T>(value: T | undefined, record: (value: T) => object): object | null {
  return value === undefined ? null : record(value);
}

function planStepRecord(step: PlanStep): object {
  const { command, only, precondition, expected, check, undo, takes, instead } = step;
  return {
    id: step.id,
    title: planSentence(step.title, ENGLISH),
    target: step.target,
    cluster: step.cluster ?? null,
    command: orNull(command, commandRecord),
    why: statementRecord(step.why),
    only: (only ?? []).map(statementRecord),
    precondition: orNull(precondition, statementRecord),
    expected: orNull(expected, statementRecord),
    check: orNull(check, ({ command: looks, expected: shown }) => ({
      command: commandRecord(looks),
      expected: statementRecord(shown),
    })),
    undo: orNull(undo, (back) => ({
      command: orNull(back.command, commandRecord),
      ...statementRecord(back.statement),
    })),
    risk: step.risk,
    needsApiServer: step.needsApiServer,
    takes: orNull(takes, ({ usualMs, longestMs, citations }) => ({
      usualMinutes: usualMs / MINUTE_MS,
      longestMinutes: longestMs / MINUTE_MS,
      citations: citations.map(citationRecord),
    })),
    because: step.because,
    instead: orNull(instead, ({ statement, steps }) => ({
      ...statementRecord(statement),
      steps: steps.map(planStepRecord),
    })),
  };
}

export function commandRecord(command: PlanCommand): object {
  return { text: commandText(command), ...command };
}

export function statementRecord(statement: Statement): { message: string; citations: object[] } {
  return { message: planSentence(statement, ENGLISH), citations: statement.citations.map(citationRecord) };
}

export function citationRecord({ certainty, work, place }: Citation): object {
  const words = (text: string) => statementText({ text }, ENGLISH.translate);
  return { certainty, work: words(work), place: place === undefined ? null : words(place) };
}
