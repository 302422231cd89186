import type { PlanCommand, PlanStep } from '../plan/model/plan.ts';
import type { CommandResult } from './model/run.ts';
import type { ProgramPlace } from './model/view.ts';
import type { CancelSignal } from '../shared/ports.ts';

/** The place of the step shows a target how to reach the machine. */
export interface TargetCommand {
  command: PlanCommand;
  at: PlanStep['target'];
  /** The cluster concerned, which the command alone does not always show. */
  cluster?: string;
}

export interface RunningCommand {
  timeoutMs: number;
  signal?: CancelSignal;
  onOutput: (text: string) => void;
}

export interface StepRunner {
  canRun(step: PlanStep): boolean;
  programs?(steps: readonly PlanStep[]): readonly ProgramPlace[];
  /** Prepares for these steps before the first one runs. `file.not-writable`. */
  prepare?(steps: readonly PlanStep[]): Promise<void>;
  /** Runs a command to its end, whatever the result. `program.not-found`, `program.not-started` if nothing began. */
  run(command: TargetCommand, running: RunningCommand): Promise<CommandResult>;
  /** Repeats a step of an earlier part of the run, if the target does not remember it. */
  replay?(command: TargetCommand): void;
}
