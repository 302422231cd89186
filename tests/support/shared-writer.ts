import { randomBytes, randomInt } from 'node:crypto';
import { writeSync } from 'node:fs';
import { postgresStores } from '../../core/node/postgres/shared-stores.ts';
import { ConsoleError } from '../../core/shared/problem.ts';

/* A console that counts up counters in a shared store until it is killed. Prints each attempt before and after. */

const CLUSTERS = 20;

async function write(address: string): Promise<void> {
  const store = postgresStores().open(address);
  // The window shows this text in its status bar while it waits.
  setInterval(() => {
    const waitsFor = store.outage();
    if (waitsFor !== undefined) report({ waitsFor });
  }, 500);
  const seen = new Map<string, { count: number; revision: number }>();
  let revision = 0;
  for (;;) {
    try {
      for await (const object of store.changesSince(revision)) {
        revision = object.revision;
        const { count } = JSON.parse(object.value ?? '{}') as { count: number };
        seen.set(object.clusterId, { count, revision });
      }
    } catch {
      continue;
    }
    const cluster = `cluster-${randomInt(CLUSTERS)}`;
    const before = seen.get(cluster) ?? { count: 0, revision: 0 };
    const attempt = { request: randomBytes(16).toString('hex'), cluster, count: before.count + 1, begunMs: Date.now() };
    report({ ...attempt, outcome: 'unknown' });
    const value = JSON.stringify({ count: attempt.count });
    const outcome = await store
      .commit({
        request: attempt.request,
        objects: [{ clusterId: cluster, kind: 'cluster', basedOn: before.revision, value }],
        lines: [{ by: 'writer', action: 'store.changed', subject: cluster, params: { count: attempt.count } }],
      })
      .catch((error: unknown) => {
        if (!(error instanceof ConsoleError)) throw error;
        return error.code === 'shared.unknown' ? ('unknown' as const) : ('not-done' as const);
      });
    report({ ...attempt, endedMs: Date.now(), outcome });
  }
}

function report(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

void write(process.argv[2] ?? '');
