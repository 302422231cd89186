import type { Citation } from '../../../shared/citation.ts';
import { ISSUE_146, DOC_KVACTL_FILE, OVERVIEW_CLOUD_AGENT } from '../sources/sources.ts';
import { KNOWN_SIXTY_DAYS, MODULE_FUNCTIONS, POWERSHELL_ENCODING, reference } from '../sources/sources-repair.ts';
import type { Word } from './command-words.ts';
import type { Hazard, NamedCommand } from './command-problem.ts';

const REMOVES_HOST: Readonly<Record<string, readonly Citation[]>> = {
  'restart-akshci': [reference('Restart-AksHci')],
  'reinstall-akshci': [MODULE_FUNCTIONS, reference('Restart-AksHci')],
  'uninstall-akshci': [reference('Uninstall-AksHci')],
};
const REMOVES_HOST_TEXT = /\b(?:restart|reinstall|uninstall)-akshci\b(?!-)/iu;
const REMOVES_ITEM_TEXT = /\b(?:rd|rm|ri|del|erase|rmdir|remove-item)\b/iu;
const SHELLS = ['powershell', 'pwsh', 'invoke-expression', 'iex', 'start-process', 'cmd'];
const REBOOTS = ['restart-computer', 'stop-computer', 'restart-vm', 'stop-vm', 'shutdown'];

/** Matches folders of access files; the documentation only ever deletes single files. */
const ACCESS_FOLDER = /[\\/]\.wssd(?:[\\/]+(?:\*|\w+(?:\.exe)?))?(?:[\\/]+\*?)?["')]*$|[\\/]CloudCfg[\\/]*\*?["')]*$/iu;
const AGENT_FOLDER = new RegExp(
  [
    '[\\\\/]wssdcloudagent(?:[\\\\/"\')]|$)',
    '[\\\\/]programdata[\\\\/]+wssdagent(?:[\\\\/"\')]|$)',
    '\\$env:programdata[\\\\/]+wssdagent(?:[\\\\/"\')]|$)',
    '\\.(?:cloudConfigLocation|nodeConfigLocation|workingDir|accessFileDirPath)\\b',
    '(?<!modules)[\\\\/](?:akshci|work(?:ing)?dir)[\\\\/]*\\*?["\')]*$',
    '[\\\\/]\\.(?:akshci|kva|moc)(?:[\\\\/"\')]|$)',
  ].join('|'),
  'iu',
);

export function findHazards(commands: readonly NamedCommand[]): Hazard[] {
  return commands.flatMap((command, at) => [
    ...removals(command, commands.slice(0, at)),
    ...reboots(command),
    ...downtime(command),
    ...encodings(command, commands.slice(at + 1)),
  ]);
}

function removals(command: NamedCommand, before: readonly NamedCommand[]): Hazard[] {
  const { name, first, rest, piped } = command;
  const folded = name.toLowerCase();
  const sources = REMOVES_HOST[folded];
  if (sources !== undefined)
    return [{ code: 'removes-host', severity: 'error', part: first, params: { name }, citations: sources }];
  if (SHELLS.includes(folded)) return shellRemovals(command);
  if (folded === 'remove-akshcicluster') {
    const citations = [reference('Remove-AksHciCluster')];
    const isOfAll = rest.some(({ value }) => /\(\s*Get-AksHciCluster\s*\)/iu.test(value));
    const isEvery =
      (isOfAll || before.some(listsEveryCluster)) && !before.some(({ name: other }) => other === 'Where-Object');
    return isEvery
      ? [{ code: 'removes-every-cluster', severity: 'error', part: first, params: { name }, citations }]
      : [{ code: 'removes-cluster', severity: 'warning', part: first, params: { name }, citations }];
  }
  return folded === 'remove-item' ? [...piped.flatMap(({ words }) => words), ...rest].flatMap(folderHazard) : [];
}

function shellRemovals({ rest }: NamedCommand): Hazard[] {
  return rest.flatMap((word): Hazard[] => {
    const [inner = ''] = REMOVES_HOST_TEXT.exec(word.value) ?? [];
    const citations = REMOVES_HOST[inner.toLowerCase()];
    if (citations !== undefined)
      return [{ code: 'removes-host', severity: 'error', part: word, params: { name: inner }, citations }];
    return REMOVES_ITEM_TEXT.test(word.value) ? folderHazard(word) : [];
  });
}

function listsEveryCluster({ name, rest }: NamedCommand): boolean {
  return name === 'Get-AksHciCluster' && !rest.some(({ value }) => /^-n/iu.test(value));
}

function folderHazard(word: Word): Hazard[] {
  const { raw } = word;
  if (AGENT_FOLDER.test(raw))
    return [
      {
        code: 'removes-agent-folder',
        severity: 'error',
        part: word,
        citations: [OVERVIEW_CLOUD_AGENT, reference('Set-AksHciConfig')],
      },
    ];
  return ACCESS_FOLDER.test(raw) && !/cloudconfig["')]*$/iu.test(raw)
    ? [{ code: 'removes-folder', severity: 'warning', part: word, citations: [ISSUE_146, DOC_KVACTL_FILE] }]
    : [];
}

function reboots({ name, first }: NamedCommand): Hazard[] {
  return REBOOTS.includes(name.toLowerCase())
    ? [{ code: 'reboot', severity: 'warning', part: first, citations: [KNOWN_SIXTY_DAYS] }]
    : [];
}

function downtime({ name, first }: NamedCommand): Hazard[] {
  return name === 'Invoke-AksHciRotateCACertificate'
    ? [{ code: 'downtime', severity: 'notice', part: first, params: { name }, citations: [reference(name)] }]
    : [];
}

/** Finds files in a Windows encoding that are copied to a node, and login files, which are usually copied later. */
function encodings({ name, first, rest, target, piped }: NamedCommand, later: readonly NamedCommand[]): Hazard[] {
  const folded = name.toLowerCase();
  const isAnsi = folded === 'set-content' || folded === 'add-content';
  const isFile = isAnsi || folded === 'out-file';
  const file = target ?? (isFile ? outputFile(rest) : undefined);
  const stated = rest[rest.findIndex(({ value }) => /^-enc/iu.test(value)) + 1];
  const encoding = isFile && stated !== rest[0] ? stated?.value : undefined;
  if (file === undefined || (encoding !== undefined && !/unicode$/iu.test(encoding))) return [];
  const isCopied = later.some(
    (copy) => copy.name === 'scp' && copy.rest.some(({ value }) => baseName(value) === baseName(file.value)),
  );
  const isLogin =
    name === 'mocctl security identity rotate' || piped.some(({ words: [word] }) => /mocctl/iu.test(word?.value ?? ''));
  if (isAnsi && target === null && encoding === undefined)
    return isCopied ? [{ code: 'ansi-output', severity: 'notice', part: first, citations: [POWERSHELL_ENCODING] }] : [];
  if (!isCopied && !isLogin) return [];
  const severity = isCopied ? 'warning' : 'notice';
  return [{ code: 'utf-16-output', severity, part: first, citations: [POWERSHELL_ENCODING] }];
}

function outputFile(words: readonly Word[]): Word | undefined {
  const named = words.findIndex(({ value }) => /^-(?:file|path|lit)/iu.test(value));
  return named < 0 ? words.find(({ value }) => !value.startsWith('-')) : words[named + 1];
}

function baseName(path: string): string {
  return (
    path
      .split(/[\\/:]/u)
      .at(-1)
      ?.toLowerCase() ?? ''
  );
}
