import type { Finding } from '../../shared/finding.ts';
import { createFound, type Found, type FoundReference } from '../../formats/parsed-file.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { readToken } from '../../formats/jwt/jwt.ts';
import { recognise } from '../../formats/recognise.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Files } from '../../shared/ports.ts';
import type { Instant } from '../../shared/instant.ts';
import { MAX_FILE_BYTES } from '../read/read-paths.ts';

/**
 * Contents of the files that a kubeconfig refers to, with their dates. The entry that refers to them counts as their
 * place.
 */
export interface Referenced {
  modified: Instant;
  found: Found;
}

/**
 * A node's kubeconfig that was copied elsewhere. Files that it names by the node's paths were copied along or are
 * missing; this computer's files at those paths belong to another node.
 */
const COPY_OF_NODE = /^(?<root>.+)[\\/]etc[\\/]kubernetes[\\/][^\\/]+$/u;

export type Beside = { modified: Instant; bytes: Uint8Array } | undefined;

export async function lookBeside(files: Pick<Files, 'facts' | 'read'>, path: string): Promise<Beside> {
  try {
    const { modified } = await files.facts(path);
    return { modified, bytes: await files.read(path, MAX_FILE_BYTES) };
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    return undefined;
  }
}

/**
 * Reads a referenced file, relative to the folder of the referring file, and adds it to `seen`. Failures become
 * findings in the result. Paths on other machines are not followed, since opening one would reveal the admin's identity
 * there.
 */
export async function readReference(
  files: Files,
  namedBy: { path: string; modified: Instant },
  reference: FoundReference,
  seen: { addBeside: (path: string, beside: Beside) => void },
): Promise<Referenced> {
  const { entry, file, line } = reference;
  const place = { entry, line };
  const failWith = (rule: string): Referenced => {
    const found = createFound('kubeconfig');
    const finding: Finding = { rule, severity: 'error', place, params: { file } };
    found.findings.push(finding);
    return { modified: namedBy.modified, found };
  };
  if (/^[\\/]{2}/u.test(file) && !/^[\\/]{2}/u.test(namedBy.path)) {
    return failWith('kubeconfig.reference-refused');
  }
  const isAbsolute = /^(?:[\\/]|[A-Za-z]:[\\/])/u.test(file);
  const copyRoot = file.startsWith('/') ? COPY_OF_NODE.exec(namedBy.path)?.groups?.['root'] : undefined;
  const folder = copyRoot ?? (isAbsolute ? undefined : files.parentFolder(namedBy.path));
  const path = files.absolute(folder === undefined ? file : files.join(folder, file));
  const beside = await lookBeside(files, path);
  seen.addBeside(path, beside);
  if (beside === undefined) return failWith('kubeconfig.reference-not-readable');
  const found = getContent(beside.bytes, reference);
  const nothing = found.certificates.length + found.tokens.length + found.keys.length === 0;
  return nothing ? failWith('kubeconfig.reference-empty') : { modified: beside.modified, found };
}

function getContent(bytes: Uint8Array, reference: FoundReference): Found {
  const { use, origin, entry, line, pair } = reference;
  const where = { line, pair };
  const found = createFound('kubeconfig');
  if (use === 'token') {
    const text = decodeText(bytes)?.text.trim() ?? '';
    if (text !== '') found.tokens.push({ entry, origin, ...where, token: readToken(text).token });
    return found;
  }
  const content = recognise(bytes);
  if (use === 'key') {
    const [key] = content.keys;
    if (key !== undefined) found.keys.push({ entry, keyPem: key.keyPem, ...where });
    return found;
  }
  const several = content.certificates.length > 1;
  content.certificates.forEach(({ der }, index) => {
    const name = several ? `${entry}#${index + 1}` : entry;
    found.certificates.push({ entry: name, der, origin, ...where });
  });
  for (const { rule, severity, params } of content.findings) {
    found.findings.push({ rule, severity, place: { entry }, ...(params && { params }) });
  }
  return found;
}
