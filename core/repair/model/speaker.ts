import { OWNERS, type OwnerId } from '../../knowledge/model/other-causes.ts';
import { skipPrefixes } from './normalised-text.ts';

/*
 * Kubernetes, Go and gRPC print the same sentences in every product. A line shows at certain places who printed it and
 * which address was called; words elsewhere in the line do not count.
 */

/** Words that only AKS enabled by Azure Arc prints. */
const OWN_WORDS =
  /aks-?hci|azurestackhci|kvactl|mocctl|nodectl|\bmoc\b|moc-kms|moclocation|wssd|cloud ?agent|cert-?tattoo|certificate-renewal|certtorenew|kms-?plugin|ad-auth-webhook|kubeconfig-mgmt|renewrevocation|ControlPlane machines/iu;

/** Sentences of Go, gRPC, kubectl and Azure, which every product prints. */
const SHARED =
  /x509:|signed by|handshake|(?:logged in|connection) to the server|asked for the client|Client\.Timeout|dial tcp|6443|tls: internal|prevented the request|bootstrap client|AADSTS|client secret/iu;

export function isShared(phrases: readonly string[]): boolean {
  return !hasOwnWord(phrases) && phrases.some((phrase) => SHARED.test(phrase));
}

export function hasOwnWord(phrases: readonly string[]): boolean {
  return phrases.some((phrase) => OWN_WORDS.test(phrase));
}

/** Lines before and after a sentence that may show its speaker. */
const NEAR_LINES = 4;
/** A command is taken to have printed at most this many lines below it. */
const OUTPUT_LINES = 60;
const LONGEST_LINE = 4_000;

interface Frame {
  /** The line is a command at a prompt. */
  isCommand: boolean;
  owner: OwnerId | undefined;
}

const PROMPT =
  /^\s*(?:PS [^>]{0,200}>|[A-Z]:\\[^>]{0,200}>|\[?[\w.-]{1,40}@(?<host>[\w.-]{1,60})[^$#]{0,80}[$#]|[$#])\s*(?<command>\S.*)/iu;
const LEVELS = /^(?:\[?(?:trace|debug|info|warn(?:ing)?|error|fatal|verbose)\]?:?\s+)+/iu;
const SYSLOG =
  /^(?:<\d{1,3}>)?(?:[a-z]{3} [ \d]\d [\d:]{8}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)) (?<host>[\w.-]{1,60}) (?<unit>[\w.@/-]{1,60})(?:\[\d+\])?: /iu;
const NGINX = /^(?:[\d/]+ [\d:]+ )?\[\w+\] \d+#\d+: /u;
/** A field of a JSON log or of a Windows event. */
const FIELDS =
  /"(?:logger|component|app|program|unit|syslog_identifier|container(?:_name)?|namespace(?:_name)?|pod(?:_name)?)"\s*:\s*"([^"]{1,80})"|\b(?:logger|component)="?([\w./-]{1,60})|^\s*(?:source|provider(?: ?name)?|log ?name|ソース|プロバイダー名?|ログの名前)\s*:\s*([\w .-]{1,60}?)\s*$/giu;
const FIRST_WORDS = /^(?:(?:==> |at |発生場所 |\+ )?["'[]*)(?<first>[a-z]:\\[^"':]{1,200}|[^\s"'()[\]{}=]{1,200})/iu;
const PROSE = /\b(?:the|is|are|was|were|we|our|my|but|works?|ha[sd]|have)\b|[ぁ-ん]/iu;
const CALLEES =
  /https?:\/\/([^\s"'\\/:]+(?::\d{1,5})?)([/"'?\\][^\s"'\\?]{0,80})|(?:dial tcp |connection to the server |-connect |lookup )([\w.[\]-]+(?::\d{1,5})?)|dial unix (\S{1,200})/giu;
const POD_LOG = /^\/var\/log\/(?:pods|containers)\/([^/_]+)_([^/_]+)/u;

