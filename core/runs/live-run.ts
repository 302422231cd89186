import type { RunRecord } from './model/run.ts';
import type { RunAnswer } from './contract.ts';
import { appendOutput, type LiveOutput, type RunQuestion, type RunView } from './model/view.ts';
import { parseValues } from '../plan/model/value.ts';
import { ConsoleError } from '../shared/problem.ts';
import { Cancelling } from '../shared/stepwise/cancelling.ts';
import type { BegunRun, RunFront } from './run-life.ts';
import type { RunEvents } from './runner.ts';

interface Waiting {
  question: RunQuestion;
  take: (answer: RunAnswer) => void;
}

interface LiveRunListeners {
  changed: (view: RunView) => void;
  printed: (stepId: string, text: string) => void;
}

export class LiveRun implements RunFront {
  readonly #listeners: LiveRunListeners;
  readonly signal = new Cancelling();
  readonly #programs: RunView['programs'];
  #run: RunRecord;
  #waiting: Waiting | undefined;
  #live: LiveOutput | undefined;

  constructor({ run, target }: Pick<BegunRun, 'run' | 'target'>, listeners: LiveRunListeners) {
    this.#listeners = listeners;
    this.#run = run;
    this.#programs = target.programs?.(run.plan.steps);
  }

  get view(): RunView {
    return {
      run: this.#run,
      isLive: true,
      programs: this.#programs,
      question: this.#waiting?.question,
      live: this.#live,
    };
  }

  get isWorking(): boolean {
    return this.#waiting === undefined;
  }

  update(run: RunRecord): void {
    this.#run = run;
  }

  /** Throws `run.not-asked` or `argument.invalid`. */
  answer(stepId: string, answer: RunAnswer): void {
    const waiting = this.#waiting;
    if (waiting?.question.stepId !== stepId || !fits(waiting.question, answer))
      throw new ConsoleError('run.not-asked', {});
    this.#waiting = undefined;
    waiting.take(answer);
  }

  /** Ends the running command, or the run if a question is open. */
  cancel(): void {
    this.signal.abort();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.take({ kind: 'stop' });
  }

  get events(): RunEvents {
    return {
      ask: async ({ kind, byHand, step }) => {
        if (this.signal.aborted) return { kind: 'stop' };
        return new Promise((take) => {
          this.#live = undefined;
          this.#waiting = { question: { kind, byHand, stepId: step.id }, take };
          this.#listeners.changed(this.view);
        });
      },
      changed: (run, step) => {
        this.#run = run;
        this.#live = step.state === 'running' ? { stepId: step.id, text: '' } : undefined;
        this.#listeners.changed(this.view);
      },
      output: ({ id: stepId }, text) => {
        this.#live = appendOutput(this.#live, { stepId, text });
        this.#listeners.printed(stepId, text);
      },
    };
  }
}

function fits({ kind, byHand }: RunQuestion, answer: RunAnswer): boolean {
  switch (answer.kind) {
    case 'stop':
      return true;
    case 'skip':
      return answer.reason.trim() !== '';
    case 'run':
      return kind === 'confirm' && !byHand;
    case 'fill':
      return kind === 'confirm' && parseValues(answer.values).size > 0;
    case 'done':
      return kind !== 'failed';
    case 'retry':
      return kind !== 'confirm';
  }
}
