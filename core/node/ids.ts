import { randomBytes } from 'node:crypto';
import type { Ids } from '../shared/ports.ts';

const ID_BYTES = 8;

export function nodeIds(): Ids {
  return { next: () => randomBytes(ID_BYTES).toString('hex') };
}
