import { expect, test } from 'vitest';
import { emptyWorld } from '../cli/test-world.ts';

interface Found {
  articles: { kind: string; id: string; title: string; by: string; confidence: number | null }[];
}

test('knowledge search finds articles by id, by command and by words, and needs no data folder', async () => {
  const world = emptyWorld();
  const [first] = (await world.json<Found>(0, 'knowledge', 'search', 'F07')).articles;
  expect(first).toMatchObject({ kind: 'failure', id: 'F07', by: 'words', confidence: null });
  const command = await world.json<Found>(0, 'knowledge', 'search', 'Update-AksHci -Confirm');
  expect(command.articles[0]).toMatchObject({ kind: 'cmdlet', id: 'Update-AksHci', by: 'command' });
  const japanese = await world.json<Found>(0, 'knowledge', 'search', '証明書', '--kind', 'credential');
  expect(new Set(japanese.articles.map(({ kind }) => kind))).toEqual(new Set(['credential']));
});

test('knowledge search recognises an error read from standard input', async () => {
  const world = emptyWorld();
  world.input = 'error: x509: certificate has expired or is not yet valid';
  const { articles } = await world.json<Found>(0, 'knowledge', 'search', '-');
  expect(articles.some(({ kind }) => kind === 'failure')).toBe(true);
});

test('knowledge search prints a table in the requested language, and exits with code 1 if nothing matches', async () => {
  const world = emptyWorld();
  const { out } = await world.run('knowledge', 'search', 'F07', '--lang', 'ja');
  expect(out).toMatch(/^障害 +F07 +\S/mu);
  const none = await world.run('knowledge', 'search', 'qqqqqqqq');
  expect(none).toMatchObject({ code: 1, out: 'No article fits.\n' });
});
