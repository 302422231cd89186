import type { Format } from './durable-json-file.ts';
import { SCHEMA_VERSION } from './migrations.ts';
import { indexFile } from './schemas.ts';
import type { IndexFile } from './schemas.ts';

export const NO_INDEX: IndexFile = { clusters: [], forgotten: [] };

export const INDEX_FORMAT: Format<IndexFile> = {
  kind: 'index',
  decode(content) {
    const parsed = indexFile.safeParse(content);
    return parsed.success ? parsed.data : undefined;
  },
  encode: (index) => ({ schema: SCHEMA_VERSION, ...index }),
};
