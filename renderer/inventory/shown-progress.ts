import { progressShare, type ImportProgress } from '../../core/inventory/model/import-progress.ts';
import { progressText } from '../../core/inventory/text/import-progress.ts';
import type { Translate } from '../../core/shared/text/text.ts';

const NOTHING_YET: ImportProgress = { filesRead: 0, credentialsFound: 0 };

/**
 * Describes an import; `share` is from 0 to 1, if known. While a sample is being generated, it is the share generated
 * so far.
 */
export function progressView(
  progress: ImportProgress = NOTHING_YET,
  translate: Translate,
): { words: string; share: number | undefined } {
  const { making } = progress;
  return {
    words: progressText(progress, translate),
    share: making === undefined ? progressShare(progress) : making.made / making.total,
  };
}
