import {
  REVOCATION_STEPS,
  type RevocationGoal,
  type RevocationJudgement,
  type RevocationStep,
} from '../../core/revocation/model/view.ts';
import { isAcceptable } from '../../core/revocation/model/rule.ts';

export interface WizardStepView {
  step: RevocationStep;
  state: 'current' | 'done' | 'open';
  /** Errors to be fixed in this step, because no confirmation overrides them. */
  errors: number;
  /** Why the step cannot be opened. Text: `revocation.wizard.blocked.<reason>`. */
  blocked?: 'goal' | 'entries' | 'text';
}

interface StepInput {
  step: RevocationStep;
  goal: RevocationGoal | undefined;
  judgement: RevocationJudgement | undefined;
  seen: ReadonlySet<RevocationStep>;
  isSaved: boolean;
}

/**
 * Lists the steps of the wizard. A document from a file or from pasted text has no goal until the admin chooses from
 * the inventory.
 */
export function stepViews(input: StepInput): WizardStepView[] {
  const { step: current, goal, seen } = input;
  const isWithGoal = goal !== undefined || current === 'goal' || current === 'choose';
  const at = REVOCATION_STEPS.indexOf(current);
  return REVOCATION_STEPS.filter((step) => isWithGoal || (step !== 'goal' && step !== 'choose')).map((step) => {
    const blocked = step === current ? undefined : findBlockingReason(step, input);
    const isBehind = seen.has(step) || REVOCATION_STEPS.indexOf(step) < at;
    const isDone = step === 'save' ? input.isSaved : isBehind && blocked === undefined;
    return {
      step,
      state: step === current ? 'current' : isDone ? 'done' : 'open',
      errors: step === 'entries' ? firmErrors(input.judgement) : 0,
      blocked,
    };
  });
}

function findBlockingReason(step: RevocationStep, { goal, judgement }: StepInput): WizardStepView['blocked'] {
  if (step === 'goal' || step === 'entries') return undefined;
  if (step === 'choose') return goal === undefined ? 'goal' : undefined;
  if (judgement === undefined) return undefined;
  if (judgement.objects.some(({ entries }) => entries.length > 0)) return undefined;
  const isOfText = judgement.objects.length === 0 && judgement.findings.some(({ rule }) => rule.startsWith('yaml.'));
  return isOfText ? 'text' : 'entries';
}

export function firmErrors(judgement: RevocationJudgement | undefined): number {
  return judgement?.findings.filter((finding) => !isAcceptable(finding)).length ?? 0;
}
