import { compareSeverity } from '../../../shared/finding.ts';
import { EVERY_CONTROL_PLANE } from '../sources/sources-repair.ts';
import { commandNamed } from './cmdlets.ts';
import { effectNames, isHarmlessCommand } from './cmdlets-by-name.ts';
import type { CommandProblemCode, Hazard, NamedCommand, Part } from './command-problem.ts';
import { joinParts } from './command-parameters.ts';
import {
  fillPlaces,
  findInner,
  findMark,
  findPattern,
  findReplaced,
  findWritten,
  folderName,
  isOpenOutput,
  joinLists,
  kubernetesNames,
  splitKubectl,
  splitOperands,
  translateShell,
  type Shell,
} from './command-operands.ts';
import { readCommandLine } from './command-line.ts';
import { splitNames, type Word } from './command-words.ts';
import { findProtected, LONGEST_NAME, type ObjectEffect } from './protected-objects.ts';

/*
 * Judges what commands do to the objects of the product, in PowerShell, the command prompt, the shell of a node and
 * kubectl. Objects have names such as `/etc/kubernetes/pki`, `service:wssdagent` or `kube:pod/x/y`.
 */

/**
 * Commands by effect and kind of object; a hyphen joins a program and its verb. A kind with a colon or slash is itself
 * the name of the object, whatever the arguments are.
 */
const VERBS: Readonly<Record<string, string>> = {
  'removes ': `remove-item clear-content clc clear-item remove-itemproperty move-item rm rmdir unlink shred truncate rd del
    erase mv move rename-item ren reg-delete`,
  'overwrites ': 'set-content add-content start-transcript out-file tee-object set-item new-item tee',
  'shows ': `get-content select-string format-hex cat type more less notepad vi nano head tail sort uniq zcat diff
    cut tr jq base64 xxd od strings nl grep findstr awk sed
    openssl-rsa openssl-ec openssl-pkey openssl-pkcs12`,
  'shows kube:secret//': 'etcdctl-get',
  'copies ': 'copy-item compress-archive cp copy xcopy robocopy tar zip',
  'carries ': 'scp rsync curl wget iwr invoke-webrequest invoke-restmethod',
  'stops service': `stop-service suspend-service stop-process set-service taskkill kill pkill killall net-stop sc-stop
    sc-config systemctl-stop systemctl-disable systemctl-mask systemctl-kill service-stop`,
  'restarts service': 'restart-service systemctl-restart',
  'removes service': 'sc-delete',
  'stops group': 'stop-clustergroup stop-clusterresource',
  'removes group': 'remove-clustergroup remove-clusterresource',
  'stops service:clussvc': 'stop-cluster stop-clusternode',
  'removes service:clussvc': 'remove-cluster remove-clusternode',
  'stops container:': 'crictl-stop crictl-stopp crictl-rm crictl-rmp docker-stop docker-kill docker-rm',
  'reboots machine:': `restart-computer stop-computer restart-vm stop-vm suspend-vm save-vm shutdown reboot poweroff
    halt systemctl-reboot systemctl-poweroff`,
  'removes machine:': 'remove-vm',
  'removes cluster:': 'remove-akshcicluster',
  'removes /etc/kubernetes': 'kubeadm-reset',
  'removes host:restart': 'restart-akshci reinstall-akshci',
  'removes host:uninstall': 'uninstall-akshci',
};

interface Verb {
  effect: ObjectEffect;
  kind: string;
}

const BY_VERB = new Map(
  Object.entries(VERBS).flatMap(([key, verbs]) => {
    const [effect, kind = ''] = key.split(' ', 2) as [ObjectEffect, string];
    return splitNames(verbs).map((verb): [string, Verb] => [verb, { effect, kind }]);
  }),
);

const CODES: Readonly<Record<ObjectEffect, CommandProblemCode>> = {
  removes: 'removes',
  overwrites: 'removes',
  replaces: 'removes',
  shows: 'shows',
  copies: 'copies-away',
  carries: 'copies-away',
  stops: 'switches-off',
  restarts: 'switches-off',
  reboots: 'reboot',
};

