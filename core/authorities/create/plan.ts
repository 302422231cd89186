import type { CreationPlan } from './creation-plan.ts';
import type { CreationSpec } from './creation-spec.ts';
import type { CreatePorts } from './found-files.ts';
import { planFindings } from './plan-findings.ts';
import { listSteps, inspectExisting } from './inspect-existing.ts';

/**
 * Decides for each item of the specification whether it is kept, made or remade in `folder`, and why. Writes nothing.
 */
export async function planCreation(ports: CreatePorts, spec: CreationSpec, folder: string): Promise<CreationPlan> {
  const survey = await inspectExisting(ports, spec, folder);
  const findings = planFindings(survey, ports.clock.now());
  return { spec, folder, steps: listSteps(survey), findings };
}
