import type { Invocation } from '../../shared/verb/invocation.ts';
import { answer } from '../../shared/verb/answer.ts';
import { choice, STANDARD_INPUT } from '../../shared/verb/values.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import { MOST_LOG_BYTES, readInput } from '../../plan/cli/plan-files.ts';
import { KNOWLEDGE_KINDS } from '../../knowledge/model/article.ts';
import { articleTitle, searchKnowledge } from '../search-knowledge.ts';

/** Exits with 1 if there are no articles. */
export async function knowledgeSearch(invocation: Invocation): Promise<ExitCode> {
  const { line, world, translate } = invocation;
  const wanted = choice(invocation, 'kind', KNOWLEDGE_KINDS);
  const { hits, ...found } = await searchKnowledge(await readQuery(invocation));
  const articles = hits
    .filter(({ ref }) => wanted === undefined || wanted === ref.kind)
    .map(({ ref, by, confidence }) => ({
      ...ref,
      title: articleTitle(ref, translate),
      by,
      confidence: confidence ?? null,
    }));
  const columns = (['kind', 'id', 'title'] as const).map((head) => translate(`cli.knowledge.${head}`));
  const rows = articles.map(({ kind, id, title }) => [translate(`cli.knowledge.kind.${kind}`), id, title]);
  if (!line.json && found.isPartial && rows.length > 0) world.notice(translate('knowledge.partial'));
  answer(invocation, { articles, ...found }, rows.length === 0 ? translate('knowledge.none') : tabulate(columns, rows));
  if (!line.json) for (const id of found.elsewhere) world.notice(translate(`failure.elsewhere.${id}`));
  return articles.length > 0 ? EXIT.fine : EXIT.attention;
}

async function readQuery(invocation: Invocation): Promise<string> {
  const { words } = invocation;
  const [word = ''] = words;
  if (words.length !== 1 || word !== STANDARD_INPUT) return words.join(' ');
  const text = await readInput(invocation, { word, path: word, maxBytes: MOST_LOG_BYTES });
  if (text === undefined) throw new UsageError('cli.usage.not-a-text', { path: word });
  return text;
}
