import type { Finding } from '../../shared/finding.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Ports } from '../../shared/ports.ts';
import type { CreationPlan } from '../create/creation-plan.ts';
import { planCreation } from '../create/plan.ts';
import { readCreationSpec } from '../create/specification/specification.ts';

/** More than a specification may have, so that one that is too long gets a finding of its own. */
const MAX_BYTES = 16 * 1024 * 1024;

export interface PlannedCreation {
  /** Absent when the specification has an error. */
  plan?: CreationPlan;
  /** What is wrong with the specification, then what to know about the plan. */
  findings: Finding[];
}

/**
 * What creating the specification in the file `spec` would do in `folder`. Problems as for `planCreation`, and
 * `file.not-found`, `file.not-readable`, `file.too-large`.
 */
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
