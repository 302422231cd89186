import { expect, test } from 'vitest';
import type { Forecast } from '../../../core/forecast/model/forecast.ts';
import { instant, instantFromMs, MINUTE_MS, toMilliseconds, SECOND_MS } from '../../../core/shared/instant.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { forecastService } from '../../../core/forecast/service.ts';
import { judgeFleet } from '../../../core/expiry/fleet.ts';
import { deployment } from '../pki/simulation/deployment.ts';
import { inventoryOf } from '../../support/inventory-of-deployment.ts';
import { MemoryFiles } from '../../support/ports.ts';

/** A console with a deployment, whose clock and settings can be changed. */
function asking() {
  const files = new MemoryFiles();
  const world = {
    clusters: inventoryOf(deployment()),
    settings: DEFAULT_SETTINGS,
    now: instant('2026-03-02T08:00:59Z'),
    looks: 0,
  };
  const facts = files.facts.bind(files);
  files.facts = (path) => {
    world.looks += 1;
    return facts(path);
  };
  files.put('/data/there', '');
  const { compute } = forecastService({
    fleet: () => judgeFleet({ clusters: world.clusters }, world.settings, world.now),
    pause: () => files.facts('/data/there'),
    stepMs: MINUTE_MS,
  });
  const ask = async (updateOnMs?: number): Promise<Forecast> =>
    compute({ horizonDays: 100, scenario: updateOnMs === undefined ? {} : { updateOnMs } });
  return { world, ask };
}

test('a question is worked out once a minute, even when it is asked again while that runs', async () => {
  const { world, ask } = asking();
  const [one, other] = await Promise.all([ask(), ask()]);
  expect(other).toBe(one);
  expect(one.nowMs).toBe(toMilliseconds(instant('2026-03-02T08:00:00Z')));
  expect(await ask()).toBe(one);
  world.now = instantFromMs(toMilliseconds(world.now) + SECOND_MS);
  const next = await ask();
  expect(next).not.toBe(one);
  expect(next.nowMs).toBe(toMilliseconds(instant('2026-03-02T08:01:00Z')));
});

test('another scenario is another question, and going back costs nothing', async () => {
  const { ask } = asking();
  const nothing = await ask();
  const updated = await ask(toMilliseconds(instant('2026-03-20T08:00:00Z')));
  expect(updated.answer).not.toEqual(nothing.answer);
  expect(await ask()).toBe(nothing);
});

test('a changed cluster or a stated fact invalidates the old answer', async () => {
  const { world, ask } = asking();
  const before = await ask();
  world.clusters = world.clusters.map((cluster) =>
    cluster.name === 'retail' ? { ...cluster, credentials: [] } : cluster,
  );
  const after = await ask();
  expect(after).not.toBe(before);
  world.settings = { ...world.settings, clusterFacts: { management: { offSince: instant('2026-03-02T00:00:00Z') } } };
  const off = await ask();
  expect(off.clusters.find(({ cluster }) => cluster === 'management')?.answer).not.toEqual(
    after.clusters.find(({ cluster }) => cluster === 'management')?.answer,
  );
});

test('others get a turn while it is worked out', async () => {
  const { world, ask } = asking();
  await ask();
  expect(world.looks).toBeGreaterThan(3);
});
