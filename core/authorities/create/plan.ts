import type { Finding } from '../../shared/finding.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { CreationPlan } from './creation-plan.ts';
import type { CreationSpec } from './creation-spec.ts';
import type { CreatePorts } from './found-files.ts';
import { planFindings } from './plan-findings.ts';
import { listSteps, inspectExisting } from './inspect-existing.ts';
import { readCreationSpec } from './specification/specification.ts';

/** More than a specification may have, so that a longer one gets a finding of its own. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Without a plan when the specification has an error. Findings about it come first, then those about the plan. */
export async function planFromFile(
  ports: CreatePorts,
  { spec: path, folder }: { spec: string; folder: string },
): Promise<{ plan?: CreationPlan; findings: Finding[] }> {
  const text = decodeText(await ports.files.read(path, MAX_BYTES))?.text ?? '';
  const { spec, findings } = readCreationSpec(text, path);
  if (spec === undefined) return { findings };
  const plan = await planCreation(ports, spec, folder);
  return { plan, findings: [...findings, ...plan.findings] };
}

/** Decides for each item of the specification whether it is kept, made or remade in `folder`, and why. Writes nothing. */
export async function planCreation(ports: CreatePorts, spec: CreationSpec, folder: string): Promise<CreationPlan> {
  const survey = await inspectExisting(ports, spec, folder);
  const findings = planFindings(survey, ports.clock.now());
  return { spec, folder, steps: listSteps(survey), findings };
}
