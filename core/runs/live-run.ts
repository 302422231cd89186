import type { RunRecord, StepRecord } from './model/run.ts';
import type { RunAnswer, RunQuestion, RunView } from './model/view.ts';
import { givenValues } from '../plan/model/value.ts';
import { ConsoleError } from '../shared/problem.ts';
import { Cancelling } from '../shared/stepwise/cancelling.ts';
import type { Clock } from '../shared/ports.ts';
import { runPlan, type FailureAnswer, type RunEvents, type StepAnswer, type StepQuestion } from './runner.ts';
import type { StepRunner } from './target.ts';

/** Characters of the running command's output that a view carries. */
const LIVE_CHARACTERS = 64 * 1024;

interface Waiting {
  question: RunQuestion;
  take: (answer: StepAnswer | FailureAnswer) => void;
}

export interface LiveRunContext {
  run: RunRecord;
  target: StepRunner;
  clock: Clock;
  keep: (run: RunRecord) => Promise<unknown>;
  /** Result of an attempt at a step. */
  settled: (run: RunRecord, step: StepRecord) => Promise<void>;
  /** Something in the view changed. */
  changed: (view: RunView) => void;
  printed: (stepId: string, text: string) => void;
}

/** One run under way: what it waits for, what it prints, and how it is ended. */
export class LiveRun {
  readonly #context: LiveRunContext;
  readonly #cancelling = new Cancelling();
  readonly #programs: RunView['programs'];
  #run: RunRecord;
  #waiting: Waiting | undefined;
  #live: { stepId: string; text: string } | undefined;

  constructor(context: LiveRunContext) {
    this.#context = context;
    this.#run = context.run;
    this.#programs = context.target.programs?.(context.run.plan.steps);
  }

  get view(): RunView {
    return {
      run: this.#run,
      isLive: true,
      ...(this.#programs !== undefined && { programs: this.#programs }),
      ...(this.#waiting !== undefined && { question: this.#waiting.question }),
      live: this.#live,
    };
  }

  /** Whether a command is running now. */
  get isWorking(): boolean {
    return this.#waiting === undefined;
  }

  /** Runs to the end of the plan, to a failure, or until somebody stops it. */
  async go(): Promise<RunRecord> {
    const { target, clock, keep } = this.#context;
    this.#run = await runPlan({
      run: this.#run,
      target,
      clock,
      events: this.#events(),
      keep: async (run) => {
        await keep(run);
        this.#run = run;
      },
      signal: this.#cancelling,
    });
    this.#live = undefined;
    return this.#run;
  }

  /** `run.not-asked`, `argument.invalid`. */
  answer(stepId: string, answer: RunAnswer): void {
    const waiting = this.#waiting;
    const given = waiting === undefined ? undefined : answerTo(waiting.question, answer);
    if (waiting?.question.stepId !== stepId || given === undefined) throw new ConsoleError('run.not-asked', {});
    this.#waiting = undefined;
    waiting.take(given);
  }

  /** The running command is ended; a pending question is answered by ending the run. */
  cancel(): void {
    this.#cancelling.abort();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.take({ kind: 'stop' });
  }

  #events(): RunEvents {
    return {
      confirm: (asked) => this.#ask<StepAnswer>('confirm', asked),
      failed: (asked) => this.#ask<FailureAnswer>(asked.record.state === 'wrote-errors' ? 'errors' : 'failed', asked),
      changed: (run, step) => {
        this.#run = run;
        this.#live = step.state === 'running' ? { stepId: step.id, text: '' } : undefined;
        this.#tell();
      },
      settled: this.#context.settled,
      output: ({ id: stepId }, text) => {
        const before = this.#live?.stepId === stepId ? this.#live.text : '';
        this.#live = { stepId, text: (before + text).slice(-LIVE_CHARACTERS) };
        this.#context.printed(stepId, text);
      },
    };
  }

  #ask<A extends StepAnswer | FailureAnswer>(kind: RunQuestion['kind'], { step, byHand }: StepQuestion): Promise<A> {
    if (this.#cancelling.aborted) return Promise.resolve({ kind: 'stop' } as A);
    return new Promise((resolve) => {
      const question: RunQuestion = { stepId: step.id, kind, byHand };
      this.#live = undefined;
      this.#waiting = { question, take: (answer) => resolve(answer as A) };
      this.#tell();
    });
  }

  #tell(): void {
    this.#context.changed(this.view);
  }
}

/** `undefined` when the answer does not fit the question. */
function answerTo({ kind, byHand }: RunQuestion, answer: RunAnswer): StepAnswer | FailureAnswer | undefined {
  switch (answer.kind) {
    case 'stop':
      return answer;
    case 'skip':
      return answer.reason.trim() === '' ? undefined : answer;
    case 'run':
      return kind === 'confirm' && !byHand ? answer : undefined;
    case 'fill': {
      const values = givenValues(answer.values);
      return kind === 'confirm' && values.size > 0 ? { kind: 'fill', values } : undefined;
    }
    case 'done':
      return kind === 'failed' ? undefined : answer;
    case 'retry':
      return kind === 'confirm' ? undefined : answer;
  }
}
