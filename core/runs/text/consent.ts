import { commandText } from '../../plan/model/plan.ts';
import { planClusters, stepTitle, type PlanWording } from '../../plan/text/plan-text.ts';
import type { Confirmation } from '../../shared/ports.ts';
import { terminalLine } from '../../shared/terminal-text.ts';
import type { RunConsent } from '../model/consent.ts';

/** Returns the question for a system dialog, with everything that the person agrees to, unabridged. */
export function consentQuestion(consent: RunConsent, wording: PlanWording): Confirmation {
  const { translate } = wording;
  const { kind, plan, target } = consent;
  const where = target === 'local' ? translate('run.target.local') : target;
  const line = (name: 'plan' | 'target' | 'steps' | 'step-title' | 'cluster' | 'command', value: string): string =>
    translate(`run.consent.${name}`, { value: terminalLine(value) });
  const common = [
    line('plan', translate(`run.title.${plan.kind}`, { clusters: planClusters(plan, wording) })),
    line('target', where),
  ];
  const dangerous = plan.steps.filter(({ risk }) => risk === 'dangerous').length;
  const former = consent.isFormerCopy === true ? [translate('run.consent.former-copy')] : [];
  const lines =
    kind === 'step'
      ? [...common, ...stepLines()]
      : [
          ...[...common, line('steps', String(plan.steps.length)), '', ...former],
          translate('run.consent.lead', { dangerous }),
        ];
  return {
    message: translate(`run.consent.${kind}`, { target: terminalLine(where) }),
    detail: lines.join('\n'),
    yes: translate(`run.consent.${kind}.yes`),
    no: translate('action.cancel'),
  };

  function stepLines(): string[] {
    if (consent.kind !== 'step') return [];
    const { cluster, command, ...step } = consent.step;
    return [
      ...(cluster === undefined ? [] : [line('cluster', cluster)]),
      line('step-title', stepTitle(step, wording)),
      ...(command === undefined ? [] : [line('command', ''), ...commandText(command).split('\n').map(terminalLine)]),
      '',
      translate('run.risk.dangerous'),
    ];
  }
}
