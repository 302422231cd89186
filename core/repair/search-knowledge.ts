import { catalogue, isMessageKey, LANGUAGES, loadLanguages, type Translate } from '../shared/text/text.ts';
import { diagnose } from './model/diagnose.ts';
import type { KnowledgeRef } from '../knowledge/model/article.ts';
import { KnowledgeSearch, type KnowledgeHits } from '../knowledge/model/knowledge-search.ts';

let search: KnowledgeSearch | undefined;

/** Finds articles by words of any language, by a command line, or by a printed error. */
export async function searchKnowledge(query: string): Promise<KnowledgeHits> {
  await loadLanguages();
  search ??= new KnowledgeSearch(
    (key) => (isMessageKey(key) ? LANGUAGES.map((language) => catalogue(language)[key]) : []),
    (text) => diagnose({ texts: [text] }),
  );
  return search.find(query);
}

export function articleTitle({ kind, id }: KnowledgeRef, translate: Translate): string {
  const key = kind === 'credential' ? `role.${id}` : `${kind}.${id}`;
  return kind !== 'cmdlet' && isMessageKey(key) ? translate(key) : id;
}