/** A stack trace, a field, a row of a table, or the start of an object. */
const STRUCTURE = /^\s*(?:[{[<"'|~@+]|at \S|[\w./@-]{1,60}\[\d+\]:|[\w-]{1,40}\s*[:=]\s*\S+$)|\S {3,}\S.* {3,}\S/iu;

/** Lines that a program printed or somebody typed at a prompt, besides those that `skipPrefixes` shortens. */
export const PRINTED = [PROMPT, LEVELS, STRUCTURE];

/** Finds the owners of lines. Each line is read once. */
export class Speakers {
  readonly #lines: readonly string[];
  readonly #frames = new Map<number, Frame>();

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  /** Returns the owner of a 1-based line, or of the nearest line that shows one; `undefined` if unknown. */
  find(line: number): OwnerId | undefined {
    const own = this.#read(line);
    if (own.owner !== undefined || own.isCommand) return own.owner;
    let isBelowOpen = true;
    for (let distance = 1; distance <= OUTPUT_LINES; distance++) {
      const above = this.#read(line - distance);
      const below = isBelowOpen && distance <= NEAR_LINES ? this.#read(line + distance) : undefined;
      // A prompt below the line begins another command.
      if (below?.isCommand) isBelowOpen = false;
      const near = [...(distance <= NEAR_LINES ? [above] : []), ...(isBelowOpen && below ? [below] : [])];
      if (near.some(({ owner }) => owner === 'ours')) return 'ours';
      const found = near.find(({ owner }) => owner !== undefined);
      if (above.isCommand || found !== undefined) return (above.isCommand ? above : found)?.owner;
    }
    return undefined;
  }

  #read(line: number): Frame {
    const known = this.#frames.get(line);
    if (known !== undefined) return known;
    const text = (this.#lines[line - 1] ?? '').slice(0, LONGEST_LINE).normalize('NFKC');
    const { host = '', command } = PROMPT.exec(text)?.groups ?? {};
    const callees = [...text.matchAll(CALLEES)].map(([, server, path = '', address, socket]) =>
      server === undefined ? (address ?? socket ?? '') : server + path.replace(/^["'?\\]/u, '/'),
    );
    const names = { speakers: [host, ...listSpeakers(text, command)], callees };
    const [speaker, callee] = (['speakers', 'callees'] as const).map(
      (part) =>
        names[part]
          .map((name) => OWNERS.find((owner) => owner[part]?.test(name.toLowerCase())))
          .find((owner) => owner !== undefined)?.id,
    );
    // The certificate belongs to the callee, so an error in a call to another product is that product's.
    const owner = speaker === undefined || (speaker === 'ours' && callee !== undefined) ? (callee ?? speaker) : speaker;
    const frame = { isCommand: command !== undefined, owner };
    this.#frames.set(line, frame);
    return frame;
  }
}

/** Options that give the context, kubeconfig, namespace or unit of a command. */
const CLUSTER_OPTIONS = /^--(?:context|kubeconfig)$/u;
/** An option whose value is the next word. */
const TAKES_VALUE = /^(?:-[a-z]|--(?!(?:insecure-skip-tls-verify|disable-compression|debug|tls)$)\w[\w-]*)$/u;
/** Words before the verb, as in `docker compose logs`. */
const BEFORE_VERB = /^(?:-.*|compose)$/u;
const OPTIONS = /^(?:-n|-u|--(?:namespace|context|kubeconfig|unit))$/u;

/** Lists who may have printed a line: its unit, fields and first words, and the names in a command. */
function listSpeakers(text: string, typed: string | undefined): string[] {
  const { host, unit } = SYSLOG.exec(text)?.groups ?? {};
  if (unit !== undefined) return [unit, host ?? ''];
  if (NGINX.test(text)) return ['nginx'];
  const fields = [...text.matchAll(FIELDS)].flatMap((match) => match.slice(1).filter((each) => each !== undefined));
  const rest = typed ?? text.slice(skipPrefixes(text)).trimStart().replace(LEVELS, '');
  // A sentence may begin with the name of a product without being printed by it.
  if (typed === undefined && PROSE.test(rest.split(/[:"]/u, 1)[0] ?? '')) return fields;
  const first = (FIRST_WORDS.exec(rest)?.groups?.['first'] ?? '').replace(/[:,]$/u, '');
  const words = rest.split(/\s+/u).filter((word, at) => !(at < 2 && /^(?:sudo|&|\w+=\S*)$/u.test(word)));
  const [path = '', verb = ''] = words;
  const program = (/[^\\/]*$/u.exec(path)?.[0] ?? '').replace(/\.exe$/iu, '').replace(/[[:].*$/u, '');
  const verbAt = words.findIndex(
    (word, at) => at > 0 && !BEFORE_VERB.test(word) && !(at > 1 && TAKES_VALUE.test(words[at - 1] ?? '')),
  );
  const logsAt = words[verbAt] === 'logs' ? verbAt : -1;
  // Other commands ask the API server about a namespace, which may be in any cluster.
  const options = program === 'kubectl' && logsAt < 0 ? CLUSTER_OPTIONS : OPTIONS;
  const named = words.flatMap((word, at) => {
    const [option = '', value = words[at + 1]] = word.split('=');
    return options.test(option) ? (value ?? []) : [];
  });
  const pods = logsAt < 0 ? [] : words.slice(logsAt + 1).filter((word) => !word.startsWith('-'));
  const parts = [...named, ...pods].map((word) => word.replace(/^.*[\\/]/u, ''));
  return [
    ...fields,
    ...(POD_LOG.exec(first)?.slice(1) ?? []),
    first,
    program,
    `${program} ${verb}`,
    ...named,
    ...parts,
  ];
}
