import type { AuthorityId, KeyFileId } from '../../pki/model/authority.ts';
import type { Files } from '../../shared/ports.ts';
import { isClusterId } from '../../shared/ids.ts';
import { nameOnDisk } from '../../store/data-layout.ts';

/** `docs/data-formats.md` describes these files. */
export interface AuthorityLayout {
  folder: string;
  record: string;
  /** Marks the authority as removed. Exists during creation; a removal renames `record` to it. */
  removed: string;
  keyring: string;
  keyringCopy: string;
  remembered: string;
  keyFile(id: KeyFileId): string;
}

const KEY_FILE = /^key-([0-9a-f]{64})\.json$/u;
const KEY_FILE_ID = /^[0-9a-f]{64}$/u;

export function authoritiesFolder(files: Files, dataFolder: string): string {
  return files.join(dataFolder, 'authorities');
}

export function authorityLayout(files: Files, folder: string, id: AuthorityId): AuthorityLayout {
  const own = files.join(folder, nameOnDisk(id));
  const record = files.join(own, 'authority.json');
  const keyring = files.join(own, 'keyring.json');
  return {
    folder: own,
    record,
    removed: `${record}.removed`,
    keyring,
    keyringCopy: `${keyring}.previous`,
    remembered: files.join(own, 'remembered.json'),
    keyFile: (keyFileId) => {
      if (!KEY_FILE_ID.test(keyFileId)) throw new Error('a key file id is 64 hex digits');
      return files.join(own, `key-${keyFileId}.json`);
    },
  };
}

export function findAuthorityId(folderName: string): AuthorityId | undefined {
  const id = folderName.replace(/_$/u, '');
  return isClusterId(id) && nameOnDisk(id) === folderName ? (id as string as AuthorityId) : undefined;
}

export function keyFileIdsIn(names: readonly string[]): KeyFileId[] {
  return names.flatMap((name) => (KEY_FILE.exec(name)?.[1] ?? []) as KeyFileId | []);
}
