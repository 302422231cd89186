import type { PlanCommand, PlanStep } from '../plan/model/plan.ts';
import type { CommandResult } from './model/run.ts';
import type { ProgramPlace } from './model/view.ts';
import type { CancelSignal } from '../shared/ports.ts';

/** A command, and the place of its step, so that a target knows how to get there. */
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

/** The target of a run. */
export interface StepRunner {
  /** Whether it can run the command of such a step; otherwise somebody does it by hand. */
  canRun(step: PlanStep): boolean;
  /** The programs of this computer that such steps start, each once. */
  programs?(steps: readonly PlanStep[]): readonly ProgramPlace[];
  /** Makes what such steps need before the first of them runs. `file.not-writable`. */
  prepare?(steps: readonly PlanStep[]): Promise<void>;
  /** Runs to the end, whatever the result. `program.not-found`, `program.not-started` when it could not begin. */
  run(command: TargetCommand, running: RunningCommand): Promise<CommandResult>;
  /** Repeats what a step of an earlier part of the run did, for a target that does not remember it. */
  replay?(command: TargetCommand): void;
}
