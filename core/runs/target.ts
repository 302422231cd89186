import type { PlanCommand, PlanStep } from '../plan/model/plan.ts';
import type { CommandResult } from './model/run.ts';
import type { ProgramPlace } from './model/view.ts';
import type { CancelSignal } from '../shared/ports.ts';

/** A command, and the place of its step, which shows a target how to reach it. */
export interface TargetCommand {
  command: PlanCommand;
  at: PlanStep['target'];
  /** The cluster concerned; the command alone does not always reveal it. */
  cluster?: string;
}

export interface RunningCommand {
  timeoutMs: number;
  signal?: CancelSignal;
  /** Receives output as it arrives, with secrets removed. */
  onOutput: (text: string) => void;
}

/** The target of a run. */
export interface StepRunner {
  /** Whether it can run the command of this step; otherwise somebody does the step by hand. */
  canRun(step: PlanStep): boolean;
  /** Lists the programs of this computer that these steps start, each once. */
  programs?(steps: readonly PlanStep[]): readonly ProgramPlace[];
  /** Makes preparations for these steps before the first one runs. `file.not-writable`. */
  prepare?(steps: readonly PlanStep[]): Promise<void>;
  /** Runs to the end, whatever the result. `program.not-found`, `program.not-started` when it could not begin. */
  run(command: TargetCommand, running: RunningCommand): Promise<CommandResult>;
  /** Repeats a step of an earlier part of the run, for a target that does not remember it. */
  replay?(command: TargetCommand): void;
}
