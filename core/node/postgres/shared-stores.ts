import { hostname } from 'node:os';
import type { SharedStores } from '../../shared/shared-store.ts';
import { parsePostgresAddress } from './address.ts';
import { PostgresStore } from './postgres-store.ts';
import schema from './schema/1-create.sql';

export function postgresStores(): SharedStores {
  return {
    computer: hostname(),
    open: (address) => new PostgresStore(parsePostgresAddress(address)),
    schema: () => schema,
  };
}
