import { createFound, type Found, type FoundReference } from '../../formats/parsed-file.ts';
import { unlessProblem } from '../../shared/problem.ts';
import { readToken } from '../../formats/jwt/jwt.ts';
import { recognise } from '../../formats/recognise.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Files } from '../../shared/ports.ts';
import type { Instant } from '../../shared/instant.ts';
import { MAX_FILE_BYTES } from '../read/read-paths.ts';

/** Matches a node's kubeconfig that was copied to another computer, where the same paths belong to another node. */
const COPY_OF_NODE = /^(?<root>.+)[\\/]etc[\\/]kubernetes[\\/][^\\/]+$/u;

export type Beside = { modified: Instant; bytes: Uint8Array } | undefined;

export async function lookBeside(files: Pick<Files, 'facts' | 'read'>, path: string): Promise<Beside> {
  const facts = await unlessProblem(files.facts(path));
  const bytes = facts && (await unlessProblem(files.read(path, MAX_FILE_BYTES)));
  return bytes && { modified: facts.modified, bytes };
}

/**
 * Reads a file that a kubeconfig refers to, relative to the kubeconfig's folder, and adds it to `seen`. Its contents
 * are attributed to the referring entry. Failures become findings. Paths on other machines are not followed, since
 * opening them would reveal the admin's identity there.
 */
export async function readReference(
  files: Files,
  namedBy: { path: string },
  reference: FoundReference,
  seen: { addBeside: (path: string, beside: Beside) => void },
): Promise<Found> {
  const { entry, file, line } = reference;
  const failWith = (rule: string): Found => {
    const found = createFound('kubeconfig');
    found.findings.push({ rule, severity: 'error', place: { entry, line }, params: { file } });
    return found;
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
  const found = getContent(beside, reference);
  const isNothing = found.certificates.length + found.tokens.length + found.keys.length === 0;
  return isNothing ? failWith('kubeconfig.reference-empty') : found;
}

function getContent({ bytes, modified }: NonNullable<Beside>, reference: FoundReference): Found {
  const { use, origin, entry, line, pair } = reference;
  const common = { entry, origin, line, pair, modified };
  const found = createFound('kubeconfig');
  if (use === 'token') {
    const text = decodeText(bytes)?.text.trim() ?? '';
    if (text !== '') found.tokens.push({ ...common, token: readToken(text).token });
    return found;
  }
  const content = recognise(bytes);
  if (use === 'key') {
    const [key] = content.keys;
    if (key !== undefined) found.keys.push({ entry, keyPem: key.keyPem, line, pair });
    return found;
  }
  const several = content.certificates.length > 1;
  content.certificates.forEach(({ der }, index) => {
    found.certificates.push({ ...common, entry: several ? `${entry}#${index + 1}` : entry, der });
  });
  for (const { rule, severity, params } of content.findings) {
    found.findings.push({ rule, severity, place: { entry }, params });
  }
  return found;
}
