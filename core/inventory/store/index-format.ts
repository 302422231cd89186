import type { Correction } from '../model/correction.ts';
import type { FileFormat } from '../../store/durable-json-file.ts';
import { SCHEMA_VERSION } from '../../store/migrations.ts';
import { decisionEntry } from '../schemas.ts';
import { correctionFile, indexFile, placementEntry, unplacedEntry, type IndexFile } from './schemas.ts';

export const INDEX_FORMAT: FileFormat<IndexFile> = {
  kind: 'index',
  decode(content) {
    const parsed = indexFile.safeParse(content);
    if (!parsed.success) return undefined;
    const { revocations = [], placements = [], decisions = [], ...index } = parsed.data;
    const readable = revocations.flatMap((raw) => unplacedEntry.safeParse(raw).data ?? []);
    const placed = placements.flatMap((raw) => placementEntry.safeParse(raw).data ?? []);
    const waiting = decisions.flatMap((raw) => decisionEntry.safeParse(raw).data ?? []);
    return {
      ...index,
      ...(readable.length > 0 && { revocations: readable }),
      ...(placed.length > 0 && { placements: placed }),
      ...(waiting.length > 0 && { decisions: waiting }),
    };
  },
  encode: (index) => ({ schema: SCHEMA_VERSION, ...index }),
};

export const CORRECTION_FORMAT: FileFormat<Correction> = {
  kind: 'correction',
  keepsNoPrevious: true,
  decode: (content) => correctionFile.safeParse(content).data,
  encode: (correction) => ({ schema: SCHEMA_VERSION, ...correction }),
};
