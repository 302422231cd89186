import { nearest } from '../edit-distance.ts';
import { MODULE_CMDLETS, OTHER_CMDLETS } from './cmdlets-by-name.ts';
import { COMMANDS, PROGRAMS } from './cmdlets.ts';
import { splitNames, type Word } from './command-words.ts';

const KEYWORDS = splitNames(`
  if else elseif while do until for switch try catch finally default function param return break continue throw exit
  in begin process end using
`);

/** Matches the names of this product's cmdlets, but not `Mock`, which belongs to another product. */
export const OWN_NOUN = /-(?:akshci|moc(?!k)|kva)|akshci/iu;
/** PowerShell's verbs. Cmdlets with two different ones are never mistaken for each other. Source: Get-Verb. */
const VERBS: ReadonlySet<string> = new Set(
  splitNames(`
    add approve assert backup block build checkpoint clear close compare complete compress confirm connect convert
    convertfrom convertto copy debug deny deploy disable disconnect dismount edit enable enter exit expand export find
    foreach format get grant group hide import initialize install invoke join limit lock measure merge mount move new
    open optimize out ping pop protect publish push read receive redo register reinstall remove rename repair request
    reset resize resolve restart restore resume revoke save search select send set show skip sort split start step
    stop submit suspend switch sync tee test trace unblock undo uninstall unlock unprotect unpublish unregister update
    use wait watch where write
  `),
);
export const MOST_EDITS = 2;
/** Share of the letters of a product name that may be wrong: even `Uninstall-AksHciAksHciAdAuth` was published. */
const SIMILAR_SHARE = 0.22;

const CMDLETS = COMMANDS.map(({ name }) => name).filter((name) => !name.includes(' '));
const NAMES = [...CMDLETS, ...OTHER_CMDLETS, ...MODULE_CMDLETS, ...PROGRAMS];

/** Program options whose value is the next word, so that word is not a verb. Source: the reference of `kubectl`. */
export const VALUE_OPTIONS: ReadonlySet<string> = new Set(
  splitNames(`
    c f k l n o s v L as as-group as-uid cache-dir certificate-authority chunk-size client-certificate client-key cluster
    container context current-replicas field-manager field-selector filename grace-period image kubeconfig kustomize
    label-columns log-flush-frequency namespace output password profile profile-output raw replicas request-timeout
    resource-version revision selector server sort-by subresource template timeout tls-server-name token type user
    username vmodule
  `),
);

export function meantName(text: string): string | undefined {
  const near = nearest(text, candidatesFor(text), MOST_EDITS);
  if (near === undefined) return undefined;
  return OWN_NOUN.test(text) || text.length >= 5 ? near : undefined;
}

/** Returns a known name of this product that is similar, though too different for a typo. */
export function similarName(text: string): string | undefined {
  return nearest(text, candidatesFor(text), Math.floor(text.length * SIMILAR_SHARE));
}

/** Returns only names with the same verb if PowerShell has it, so that no suggestion is a different action. */
function candidatesFor(text: string): readonly string[] {
  const verb = cmdletVerb(text);
  return VERBS.has(verb) ? NAMES.filter((name) => cmdletVerb(name) === verb) : NAMES;
}

function cmdletVerb(name: string): string {
  const [verb = '', noun] = name.toLowerCase().split('-', 2);
  return noun === undefined ? '' : verb;
}

/** Returns the words without `sudo` or the dot operator at the beginning. */
export function commandPart(words: readonly Word[]): readonly Word[] {
  return ['sudo', '.'].includes(words[0]?.value ?? '') ? words.slice(1) : words;
}

/** Returns the name of a cmdlet or program without folder and extension; `undefined` for an expression or a keyword. */
export function programName(text: string): string | undefined {
  const name =
    text
      .split(/[\\/]/u)
      .at(-1)
      ?.replace(/\.exe$/iu, '') ?? '';
  if (!/^[\p{L}%?]/u.test(name) || /[=:(){}$]/u.test(name)) return undefined;
  return KEYWORDS.includes(name.toLowerCase()) ? undefined : name;
}

export function bareWords(words: readonly Word[]): Word[] {
  return words.filter(
    ({ value }, at) =>
      !/^[-–—―]/u.test(value) && !VALUE_OPTIONS.has(/^--?([\w-]+)$/u.exec(words[at - 1]?.value ?? '')?.[1] ?? ''),
  );
}
