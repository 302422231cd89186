import { z } from 'zod';
import type { Ports } from '../../shared/ports.ts';
import type { SharedStores } from '../../shared/shared-store.ts';
import { instantField } from '../../shared/contract/schemas.ts';
import { StoredDocument } from '../../store/document.ts';
import { DurableJsonFile, type FileContext, type FileFormat } from '../../store/durable-json-file.ts';
import { SCHEMA_VERSION } from '../../store/migrations.ts';

const joinedStore = z.object({
  /** A connection string, which contains no password. */
  address: z.string(),
  /** The id of the shared store, which its schema draws at random; absent before the first refresh. */
  id: z.string().optional(),
  /** Drawn at random when the folder joined; distinguishes folders whose user and computer have the same names. */
  console: z.string().default(''),
  /** The copy contains all changes up to this one. */
  revision: z.int().min(0),
  /** When the copy was last known to be complete. */
  currentAt: instantField.optional(),
});
export type JoinedStore = z.infer<typeof joinedStore>;

const FORMAT: FileFormat<JoinedStore | null> = {
  kind: 'shared',
  decode: (content) => joinedStore.safeParse(content).data,
  encode: (joined) => ({ schema: SCHEMA_VERSION, ...joined }),
};

const SHOWN_DIGITS = 6;

/**
 * Names the owner of all claims of a data folder. The claims on the folder itself keep two programs apart, so a console
 * that was killed gets its claims back at once when it starts again.
 */
export function nameClaimOwner(
  { host, sharedStores }: { host: Pick<Ports['host'], 'user'>; sharedStores: Pick<SharedStores, 'computer'> },
  { console }: JoinedStore,
): string {
  return `${host.user()} (${sharedStores.computer}) ${console.slice(0, SHOWN_DIGITS)}`;
}

/** Returns the document of a data folder; its value is `null` if the folder is no copy. Throws `store.newer`. */
export async function openJoinedStore(context: FileContext, path: string): Promise<StoredDocument<JoinedStore | null>> {
  const document = new StoredDocument(new DurableJsonFile(context, path, FORMAT), null);
  await document.load();
  return document;
}
