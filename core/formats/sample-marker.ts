import { parseInstant, type Instant } from '../shared/instant.ts';
import { parseJson } from './text/json-object.ts';

/** Marks a sample fleet and lists its files: files added later do not belong to the sample. */

export const SAMPLE_MARKER = 'arcwarden-sample.json';

interface SampleMarker {
  createdAt: Instant;
  /** Relative to the marker's folder, with `/` as the separator. */
  files: readonly string[];
  /** Whether programs change the files, as those of a lab, so that they are worth reading again. */
  isLive?: boolean;
}

const KIND = 'arcwarden-sample';
const VERSION = 1;

export function writeSampleMarker({ createdAt, files, isLive }: SampleMarker): string {
  const marker = { kind: KIND, version: VERSION, createdAt, ...(isLive && { live: true }), files };
  return `${JSON.stringify(marker, undefined, 2)}\n`;
}

/**
 * Reads a marker, ignoring names that lead out of the folder; `undefined` if the text is not a marker. Never throws.
 */
export function readSampleMarker(text: string): SampleMarker | undefined {
  const content = parseJson(text);
  if (typeof content !== 'object' || content === null) return undefined;
  const { kind, version, createdAt, files, live } = content as Record<string, unknown>;
  if (kind !== KIND || typeof version !== 'number' || version < VERSION) return undefined;
  const moment = typeof createdAt === 'string' ? parseInstant(createdAt) : undefined;
  if (moment === undefined || !Array.isArray(files)) return undefined;
  return { createdAt: moment, files: files.filter(isInside), ...(live === true && { isLive: true }) };
}

function isInside(name: unknown): name is string {
  if (typeof name !== 'string' || name.includes('\\')) return false;
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
