import { beforeAll, describe, expect, test } from 'vitest';
import { instantFromMs, epochMs, DAY_MS } from '../../../../core/shared/instant.ts';
import { testPorts } from '../../../support/ports.ts';
import { FOLDER, FolderFiles, NOW } from '../../sample/fleet.ts';
import { quickKeys } from '../../sample/quick-keys.ts';
import { TestWorld } from '../../cli/test-world.ts';

interface EventRecord {
  at: string;
  event: string;
  credential: { id: string; role: string; name: string } | null;
  breaks: boolean;
  needsSomebody: boolean;
  overAt: string | null;
  cause: string | null;
  certainty: string;
  citations: { certainty: string; work: string }[];
}
interface Document {
  from: string;
  until: string;
  scenario: { updateOn: string | null; off: { cluster: string | null } | null };
  answer: { breaksFirst: EventRecord | null; becauseOfScenario: EventRecord | null; broken: number };
  clusters: {
    cluster: string;
    clusterId: string;
    already: EventRecord[];
    events: EventRecord[];
    renewals: { class: string; credentials: number; renewals: number; next: string }[];
    assumptions: string[];
  }[];
}

const files = new FolderFiles();

function world(): TestWorld {
  const ports = { ...testPorts(files), keys: quickKeys() };
  ports.clock.moment = NOW;
  return new TestWorld(ports);
}

beforeAll(async () => {
  const { code } = await world().run('sample', '--out', FOLDER);
  if (code !== 0) throw new Error('no sample');
});

const later = (days: number): string => instantFromMs(epochMs(NOW) + days * DAY_MS);

async function forecast(code: number, ...words: string[]): Promise<Document> {
  return world().json<Document>(code, 'expiry', 'forecast', FOLDER, ...words);
}

describe('a forecast from files', () => {
  test('states what breaks first, with sources for each event', async () => {
    const document = await forecast(1);
    expect(document.from).toBe(NOW);
    expect(document.until).toBe(later(365));
    expect(document.answer.breaksFirst?.event).toBe('expiry');
    expect(document.answer.broken).toBeGreaterThan(10);
    const events = document.clusters.flatMap((cluster) => [...cluster.already, ...cluster.events]);
    for (const { event, citations, certainty } of events) {
      expect(['documented', 'from-code', 'reported', 'inferred']).toContain(certainty);
      expect(citations.length, event).toBeGreaterThan(0);
    }
    const retail = document.clusters.find(({ cluster }) => cluster === 'retail-east');
    // The renewal pods of this cluster have stopped, which the board also shows.
    const stalled = retail?.events.filter(({ cause }) => cause === 'stalled') ?? [];
    expect(stalled.map(({ credential }) => credential?.role)).toContain('apiserver');
    expect(stalled.every(({ breaks, overAt }) => breaks && overAt === null)).toBe(true);
  });

  test('is limited to the named clusters', async () => {
    const { clusters } = await forecast(1, '--cluster', 'osaka-plant', '--horizon', '30');
    expect(clusters.map(({ cluster }) => cluster)).toEqual(['osaka-plant']);
    const [sum] = clusters[0]?.renewals ?? [];
    expect(sum?.class).toBe('kubernetes-leaf');
    // Each certificate is renewed every three days, for thirty days.
    expect((sum?.renewals ?? 0) / (sum?.credentials ?? 1)).toBeGreaterThan(8);
  });

  test('states what breaks if a cluster is switched off', async () => {
    const off = `${later(7)}..${later(13)}`;
    const { answer, scenario, clusters } = await forecast(1, '--cluster', 'osaka-plant', '--off', off);
    expect(scenario.off?.cluster).toBe(clusters[0]?.clusterId);
    const because = answer.breaksFirst?.cause === 'off' ? answer.breaksFirst : answer.becauseOfScenario;
    expect(because?.cause).toBe('off');
    expect(because !== null && because.at > later(7) && because.at <= later(11)).toBe(true);
  });

  test('includes an update from the scenario, with new lifetimes of tokens', async () => {
    const { clusters } = await forecast(1, '--update-on', later(5), '--horizon', '120');
    const osaka = clusters.find(({ cluster }) => cluster === 'osaka-plant');
    const kinds = osaka?.events.map(({ event }) => event) ?? [];
    expect(kinds).toContain('update');
    const tokens = osaka?.events.filter(
      ({ credential, event }) => event === 'expiry' && credential?.role === 'kms-plugin-token',
    );
    expect(tokens?.map(({ at }) => at)).toEqual([later(95)]);
  });

  test('begins with the answer in the requested language', async () => {
    const english = await world().run('expiry', 'forecast', FOLDER, '--horizon', '10');
    expect(english.out.split('\n')[0]).toMatch(/^If nothing changes, .* breaks first, on /u);
    expect(english.out).toContain('Assumptions');
    const japanese = await world().run('expiry', 'forecast', FOLDER, '--horizon', '10', '--lang', 'ja');
    expect(japanese.out.split('\n')[0]).toMatch(/^何もしない場合、最初に使えなくなるのは/u);
    expect(japanese.out.split('\n')[0]).not.toContain('。 ');
  });
});

test.each([
  [['--horizon', '0'], '--horizon'],
  [['--horizon', '3651'], '--horizon'],
  [['--horizon', 'year'], '--horizon'],
  [['--update-on', '2026-11-24T11:59:59Z'], '--update-on'],
  [['--update-on', 'tomorrow'], '--update-on'],
  [['--off', '2026-12-02T00:00:00Z..2026-12-01T00:00:00Z'], '--off'],
  [['--off', '2026-11-01T00:00:00Z..2026-11-24T12:00:00Z'], '--off'],
  [['--absent', '2026-12-01T00:00:00Z'], '--absent'],
])('an error names the refused option: %j', async (words, option) => {
  const { code, notices, out } = await world().run('expiry', 'forecast', FOLDER, ...words);
  expect([code, out]).toEqual([2, '']);
  expect(notices).toContain(option);
});

test.each([
  [['--horizon', '1']],
  [['--horizon', '3650']],
  [['--update-on', '2026-11-24T12:00:00Z']],
  [['--off', '2026-11-01T00:00:00Z..2026-11-24T12:00:01Z']],
])('options are accepted up to their limits: %j', async (words) => {
  const { code } = await world().run('expiry', 'forecast', FOLDER, ...words);
  expect(code).toBe(1);
});
