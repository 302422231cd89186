import type { Citation, Statement } from '../../shared/citation.ts';
import { commandText, openValues, type Plan, type PlanCommand, type PlanStep } from '../model/plan.ts';
import { planSentence } from '../text/plan-text.ts';
import { isMessageKey, translator } from '../../shared/text/text.ts';

/*
 * Plans in `--json`, whatever their purpose; documented in `docs/cli.md`. Sentences are English, as everywhere for
 * programs.
 */

const ENGLISH = { language: 'en', translate: translator('en'), zone: 'utc' } as const;

/** The whole plan. */
export function toPlanDocument(plan: Plan): object {
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

function planStepRecord(step: PlanStep): object {
  const { command, only, precondition, expected, check, undo, takes, instead } = step;
  return {
    id: step.id,
    title: planSentence(step.title, ENGLISH),
    target: step.target,
    cluster: step.cluster ?? null,
    command: command === undefined ? null : commandRecord(command),
    why: statementRecord(step.why),
    only: (only ?? []).map(statementRecord),
    precondition: precondition === undefined ? null : statementRecord(precondition),
    expected: expected === undefined ? null : statementRecord(expected),
    check:
      check === undefined ? null : { command: commandRecord(check.command), expected: statementRecord(check.expected) },
    undo:
      undo === undefined
        ? null
        : {
            command: undo.command === undefined ? null : commandRecord(undo.command),
            ...statementRecord(undo.statement),
          },
    risk: step.risk,
    needsApiServer: step.needsApiServer,
    takes:
      takes === undefined
        ? null
        : {
            usualMinutes: takes.usualMs / 60_000,
            longestMinutes: takes.longestMs / 60_000,
            citations: takes.citations.map(citationRecord),
          },
    because: step.because,
    instead:
      instead === undefined
        ? null
        : { ...statementRecord(instead.statement), steps: instead.steps.map(planStepRecord) },
  };
}

/** `text` is what one would type; the rest keeps values separate from words. */
export function commandRecord(command: PlanCommand): object {
  return { text: commandText(command), ...command };
}

export function statementRecord(statement: Statement): { message: string; citations: object[] } {
  return { message: planSentence(statement, ENGLISH), citations: statement.citations.map(citationRecord) };
}

/** A source with its texts in English, as everywhere in JSON. */
export function citationRecord({ certainty, work, place }: Citation): object {
  const words = (text: string): string => (isMessageKey(text) ? ENGLISH.translate(text) : text);
  return { certainty, work: words(work), place: place === undefined ? null : words(place) };
}
