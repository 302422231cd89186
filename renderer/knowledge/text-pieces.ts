import type { TextPart } from '../../core/knowledge/model/article.ts';

export interface TextPiece extends TextPart {
  isWhole: boolean;
}

const PARAMETER = /((?<![\w-])-[A-Za-z]\w*)/u;
/** The last word; in Japanese, the last characters. */
const END = /[\w“”‘’"'().,:;!?-]{1,16}$|.{1,2}$/su;

/** Splits text so that parameters are never broken, and `end` stays on the line of the source mark. */
export function textPieces(parts: readonly TextPart[]): { pieces: TextPiece[]; end: string } {
  const last = parts.at(-1);
  const end = last === undefined || last.ref !== undefined ? '' : (END.exec(last.text)?.[0] ?? '');
  const pieces = parts.flatMap((part, at): TextPiece[] => {
    if (part.ref !== undefined) return [{ ...part, isWhole: true }];
    const text = at === parts.length - 1 ? part.text.slice(0, part.text.length - end.length) : part.text;
    return text
      .split(PARAMETER)
      .map((piece, index) => ({ text: piece, isWhole: index % 2 === 1 }))
      .filter((piece) => piece.text !== '');
  });
  return { pieces, end };
}