/** Words before a command of `sh` that do not change its effect. */
const PREFIX =
  /^(?:sudo|env|nohup|time|exec|command|nice|timeout|xargs|chroot|\/host|do|then|else|if|while|until|!|[{}]|\w+=.*|-\S+|\d+[smh]?|root)$/u;
/** Commands that run their argument as PowerShell. Options and the name of PowerShell may precede the code. */
const RUNNERS = /^(?:powershell|pwsh|invoke-expression|iex|start-process|start|saps)$/u;
const RUNNER_OPTIONS =
  /^(?:-(?:a\w*|filep\w*|no\w*|c|command|wait|verb\s+runas|(?:ex\w*|ep|w\w*|v\w*)\s+\S+)\s+|(?:powershell|pwsh)(?:\.exe)?\s+)*/iu;
/** Commands that list all objects of a kind, and words that choose some of them. */
const EVERY =
  /\bget-(?:clusternode|vm|akshcicluster|clustergroup)\b(?!\s+(?:-\w+\s+)?['"\w])|\bget\s+(?:csr|certificatesigningrequests?|no(?:des?)?|po(?:ds?)?)\b|\bps\b[^|)]*\s-a?q|\s(?:\*|--all)(?=\s|$)|\bcrictl\s+rmp?\s+(?:-\w+\s+)*-\w*a/iu;
const CHOICE = /\bwhere(?:-object)?\b|\?\s*\{|\b(?:grep|awk|first|selector)\b|--name|\[0\]/iu;

/** .NET methods that change something or read a file. */
const METHOD = /(?:\.|::)(?:delete|kill|stop|start|move|copy|write|readall|append|invoke|change|terminate)\w*\(/iu;
/** Values that are known only when the line runs. */
const UNKNOWN = /\$(?!env:|home\b|null\b|true\b|false\b)[\w({]|^\(|`/iu;
/** Matches the current folder, everything in it, and names with a wildcard in a folder or with a set of letters. */
const OPEN = /^(?:\.[\\/])?(?:\*|\.{1,2}$)|\[|[*?].*[\\/]./u;
/** Later commands that write the output to a file, and later commands that process it without printing it. */
const WRITES = /\|\s*(?:set-content|add-content|out-file|export-\w+)\b|(?<![-=])>/iu;
const USES = /\|\s*(?:out-null|measure-object)/iu;
/** Text after a configuration cmdlet that makes it print the token in the configuration. */
const PRINTS = /\.identity\b|\|\s*(?:conv|exp|fo|fl|out-[fs]|set-c)/iu;

const MOST_HARMFUL = /^(?:removes|stops)/u;
/** Search patterns that may find secrets in a file, options that print further lines, and options that print none. */
const SECRET = /key|token|secret|private|identity|data|cert|user|client|begin|passw|^\W*$|^.{0,2}$/iu;
const FURTHER = {
  grep: /\s-\w*[vABCf]|\s--(?:invert|after|before|context|file|regexp)/u,
  findstr: /\s\/[vg]\b/iu,
  'select-string': /\s-(?:notm|co)/iu,
};
const SILENT = { grep: /\s-\w*[cqlL]/u, findstr: /\s\/m\b/iu, 'select-string': /\s-q/iu };

/** Commands that prevent the start of a service. */
const DISABLES = /^(?:(?:set|new)-itemproperty|reg add)(?=.*\sstart\s).*\s(?:0x)?4(?:\s|$)/iu;
/** Options and programs of `sed` that only select, delete and replace text. */
const SED_STEP = String.raw`(?:[\d$,!·]|/[^/]*/)*(?:[dpq=]|s(?:/[^/]*/[^/]*/|\|[^|]*\|[^|]*\||#[^#]*#[^#]*#)[gpI\d]*)`;
const SED_PROGRAM = String.raw`${SED_STEP}(?:·*;+${SED_STEP})*[·;]*`;
const SED_OPTION = String.raw`-(?:[nErsz]*i?|-(?:in-p|quiet|silent|regexp-e)\S*)`;
/** Arguments with which a program that otherwise only shows changes something, runs code or writes a file. */
const CHANGES = new Map([
  ['arp', /\s[-/][ds]\b/u],
  [
    'awk',
    // A quote in a regular expression or comment may hide where a string ends.
    /\s-[^\WFve]*[-dDEfilopW]|\bsystem[·;\\]*\(|getline|@|\bprintf?\b(?:"(?:\\.|[^"\\])*"|[^"])*(?:(?<!\|)\|(?!\|)|>(?!·*[\d=]))|(?:[^\w)\]."]|printf?)[/#][^/"\s]*"\S*[|>]/u,
  ],
  ['date', /\s(?:-[uR]*s|--set|\d)/u],
  ['dmesg', /\s-(?:\w*[CDEcn]|-(?:read-)?clear)/u],
  ['hostname', /\s[^-]/u],
  // Words may be shortened: `ip addr s` shows, but `ip link s` sets.
  [
    'ip',
    /^ip(?!(?:\s-(?:br\w*|f(?:a\w*)?\s\w+|[^\sbfn]\S*))*(?:\s\w+(?:\s(?:(?<!\s[lt]\w*\s)s|sh\w*|ls?|lis\w*|lst|g|get|id\w*|pids)(?:\s.*)?)?)?$)/u,
  ],
  ['ipconfig', /\/rel/iu],
  ['journalctl', /\s--(?:flush|rotate|setup|vacuum)/u],
  ['mount', /\s/u],
  ['net', /\/f/iu],
  [
    'sed',
    new RegExp(
      String.raw`^sed(?!(?:\s${SED_OPTION}(?:\s?\.\w+)?)*\s(?:-[nErsz]*e\s)?${SED_PROGRAM}(?:\s(?:-e\s${SED_PROGRAM}|${SED_OPTION}|[^-\s]\S*))*$)`,
      'u',
    ),
  ],
  ['sort', /\s--comp/u],
  ['start-clusternode', /\s-f/iu],
  ['ss', /\s-(?:\w*K|-kill)/u],
  ['tar', /^tar\s\w*[FIP]|\s(?:-\w*[FIP]|--(?:to-c|checkpoint-a|use-c|rsh|remove|info-s|new-v|abs))/u],
  ['timedatectl', /\sset/u],
  ['w32tm', /\/(?:un|de)/iu],
]);
/** Kinds that neither belong to a workload nor are in the table of objects. */
const FOREIGN_KIND =
  /^kube:(?!(?:all|cj|cm|configmap|(?:cron)?job|csr|c\w+request|deployment|endpoint|ep|event|hpa|ing(?:res\w*)?|namespace|netpol|node|pdb|pod|pvc|persistentvolumeclaim|renewrevocation|rs|sa|secret|service(?:account)?|\w+set|svc)\/)/u;
/** The largest number of nested shells through which a command is followed. */
export const DEEPEST = 8;

const NOWHERE: Part = { at: 0, raw: '' };

interface Line extends Pick<NamedCommand, 'lead' | 'tail' | 'isValue'> {
  words: readonly string[];
  /** The words of the line that contains the command. */
  source: readonly Word[];
  shell: Shell;
  piped: readonly string[];
  targets: readonly string[];
}

/** Returns whether PowerShell commands with this name are judged by their effect. */
export function hasEffect(name: string): boolean {
  return BY_VERB.has(name) || RUNNERS.test(name) || /^(?:cmd|sh|bash|find|reg-add)$/u.test(name);
}

export class EffectJudge {
  readonly hazards: Hazard[] = [];
  /** Parts of the line with an unknown effect. */
  readonly unjudged: Part[] = [];
  /** Judges a text that PowerShell runs. */
  readonly #nested: (text: string, part: Part) => void;
  /** The current folder: empty in the root, and `undefined` if it is unknown. */
  #folder: string | undefined;
  #depth = 0;

  constructor(nested: (text: string, part: Part) => void) {
    this.#nested = nested;
  }

  /** Judges .NET methods, and commands whose name is an expression. */
  judgeWords(words: readonly Word[], isCalled: boolean): void {
    const [first] = words;
    this.unjudged.push(...words.filter(({ raw, isQuoted }) => !isQuoted && METHOD.test(raw)));
    if (isCalled && first?.isExpression === true && !first.raw.startsWith('{')) this.unjudged.push(first);
  }

  judge({ name, words, piped, isKnown, ...context }: NamedCommand): void {
    const shell = words[0]?.value === 'sudo' ? 'sh' : 'powershell';
    const [program = ''] = name.split(' ', 1);
    const isCmdlet = shell === 'powershell' && program.includes('-');
    const isJoined = shell === 'sh' || program === 'kubectl' || program === 'ssh';
    // The line was read as PowerShell, where a backtick and no backslash is an escape.
    if (shell === 'sh') this.unjudged.push(...words.filter(({ raw }) => /`|\\(?:["']|$)/u.test(raw)));
    // A cmdlet never reads a quoted word as a parameter.
    const values = isJoined
      ? joinLists(words)
      : words.map(({ value, isQuoted }) => (isCmdlet && isQuoted && value.startsWith('-') ? `./${value}` : value));
    if (shell === 'powershell') values[0] = program;
    const targets = name === '' ? words.map(({ value }) => value) : [];
    const before = piped.flatMap((each) => each.words.slice(1).map(({ value }) => value));
    this.#judge({ ...context, words: values, source: words, shell, piped: before, targets }, isKnown);
  }

  #judge(line: Line, isKnown = false): void {
    const { shell, targets, tail } = line;
    let { words } = line;
    while (shell === 'sh' && PREFIX.test(words[0] ?? '')) words = words.slice(/^-\w*I$/u.test(words[0] ?? '') ? 2 : 1);
    const mark = shell === 'sh' ? findMark(line.words) : undefined;
    if (mark !== undefined) words = fillPlaces(words, line.piped, mark);
    const [first = '', ...rest] = words;
    for (const target of targets) this.#touch(line, 'overwrites', this.#path(target), false, target);
    if (first === '') {
      // `sudo -i` starts a shell.
      if (line.words.includes('sudo')) this.#doubt(line, line.words.join(' '));
      return;
    }
    const name = (first.split('/').at(-1) ?? '').replace(/\.exe$|^[efz](?=grep$)/giu, '').toLowerCase();
    if (/^(?:cd|pushd|set-location|push-location)$/u.test(name)) this.#folder = this.#path(rest.at(-1) ?? '~');
    for (const file of findWritten(rest, name)) {
      const path = this.#path(file);
      // The names in an archive are unknown.
      if (path === '' && file !== '') this.#doubt(line, file);
      else if (/[^~/*]/u.test(path)) this.#touch(line, 'replaces', path, false, file);
    }
    const inner = findInner(name, rest);
    if (RUNNERS.test(name)) {
      const text = rest.join(' ').replace(RUNNER_OPTIONS, '');
      // Without code in the line, the runner reads it from the pipe.
      if (UNKNOWN.test(text) || /^-(?:[ef]|$)|^$/iu.test(text)) this.#doubt(line, rest.join(' '));
      else this.#nested(text, this.#find(line, ''));
    } else if (inner !== undefined) {
      if (inner.text === undefined) this.#doubt(line, rest.join(' '));
      else this.#judgeShell(line, inner.text, inner.shell);
      if (inner.text === '' && line.piped.length > 0) this.#doubt(line, first);
    } else if (name === 'kubectl') this.#judgeKubectl(line, rest);
    else {
      const names = effectNames(name, rest);
      const text = [name, ...rest].join(' ');
      // A blank or line end in a word is not the end of the word.
      const plain = [name, ...rest.map((word) => word.replaceAll(/[\r\n]+/gu, ';').replaceAll(/\s/gu, '·'))].join(' ');
      if (CHANGES.get(name)?.test(plain) === true) this.#doubt(line, first);
      const verb: Verb | undefined = DISABLES.test(text)
        ? { effect: 'stops', kind: 'service' }
        : (BY_VERB.get(names[1] ?? '') ?? BY_VERB.get(name.replace(/^export-.*/u, 'out-file')));
      // Programs read text from the pipe, and cmdlets objects such as files.
      const takesFiles =
        shell === 'powershell' ? name.includes('-') : mark === undefined && line.words.includes('xargs');
      if (verb !== undefined) this.#act({ ...line, words, piped: takesFiles ? line.piped : [] }, name, verb);
      else if (name === 'invoke-command' && rest.some((word) => /^-filep/iu.test(word))) this.#doubt(line, '');
      else if (/^get-(?:akshci|kva)config$/u.test(name)) {
        if (!line.isValue && PRINTS.test(tail)) this.#touch(line, 'shows', '.identity');
      } else if (shell === 'sh' && /^(?:ch(?:own|mod|grp)|touch)$/u.test(name)) {
        const object = rest.find((word) => findProtected(this.#path(word), 'removes')?.severity === 'error');
        if (object !== undefined) this.#doubt(line, object);
      } else if (!isKnown && !names.some((each) => isHarmlessCommand(each, shell !== 'powershell')))
        this.#doubt(line, first);
    }
  }

  #judgeShell(line: Line, text: string, shell: Shell): void {
    const folder = this.#folder;
    this.#folder = shell === 'sh' ? '~' : undefined;
    this.#depth += 1;
    if (this.#depth > DEEPEST) this.#doubt(line, text);
    else {
      // Other shells split a line as PowerShell does, except for escapes.
      const { commands, faults } = readCommandLine(shell === 'sh' ? translateShell(text) : text);
      for (const { words, piped, targets } of commands)
        this.#judge({
          ...{ ...line, shell, isValue: false, targets: targets.map(({ value }) => value) },
          words: shell === 'sh' ? joinLists(words) : words.map(({ value }) => value),
          piped: piped.flatMap((each) => each.words.slice(1).map(({ value }) => value)),
        });
      if (faults.some(({ code }) => code === 'unbalanced-quote')) this.#doubt(line, text);
    }
    this.#depth -= 1;
    this.#folder = folder;
  }

  #act(line: Line, name: string, { effect, kind }: Verb): void {
    const { words, shell, lead, tail, piped } = line;
    const text = words.join(' ');
    const isStored = WRITES.test(tail);
    if (shell === 'powershell' && /\s-(?:whatif|wi)\b(?!:?\s?\$false)/iu.test(text)) return;
    if (/^(?:set-service|sc)$/u.test(name) && /config|^set/u.test(text) && !/disabled|stopped|paused/iu.test(text))
      return;
    // A folder, which `mkdir` makes, replaces nothing.
    if (name === 'new-item' && (/^(?:mk|md)/iu.test(line.source[0]?.raw ?? '') || !/^(?!.*\sdir).*\s-f/iu.test(text)))
      return;
    if (effect === 'shows' && !isStored && (line.isValue || USES.test(tail))) return;
    if (effect === 'shows' && /\s-(?:noout|pubout|-keys-only|-count-only)\b/iu.test(text) && !/\s-text\b/u.test(text))
      return;
    if (name === 'grep' || name === 'findstr' || name === 'select-string') {
      const finds = SECRET.test(findPattern(words)) || FURTHER[name].test(text);
      if (!finds || SILENT[name].test(text)) return;
    }
    const every = `${lead} ${piped.join(' ')} ${text}`;
    const isEvery = kind !== '' && EVERY.test(every) && !CHOICE.test(every);
    if (/[:/]/u.test(kind)) {
      this.#touch(line, effect, kind === 'cluster:' && isEvery ? 'cluster:*' : kind, isEvery);
      return;
    }
    const { operands, destination } = splitOperands(words, shell, name);
    if (/\s\/(?:mir|purge|move?)\b/iu.test(text))
      this.#touch(line, 'removes', this.#path(destination ?? ''), false, destination);
    if (destination !== undefined)
      for (const source of operands.map((each) => this.#path(each))) {
        const place = findReplaced(source, this.#path(destination));
        const object = place === undefined ? undefined : findProtected(place, 'replaces');
        if (place === undefined || object === undefined) continue;
        // Another copy of the same object replaces nothing.
        if (object.isFixed || object.id !== findProtected(source, 'replaces')?.id)
          this.#touch(line, 'replaces', place, false, destination);
      }
    const change = this.#realEffect(effect, name, text, { operands, destination, isStored });
    // `xargs` adds words to the arguments of a program.
    const hasObjects = shell !== 'sh' && (operands.length > 0 || effect === 'overwrites');
    const all = hasObjects ? operands : [...operands, ...piped];
    if (all.length === 0 && isEvery) this.#touch(line, effect, 'container:', true);
    else if (all.length === 0 && MOST_HARMFUL.test(effect)) this.#doubt(line, words[0] ?? '');
    for (const operand of all) {
      const isUnknown = UNKNOWN.test(operand);
      const isFound = [
        operand,
        ...(isUnknown ? lead.split(/[\s"'()]+/u).filter((word) => /[\\/]/u.test(word)) : []),
      ].some((each) => {
        // The registry key of a service ends with its name; systemd adds an ending.
        const own = each.replace(/^hk.*\\|\.(?:exe|service)$/giu, '').toLowerCase();
        const object = kind === '' ? this.#path(each) : `${kind}:${own}`;
        const folder = folderName(object);
        const isBeside = change === 'copies' && folder !== '' && folder === folderName(this.#path(destination ?? ''));
        return isBeside || this.#touch(line, change, object, isEvery, each);
      });
      const isOpen = isUnknown || kind === 'group' || operand.length > LONGEST_NAME || OPEN.test(operand);
      if (!isFound && isOpen && MOST_HARMFUL.test(effect)) this.#doubt(line, operand);
    }
  }

  /** Returns the effect that a command has with these arguments. */
  #realEffect(
    effect: ObjectEffect,
    name: string,
    text: string,
    {
      operands,
      destination,
      isStored,
    }: { operands: readonly string[]; destination: string | undefined; isStored: boolean },
  ): ObjectEffect {
    if (effect === 'shows')
      return isStored ? 'copies' : name === 'sed' && /\s-(?:\w*i|-in)/u.test(text) ? 'overwrites' : effect;
    if (destination === undefined) return effect;
    if (/^[\\/]{2}/u.test(destination)) return 'carries';
    return effect === 'carries' && !operands.some((word) => /^[^\s/\\]{2,}:/u.test(word)) ? 'copies' : effect;
  }

  #judgeKubectl(line: Line, words: readonly string[]): void {
    const { bare, options } = splitKubectl(words);
    const [verb = '', ...rest] = bare;
    const before = `${line.lead} ${line.piped.join(' ')}`;
    const isEvery = options.has('all') || options.has('l') || (EVERY.test(before) && !CHOICE.test(before));
    const space = options.has('A') ? '*' : (options.get('n') ?? '');
    const { length } = this.hazards;
    const touch = (effect: ObjectEffect, names: readonly string[]): void => {
      if ((options.get('dry-run') ?? 'none') !== 'none') return;
      for (const name of names) this.#touch(line, effect, name, isEvery, rest.at(-1));
      const doubtful = effect === 'shows' ? rest.slice(0, 1) : [...rest, space, ...names];
      if (this.hazards.length === length && doubtful.some((word) => UNKNOWN.test(word) || FOREIGN_KIND.test(word)))
        this.#doubt(line, words.join(' '));
    };
    const objects = kubernetesNames(rest, space, isEvery);
    const [isFile, raw = '/'] = [options.has('f'), options.get('raw')];
    const isSeen = !line.isValue && !USES.test(line.tail);
    const isPrinted = verb === 'get' && isSeen && !isOpenOutput(options.get('o') ?? '');
    if (verb === 'delete' && rest.length > 0 && !isFile) touch('removes', objects);
    else if (verb === 'scale' && options.get('replicas') === '0') touch('stops', objects);
    else if (/^(?:drain|cordon|certificate)$/u.test(verb)) touch('stops', ['kube:csr//']);
    else if (verb === 'edit' || isPrinted) touch('shows', objects);
    else if (verb === 'config' && options.has('raw')) touch('shows', ['~/.kube/config']);
    else if (isSeen && /\/secrets\b/u.test(raw)) touch('shows', ['kube:secret//']);
    else if (verb === 'cp') {
      const [from = '', to = ''] = rest.map((word) => this.#path(word));
      touch('carries', [from]);
      touch('replaces', [to]);
    }
    const isOpen =
      (verb === 'delete' && (isFile || rest.length === 0)) ||
      (verb === 'get' && ((isFile && isPrinted) || !/^(?!.*\/proxy)[-\w/.?=&]+$/u.test(raw))) ||
      (verb === 'apply' && ['prune', 'force'].some((each) => (options.get(each) ?? 'false') !== 'false')) ||
      // The documented end of a revocation is the only known edit.
      (verb === 'edit' && !objects.every((name) => name.startsWith('kube:renewrevocation'))) ||
      /^(?:apply [esv]|rollout undo|config (?:unset|delete-))/u.test(bare.join(' ')) ||
      (commandNamed(`kubectl ${verb}`) === undefined && !isHarmlessCommand(`kubectl-${verb}`));
    if (isOpen && this.hazards.length === length) this.#doubt(line, words.join(' '));
  }

  /** Reports an effect on a protected object. Returns whether the name matches one. */
  #touch(line: Line, effect: ObjectEffect, name: string, isEvery = false, text = ''): boolean {
    const found = findProtected(name, effect);
    if (found === undefined) return false;
    const { id, removal, sources } = found;
    const severity = found.severity === 'notice' && /[*?]/u.test(name) ? 'warning' : found.severity;
    const part = this.#find(line, text);
    const tell = (code: CommandProblemCode, own: Omit<Hazard, 'code' | 'part'>): void => {
      const at = this.hazards.findIndex((each) => each.code === code && each.part.at === part.at);
      const earlier = this.hazards[at];
      if (earlier === undefined) this.hazards.push({ code, part, ...own });
      else if (compareSeverity(earlier, own) > 0) this.hazards[at] = { code, part, ...own };
    };
    if (isEvery && severity !== 'error' && /^re|^stops/u.test(effect))
      tell('all-at-once', { severity: 'warning', citations: [EVERY_CONTROL_PLANE, ...sources] });
    if (severity !== undefined) {
      const code = CODES[effect];
      const params = { object: `command.object.${id}` };
      const ending = effect === 'removes' && removal !== undefined ? removal : severity === 'error' ? '' : 'known';
      const key = [`command.problem.${effect === 'removes' ? 'removes' : 'overwrites'}`, ending].join(ending && '-');
      tell(code, { severity, params, citations: sources, ...(code === 'removes' && { text: key }) });
    }
    return true;
  }

  /** Records an unknown effect, at most once for each word of the line. */
  #doubt(line: Line, text: string): void {
    const part = this.#find(line, text);
    const { at, raw } = line.source.find((word) => word.at <= part.at && part.at < word.at + word.raw.length) ?? part;
    if (!this.unjudged.some((each) => each.at >= at && each.at < at + raw.length)) this.unjudged.push(part);
  }

  /** Returns the place of a text, or of the whole command. */
  #find({ source }: Line, text: string): Part {
    const word = source.find(({ raw }) => text !== '' && raw.includes(text));
    if (word !== undefined) return { at: word.at + word.raw.indexOf(text), raw: text };
    const [first = NOWHERE] = source;
    return joinParts(first, source.at(-1) ?? first);
  }

  /** Returns a path in the form of the table: lower case, slashes, and `~` for the home folder. */
  #path(text: string): string {
    const path = text
      .replace(/^[\w.-]+@[^:/]+:|^[\w-]+\/?[\w.-]{2,}:(?=\/)/u, '')
      .replaceAll(/["']/gu, '')
      .replaceAll('\\', '/')
      .toLowerCase()
      // `kubectl debug` mounts the file system of the node at `/host`.
      .replace(/^\/host(?=\/|$)/u, '')
      .replace(/^(?:\$env:userprofile|\$home|%userprofile%|c:\/users\/[^/]+|\/root|\/home\/[^/]+)(?=\/|$)/u, '~')
      .replace(/^(?:\$env:systemdrive|%systemdrive%)/u, 'c:')
      .replace(
        /^(?:\$env:|%)(program)(data|files)%?/u,
        (_, one: string, two: string) => `c:/${one}${two === 'data' ? '' : ' '}${two}`,
      )
      .replace(/^\.\//u, '');
    const isWhole = this.#folder === undefined || path === '' || /^(?:[/~$(]|\w+:)/u.test(path);
    return resolvePath(isWhole ? path : `${this.#folder}/${path}`);
  }
}

/** Returns a path without `.`, `..` and final wildcards. */
function resolvePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    const isRoot = parts.length === 1 && /^(?:|\w:)$/u.test(parts[0] ?? '');
    if (part === '..' && parts.length > 1 && parts.at(-1) !== '..') parts.pop();
    else if (parts.length === 0 || !(part === '' || part === '.' || (part === '..' && isRoot))) parts.push(part);
  }
  return parts.join('/').replace(/\/(?:\*|\*\.\*)$/u, '');
}
