import { findingRecord, type FindingRecord } from '../export/records.ts';
import type { PlacedFinding } from '../lint-text.ts';

export function placedRecord(finding: PlacedFinding): FindingRecord {
  return findingRecord({ ...finding, ...finding.place });
}
