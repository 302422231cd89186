import type { SecretPlace } from '../model/channel-type.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { decodeOwnBase64 } from '../../formats/der/base64.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Ports } from '../../shared/ports.ts';

const LIMIT_BYTES = 64 * 1024;

export type SecretPorts = Pick<Ports, 'files' | 'vault' | 'processes'>;

/** Returns the secret stored at a place. Throws `channel.secret-missing`. */
export async function secretAt({ files, vault, processes }: SecretPorts, place: SecretPlace): Promise<string> {
  switch (place.kind) {
    case 'environment': {
      const value = processes.environment(place.name);
      if (value !== undefined) return value;
      throw new ConsoleError('channel.secret-missing', { place: 'environment', name: place.name });
    }
    case 'file':
      return firstLine(files, place.path);
    case 'vault': {
      const guarded = decodeOwnBase64(place.guarded);
      const secret = guarded === undefined ? undefined : await vault.unprotect(guarded);
      if (secret !== undefined) return new TextDecoder().decode(secret);
      throw new ConsoleError('channel.secret-missing', { place: 'vault', name: '' });
    }
  }
}

async function firstLine(files: Ports['files'], path: string): Promise<string> {
  try {
    const text = decodeText(await files.read(path, LIMIT_BYTES))?.text ?? '';
    const line = /^[^\r\n]*/u.exec(text)?.[0] ?? '';
    if (line !== '') return line;
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
  }
  throw new ConsoleError('channel.secret-missing', { place: 'file', name: path });
}
