import { decodeBase64 } from '../../formats/der/base64.ts';
import { isLoginFile } from '../../formats/moc/login-file.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import { readYaml } from '../../formats/yaml/yaml.ts';
import type { Ports } from '../../shared/ports.ts';

export interface LoginCredentials {
  name: string;
  /** Secret. */
  token: string;
}

const MAX_BYTES = 1024 * 1024;
const BASE64_ONLY = /^[A-Za-z0-9+/\s]+={0,2}$/u;

/** Accepts Base64 of the whole file as well, as `mocctl … rotate --encode` writes it. `undefined` for other files. */
export async function readLoginCredentials(
  { files }: Pick<Ports, 'files'>,
  path: string,
): Promise<LoginCredentials | undefined> {
  const text = decodeText(await files.read(path, MAX_BYTES))?.text.trim() ?? '';
  const wrapped = BASE64_ONLY.test(text) ? decodeBase64(text) : undefined;
  return credentialsIn((wrapped && decodeText(wrapped)?.text) ?? text);
}

function credentialsIn(text: string): LoginCredentials | undefined {
  const reading = readYaml(text);
  if (!reading.ok || reading.root?.kind !== 'map' || !isLoginFile(reading.root)) return undefined;
  const fields = [...reading.root.entries].map(
    ([key, node]) => [key.toLowerCase(), node.kind === 'text' ? node.text.trim() : ''] as const,
  );
  const { name = '', token = '' } = Object.fromEntries(fields);
  return name === '' || token === '' ? undefined : { name, token };
}
