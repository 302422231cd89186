import { ConsoleError } from '../../shared/problem.ts';
import type { PrivateKey } from '../../shared/ports.ts';
import { getPlace, type Folder } from './found-files.ts';
import { previousFile } from './layout.ts';
import { privateKeyPem } from '../../pki/issue/private-key-pem.ts';

const FOR_OWNER = 0o600;
const FOR_EVERYBODY = 0o644;

export async function writeKey(at: Folder, file: string, key: PrivateKey): Promise<void> {
  await writeSecret(at, file, privateKeyPem(at.ports, key));
}

export async function writeSecret(at: Folder, file: string, content: string): Promise<void> {
  await write(at, file, { content, mode: FOR_OWNER });
}

export async function writePublic(at: Folder, file: string, content: string): Promise<void> {
  await write(at, file, { content, mode: FOR_EVERYBODY });
}

async function write(at: Folder, file: string, { content, mode }: { content: string; mode: number }): Promise<void> {
  const { files } = at.ports;
  const path = getPlace(at, file);
  await files.createFolder(files.folderOf(path));
  await files.replace(path, content, { keepPrevious: true, mode });
}

/**
 * Undoes half of an interrupted replacement: puts back the key of the certificate and sets aside the one whose
 * certificate was never written. If interrupted itself, each key keeps its own name.
 */
export async function putBackKey(at: Folder, file: string): Promise<void> {
  const { files } = at.ports;
  try {
    await files.move(getPlace(at, file), getPlace(at, `${file}.unmatched`));
  } catch (error) {
    // An interrupted run has already moved it.
    if (!(error instanceof ConsoleError) || error.code !== 'file.not-found') throw error;
  }
  await files.move(getPlace(at, previousFile(file)), getPlace(at, file));
}
