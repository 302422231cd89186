/** The stages after reading, in their order. */
export const IMPORT_STAGES = ['checking', 'placing', 'storing', 'judging'] as const;
type ImportStage = (typeof IMPORT_STAGES)[number];

/** No number ever decreases. */
export interface ImportProgress {
  filesRead: number;
  credentialsFound: number;
  /** Absent while folders are being listed. */
  filesTotal?: number;
  /** Absent while files are read. Counts signatures, credentials, clusters and certificates, in the order of stages. */
  stage?: { name: ImportStage; done: number; total: number };
  /** Keys and certificates generated for a sample fleet; absent once its files are read. */
  making?: { made: number; total: number };
}

/** Shares of the time that an import of ten thousand certificates takes. */
const READING_SHARE = 0.4;
const SHARES: Record<ImportStage, number> = { checking: 0.1, placing: 0.1, storing: 0.3, judging: 0.1 };

/** Returns a share from 0 to 1; `undefined` while the total is unknown. */
export function progressShare({ filesRead, filesTotal, stage }: ImportProgress): number | undefined {
  if (stage === undefined)
    return filesTotal === undefined ? undefined : READING_SHARE * computeShare(filesRead, filesTotal);
  const before = IMPORT_STAGES.slice(0, IMPORT_STAGES.indexOf(stage.name));
  const passed = before.reduce((sum, name) => sum + SHARES[name], READING_SHARE);
  return passed + SHARES[stage.name] * computeShare(stage.done, stage.total);
}

function computeShare(done: number, total: number): number {
  return total === 0 ? 1 : Math.min(1, done / total);
}
