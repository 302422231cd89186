import type { Invocation } from '../../shared/verb/invocation.ts';
import { chosen } from '../../shared/verb/options.ts';
import { tableLines } from '../../shared/verb/table.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import { KNOWLEDGE_KINDS } from '../../knowledge/model/article.ts';
import { articleTitle, searchKnowledge } from '../search-knowledge.ts';

const STANDARD_INPUT = '-';

/** `arcwarden knowledge search [WORD...|-]`: articles that have the words, best first; exit 1 where there is none. */
export async function knowledgeSearch(invocation: Invocation): Promise<ExitCode> {
  const { line, world, translate } = invocation;
  const kinds = chosen('--kind', line.values.kind === undefined ? [] : [line.values.kind], KNOWLEDGE_KINDS);
  const { hits, ...found } = await searchKnowledge(await readQuery(invocation));
  const articles = hits
    .filter(({ ref }) => kinds.length === 0 || kinds.includes(ref.kind))
    .map(({ ref, by, confidence }) => ({
      ...ref,
      title: articleTitle(ref, translate),
      by,
      confidence: confidence ?? null,
    }));
  if (line.json) world.json({ articles, ...found });
  else {
    const columns = (['kind', 'id', 'title'] as const).map((head) => ({
      head: translate(`cli.knowledge.${head}`),
      align: 'left' as const,
    }));
    const rows = articles.map(({ kind, id, title }) => [translate(`cli.knowledge.kind.${kind}`), id, title]);
    if (found.isPartial && rows.length > 0) world.notice(translate('knowledge.partial'));
    world.out(`${rows.length === 0 ? translate('knowledge.none') : tableLines(columns, rows).join('\n')}\n`);
    for (const id of found.elsewhere) world.notice(translate(`failure.elsewhere.${id}`));
  }
  return articles.length > 0 ? EXIT.fine : EXIT.attention;
}

async function readQuery({ words, world }: Invocation): Promise<string> {
  if (words.length !== 1 || words[0] !== STANDARD_INPUT) return words.join(' ');
  const text = decodeText(await world.input())?.text;
  if (text === undefined) throw new UsageError('cli.usage.not-a-text', { path: STANDARD_INPUT });
  return text;
}
