import type { ImportProgress } from '../model/import-progress.ts';
import type { Translate } from '../../shared/text/text.ts';

export function progressText({ filesRead, filesTotal, credentialsFound, stage }: ImportProgress, translate: Translate) {
  if (stage !== undefined) return translate(`progress.${stage.name}`, { done: stage.done, total: stage.total });
  const read =
    filesTotal === undefined
      ? translate('progress.files', { read: filesRead })
      : translate('progress.of', { read: filesRead, total: filesTotal });
  return `${read} · ${translate('progress.found', { count: credentialsFound })}`;
}
