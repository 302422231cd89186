import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PatroniCluster } from '../support/patroni-cluster.ts';
import { findPostgres } from '../support/postgres.ts';
import { judgeHistory } from '../support/shared-history.ts';
import { readDatabase, Writers } from '../support/shared-storm.ts';
import { programsOnPath } from '../../build/tools.mjs';

/* Consoles that write to three servers under Patroni, while whole members are killed. */

const PROGRAMS = findPostgres();
const MISSING = ['patroni', 'etcd'].filter((name) => programsOnPath(name).length === 0);
const isHere = PROGRAMS !== undefined && MISSING.length === 0;
const CONSOLES = 20;
const KILLS = Number(process.env['ARCWARDEN_KILLS'] ?? 20);
const WRITABLE_WITHIN_MS = 30_000;

let cluster: PatroniCluster;
beforeAll(async () => {
  if (isHere) cluster = await PatroniCluster.start(PROGRAMS ?? '');
}, 300_000);
afterAll(() => (cluster as PatroniCluster | undefined)?.stop());

test('a killed member loses no acknowledged change, and writing goes on within 30 seconds', async ({ skip }) => {
  skip(
    !isHere,
    `not here: ${PROGRAMS === undefined ? 'PostgreSQL' : MISSING.join(' and ')} (Debian: patroni, etcd-server)`,
  );
  const writers = await Writers.start(await cluster.createDatabase(), CONSOLES);
  const pausesMs: number[] = [];
  const lastAcknowledged = (): number =>
    writers
      .listAttempts()
      .reduce((last, { outcome, endedMs = 0 }) => (typeof outcome === 'number' ? Math.max(last, endedMs) : last), 0);
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sleep(3_000);
      const killed = await cluster.killLeader();
      const killedMs = Date.now();
      await cluster.waitUntil('another leader', () => ![killed, undefined].includes(cluster.leader()));
      await cluster.waitUntil('a change', () => lastAcknowledged() > killedMs + 500);
      pausesMs.push(lastAcknowledged() - killedMs);
      console.log(`kill ${kill + 1}: writing went on after ${((pausesMs.at(-1) ?? 0) / 1_000).toFixed(1)} s`);
      cluster.restart(killed);
      await cluster.waitForStandbys();
    }
    await writers.stop();
    const attempts = writers.listAttempts();
    const { faults, ...counts } = judgeHistory(
      attempts,
      readDatabase((text) => cluster.query(text)),
    );
    console.log(JSON.stringify({ ...counts, slowestMs: Math.max(...pausesMs) }));
    expect(faults).toEqual([]);
    // Each console named the hosts and what they were: one refuses connections, another is a standby.
    const waits = writers.listWaits();
    expect(waits).toHaveLength(CONSOLES);
    for (const said of waits)
      expect(said).toContainEqual(
        expect.stringMatching(/127\.0\.0\.1:\d+: .*(?:ECONNREFUSED|standby).*; 127\.0\.0\.1/u),
      );
    expect(counts.acknowledged).toBeGreaterThan(100);
    expect(Math.max(...pausesMs)).toBeLessThanOrEqual(WRITABLE_WITHIN_MS);
  } finally {
    writers.remove();
  }
});
