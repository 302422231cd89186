import type { CreationPlan } from './creation-plan.ts';
import type { CreationSpec } from './creation-spec.ts';
import type { CreatePorts } from './found-files.ts';
import { planFindings } from './plan-findings.ts';
import { listSteps, inspectExisting } from './inspect-existing.ts';

/**
 * What creating the specification in `folder` would do: for each item that it names, whether it is kept, made or
 * remade, and why. It only reads, and writes nothing. Plain data, without secrets. Problems: `file.not-readable` and
 * `file.too-large` for an existing file.
 */
export async function planCreation(ports: CreatePorts, spec: CreationSpec, folder: string): Promise<CreationPlan> {
  const survey = await inspectExisting(ports, spec, folder);
  const findings = planFindings(survey, ports.clock.now());
  return { spec, folder, steps: listSteps(survey), findings };
}
