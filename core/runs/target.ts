import type { PlanCommand, PlanStep } from '../plan/model/plan.ts';
import type { CommandResult } from './model/run.ts';
import type { ProgramPlace } from './model/view.ts';
import type { CancelSignal } from '../shared/ports.ts';

/** Where a command is run: which of a step's locations, so that a target knows how to get there. */
export interface TargetCommand {
  command: PlanCommand;
  at: PlanStep['target'];
  /** The cluster concerned; the command alone does not always reveal it. */
  cluster?: string;
}

export interface RunningCommand {
  timeoutMs: number;
  signal?: CancelSignal;
  /** The output, as it arrives and with secrets removed. */
  onOutput: (text: string) => void;
}

/** What a plan is run on. */
export interface StepRunner {
  /** As in the record of a run: `sample`, `local`, or the name of a host. */
  describe(): string;
  /** Whether it can run the command of such a step; otherwise somebody does it by hand. */
  canRun(step: PlanStep): boolean;
  /** The programs of this computer that such steps start, each once; absent where it starts none. */
  programs?(steps: readonly PlanStep[]): readonly ProgramPlace[];
  /** Makes what such steps need before the first of them runs. `file.not-writable`. */
  prepare?(steps: readonly PlanStep[]): Promise<void>;
  /** Runs to the end, whatever the result. `program.not-found`, `program.not-started` when it could not begin. */
  run(command: TargetCommand, running: RunningCommand): Promise<CommandResult>;
  /** What a step of an earlier part of the run did, for a target that does not remember it. */
  replay?(command: TargetCommand): void;
}
