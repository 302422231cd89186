import {
  entryRecord,
  findingRecord,
  type EntryFacts,
  type EntryRecord,
  type FindingRecord,
} from '../export/records.ts';
import { matchesOf } from '../impact/impact.ts';
import type { PlacedFinding } from '../lint-text.ts';
import type { Preview } from '../impact/preview.ts';

/** The entries of an object that can be read, in their order, each with all that it names. */
export function entryFacts(
  object: string,
  { impact, positions, future }: Pick<Preview, 'impact' | 'positions' | 'future'>,
): EntryFacts[] {
  return impact.entries.map(({ indexed }, at) => {
    const coming = future.filter(({ entries }) => entries.includes(at));
    const named = matchesOf(indexed);
    return {
      object,
      index: positions[at] ?? at,
      entry: indexed.entry,
      counts: {
        matches: named.matches.length,
        possible: named.possible.length,
        exempt: named.exempt.length,
        future: coming.length,
      },
      listed: { ...named, future: coming },
    };
  });
}

export function entryRecords(object: string, preview: Pick<Preview, 'impact' | 'positions' | 'future'>): EntryRecord[] {
  return entryFacts(object, preview).map(entryRecord);
}

export function placedRecord(finding: PlacedFinding): FindingRecord {
  return findingRecord({ ...finding, ...finding.place });
}
