import type { Finding } from '../../shared/finding.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Ports } from '../../shared/ports.ts';
import type { CreationPlan } from '../create/creation-plan.ts';
import { planCreation } from '../create/plan.ts';
import { readCreationSpec } from '../create/specification/specification.ts';

/** More than a specification may have, so that a longer one gets a finding of its own. */
const MAX_BYTES = 16 * 1024 * 1024;

export interface PlannedCreation {
  plan?: CreationPlan;
  /** About the specification, then about the plan. */
  findings: Finding[];
}

export async function planFromFile(
  ports: Pick<Ports, 'clock' | 'crypto' | 'files' | 'keys'>,
  { spec, folder }: { spec: string; folder: string },
): Promise<PlannedCreation> {
  const text = decodeText(await ports.files.read(spec, MAX_BYTES))?.text ?? '';
  const reading = readCreationSpec(text, spec);
  if (reading.spec === undefined) return { findings: reading.findings };
  const plan = await planCreation(ports, reading.spec, folder);
  return { plan, findings: [...reading.findings, ...plan.findings] };
}
