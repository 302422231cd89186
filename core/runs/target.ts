import type { PlanCommand, PlanStep } from '../plan/model/plan.ts';
import type { CommandResult } from './model/run.ts';
import type { ProgramPlace } from './model/view.ts';
import type { CancelSignal } from '../shared/ports.ts';

/** `at`: the machine on which the command runs. */
export interface TargetCommand {
  command: PlanCommand;
  at: PlanStep['target'];
  /** The cluster concerned, which is not always part of the command. */
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
  /** Prepares the target for these steps. Throws `file.not-writable`. */
  prepare?(steps: readonly PlanStep[]): Promise<void>;
  /**
   * Runs a command to its end, whatever the result. Throws `program.not-found` or `program.not-started` if the command
   * did not begin.
   */
  run(command: TargetCommand, running: RunningCommand): Promise<CommandResult>;
}
