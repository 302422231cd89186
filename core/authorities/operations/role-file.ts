import { z } from 'zod';
import { ANY_PROVIDERS, GRANT_OPERATIONS, type Grant, type Permission } from '../../pki/model/access.ts';
import { findingsIn, type Finding } from '../../shared/finding.ts';
import type { Files } from '../../shared/ports.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import { readYaml } from '../../formats/yaml/yaml.ts';
import { specFinding } from '../create/specification/rules.ts';
import { findShapeFaults } from '../create/specification/shape.ts';
import { SpecSource } from '../create/specification/source.ts';

const MAX_BYTES = 256 * 1024;

/** By type of resource. */
const grants = z.strictObject(
  Object.fromEntries(ANY_PROVIDERS.map((each) => [each, z.array(z.enum(GRANT_OPERATIONS)).min(1).optional()])),
);
const roleDocument = z.strictObject({ actions: grants, notActions: grants.optional() });

const FIELDS = { '': Object.keys(roleDocument.shape), actions: ANY_PROVIDERS, notActions: ANY_PROVIDERS };

/** Reads the permission of an admin's own role. docs/authorities.md describes the format. */
export async function readRoleFile(
  files: Pick<Files, 'read'>,
  path: string,
): Promise<{ permission?: Permission; findings: Finding[] }> {
  const text = decodeText(await files.read(path, MAX_BYTES))?.text ?? '';
  const reading = readYaml(text);
  if (!reading.ok) return { findings: findingsIn(path, reading.findings) };
  const { root } = reading;
  if (root?.kind !== 'map') {
    const { line, column } = root ?? { line: 1, column: 1 };
    return { findings: [specFinding('spec.not-a-role', { path, line, column })] };
  }
  const source = new SpecSource(root, text, path);
  const parsed = roleDocument.safeParse(source.value());
  if (!parsed.success) return { findings: findShapeFaults(parsed.error.issues, source, FIELDS) };
  const { actions, notActions = {} } = parsed.data;
  return { permission: { actions: listGrants(actions), notActions: listGrants(notActions) }, findings: [] };
}

function listGrants(given: z.infer<typeof grants>): Grant[] {
  return ANY_PROVIDERS.flatMap((provider) => (given[provider] ?? []).map((operation) => ({ operation, provider })));
}
