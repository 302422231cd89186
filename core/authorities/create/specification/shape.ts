import type { z } from 'zod';
import type { Finding, Place } from '../../../shared/finding.ts';
import { PROFILE_IDS } from '../../../pki/model/profile.ts';
import { readsAsOtherType } from '../../../formats/yaml/yaml.ts';
import { nearestName } from '../../../knowledge/model/edit-distance.ts';
import { SPEC_FIELDS, SPEC_PROFILES, specDocument, type SpecDocument } from './schema.ts';
import { specFinding, type SpecRule } from './rules.ts';
import { isEmpty, type SpecPath, type SpecSource } from './source.ts';

type Issue = z.core.$ZodIssue;

type ListField = 'authorities' | 'certificates' | 'kubeconfigs';

/** A malformed entry leaves a gap in its list. */
export type SoundDocument = Partial<Omit<SpecDocument, ListField>> & {
  [F in ListField]?: readonly (NonNullable<SpecDocument[F]>[number] | undefined)[];
};

export interface ShapedSpec {
  document: SoundDocument;
  findings: Finding[];
  /** Outermost fields that contain a fault. */
  broken: ReadonlySet<string>;
}

/** Keeps every well-formed part (a list entry, or any other field as a whole), so that one run reports all problems. */
export function checkShape(source: SpecSource): ShapedSpec {
  const value = source.value() as Record<string, unknown>;
  const parsed = specDocument.safeParse(value);
  if (parsed.success) return { document: parsed.data, findings: [], broken: new Set<string>() };
  const issues = parsed.error.issues.flatMap((issue) => unionless(issue, source, []));
  const broken = new Set(issues.flatMap(({ path }) => (path.length > 0 ? [String(path[0])] : [])));
  const findings = issues.flatMap((issue) => listFindings(issue, source, SPEC_FIELDS));
  return { document: soundPart(value, issues), findings, broken };
}

type FieldNames = Readonly<Record<string, readonly string[]>>;

/** Reports everything that another format of ours refuses. `fields`: its names, by the first part of their path. */
export function findShapeFaults(issues: readonly Issue[], source: SpecSource, fields: FieldNames): Finding[] {
  return issues.flatMap((issue) => listFindings({ issue, path: issue.path }, source, fields));
}

interface PlacedIssue {
  issue: Issue;
  path: SpecPath;
}

/** Keeps only the issues about the form that the entry uses: a profile name or a mapping. */
function unionless(issue: Issue, source: SpecSource, above: SpecPath): PlacedIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const [short, long] = issue.errors;
  const chosen = (source.nodeAt(path)?.kind === 'map' ? long : short) ?? [];
  return chosen.flatMap((each) => unionless(each, source, path));
}

function soundPart(value: Record<string, unknown>, issues: readonly PlacedIssue[]): SoundDocument {
  const sound = Object.entries(value).flatMap(([field, content]) => {
    if (!Object.hasOwn(specDocument.shape, field)) return [];
    const inside = issues.filter(({ path }) => path[0] === field);
    if (inside.length === 0) return [[field, content] as const];
    if (!Array.isArray(content) || inside.some(({ path }) => path.length === 1)) return [];
    const wrong = new Set(inside.map(({ path }) => path[1]));
    const entries = content.map((entry: unknown, index) => (wrong.has(index) ? undefined : entry));
    return [[field, entries] as const];
  });
  return Object.fromEntries(sound);
}

function listFindings({ issue, path }: PlacedIssue, source: SpecSource, fields: FieldNames): Finding[] {
  const field = String(path.findLast((step) => typeof step === 'string') ?? '');
  const node = source.nodeAt(path);
  const place = source.findPlace(path);
  const find = (rule: SpecRule, params?: Record<string, string | number>): Finding[] => [
    specFinding(rule, place, { field, ...params }),
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key, index) => unknownField(key, index, { path, source, fields }));
    case 'invalid_type': {
      const { expected } = issue;
      if (node === undefined || isEmpty(node)) return find('spec.missing-field');
      const isAmbiguous = node.kind === 'text' && readsAsOtherType(node);
      return expected === 'string' && isAmbiguous ? find('spec.not-text') : find('spec.wrong-type', { expected });
    }
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      if (node === undefined || isEmpty(node)) return find('spec.missing-field');
      if (node.kind !== 'text') return find('spec.wrong-type', { expected: 'string' });
      // Findings never quote a value: a secret may be in the wrong field.
      const nearest = nearestName(node.text, allowed) ?? 'none';
      return (
        (field === 'issuer' ? undefined : findMisplacedProfile(node.text, allowed, place)) ??
        find('spec.unknown-value', { nearest, allowed: allowed.join(', ') })
      );
    }
    case 'invalid_format':
    case 'custom':
      return find('spec.invalid-value', { expected: issue.message });
    case 'too_small':
      return find('spec.too-few', { limit: Number(issue.minimum) });
    case 'too_big':
      return find('spec.too-many', { limit: Number(issue.maximum) });
    default:
      throw new Error(`the schema has no such check: ${issue.code}`);
  }
}

/** Later unknown fields are not looked up, because their findings are not shown. */
const LOOKED_AT = 50;
const LONGEST_SHOWN = 40;

function unknownField(
  key: string,
  index: number,
  { path, source, fields }: { path: SpecPath; source: SpecSource; fields: FieldNames },
): Finding {
  const field = key.length > LONGEST_SHOWN ? `${key.slice(0, LONGEST_SHOWN)}…` : key;
  const whole = [...path, key];
  if (index >= LOOKED_AT) return specFinding('spec.unknown-field', source.findPlace(whole), { field, nearest: 'none' });
  const nearest = nearestName(key, fields[String(path[0] ?? '')] ?? []) ?? 'none';
  return specFinding('spec.unknown-field', source.placeOfKey(whole), { field, nearest });
}

function findMisplacedProfile(text: string, allowed: readonly string[], place: Place): Finding[] | undefined {
  const profile = PROFILE_IDS.find((id) => id === text);
  if (profile === undefined || !allowed.some((each) => PROFILE_IDS.some((id) => id === each))) return undefined;
  const list = Object.entries(SPEC_PROFILES).find(([, ids]) => ids.some((id) => id === profile))?.[0];
  const rule = list === undefined ? 'spec.kubelet' : 'spec.wrong-list';
  return [specFinding(rule, place, list === undefined ? { profile } : { profile, list })];
}
