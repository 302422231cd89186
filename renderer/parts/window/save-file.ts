import type { TargetFormat } from '../../../core/shared/files/file-format.ts';
import type { SavedFile } from '../../../core/shared/files/saved-file.ts';
import type { MessageKey } from '../../../core/shared/text/text.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import type { WindowServices } from './services.ts';

interface WantedFile {
  suggestedName: string;
  format: TargetFormat;
  said: MessageKey;
}

/** Returns the name of the chosen file; `undefined` if nothing was written. */
export async function saveFile(
  { api, notices }: Pick<WindowServices, 'api' | 'notices'>,
  { suggestedName, format, said }: WantedFile,
  write: (target: FileTicket) => Promise<SavedFile | undefined>,
): Promise<string | undefined> {
  const target = notices.take(await api.application.chooseTarget({ suggestedName, format }));
  const saved = target === undefined || target === null ? undefined : await write(target);
  if (saved === undefined) return undefined;
  const { name, sha256 } = saved;
  notices.success([{ key: said, values: { name } }], { checksum: sha256 });
  return name;
}
