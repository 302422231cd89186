import type { Invocation } from '../../shared/verb/invocation.ts';
import { answer } from '../../shared/verb/answer.ts';
import { choice } from '../../shared/verb/values.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import { KNOWLEDGE_KINDS } from '../../knowledge/model/article.ts';
import { articleTitle, searchKnowledge } from '../search-knowledge.ts';

const STANDARD_INPUT = '-';

/** `arcwarden knowledge search [WORD...|-]`: articles that have the words, best first; exit 1 where there is none. */
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

async function readQuery({ words, world }: Invocation): Promise<string> {
  if (words.length !== 1 || words[0] !== STANDARD_INPUT) return words.join(' ');
  const text = decodeText(await world.input())?.text;
  if (text === undefined) throw new UsageError('cli.usage.not-a-text', { path: STANDARD_INPUT });
  return text;
}
