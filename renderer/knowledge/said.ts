import type { Citation, Statement } from '../../core/shared/citation.ts';
import { mentionsIn, type TextPart } from '../../core/knowledge/model/article.ts';
import type { TextState } from '../i18n/text.svelte.ts';

export interface SaidParts {
  parts: readonly TextPart[];
  citations: readonly Citation[];
}

export function statementParts(text: TextState, { text: key, params, citations }: Statement): SaidParts {
  return { parts: mentionsIn(text.lookUp(key, params)), citations };
}
