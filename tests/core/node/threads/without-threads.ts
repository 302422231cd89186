import { bulkReading } from '../../../../core/node/threads/bulk-reading.ts';
import { findSigners } from '../../../../core/node/threads/signatures.ts';
import { refuseThreads } from '../refuse-threads.ts';

const CHECKS = 1_500;

/** Prints the results of signature checks and of bulk reading, and whether each lost its threads. */
async function work(): Promise<void> {
  await refuseThreads();
  let lost = 0;
  const countLost = (): void => void (lost += 1);
  const check = { spkis: [new Uint8Array(1)], signatureOid: '', data: new Uint8Array(1), signature: new Uint8Array(1) };
  const found = await findSigners(
    Array.from({ length: CHECKS }, () => check),
    { lost: countLost },
  );
  const entries = await bulkReading({ onLost: countLost, worthAThread: 1 }).entries('/');
  process.stdout.write(JSON.stringify({ found: [...new Set(found)], entries: entries ?? 'none', hasMissed: lost > 1 }));
}

void work();
