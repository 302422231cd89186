import type { AuthorityId } from '../../pki/model/authority.ts';
import { Queue } from '../../store/document.ts';
import type { AuthorityStore } from '../store/store.ts';
import type { Keeping } from './kept.ts';

const TURNS = new WeakMap<AuthorityStore, Map<AuthorityId, Queue>>();

/**
 * Runs a change after all others under way: an operation reads, makes keys for seconds, and stores; what it read must
 * still hold then. Not reentrant.
 */
export function inTurn<T>(
  { store }: Pick<Keeping, 'store'>,
  authorityId: AuthorityId,
  work: () => Promise<T>,
): Promise<T> {
  const queues = TURNS.get(store) ?? new Map<AuthorityId, Queue>();
  TURNS.set(store, queues);
  const queue = queues.get(authorityId) ?? new Queue();
  queues.set(authorityId, queue);
  return queue.run(work);
}
