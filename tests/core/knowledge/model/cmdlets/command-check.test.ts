import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHECK_IDS, CHECKS } from '../../../../../core/knowledge/model/checks.ts';
import { commandNamed, COMMANDS } from '../../../../../core/knowledge/model/cmdlets/cmdlets.ts';
import { MODULE_CMDLETS, OTHER_CMDLETS } from '../../../../../core/knowledge/model/cmdlets/cmdlets-by-name.ts';
import { COMMAND_ALIASES } from '../../../../../core/knowledge/model/cmdlets/cmdlets-tools.ts';
import { FAILURES } from '../../../../../core/knowledge/model/failures/failures.ts';
import { ROLES } from '../../../../../core/knowledge/model/credentials/roles.ts';
import type { RoleFacts } from '../../../../../core/knowledge/model/credentials/credentials.ts';
import { checkCommand } from '../../../../../core/knowledge/model/cmdlets/command-check.ts';
import { COMMAND_PROBLEM_CODES } from '../../../../../core/knowledge/model/cmdlets/command-problem.ts';
import { editDistance, nearest } from '../../../../../core/knowledge/model/edit-distance.ts';
import { LANGUAGES } from '../../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../../support/catalogues.ts';
import { fillCommand, listCommands, formatCall } from '../../../../support/commands.ts';

/** Returns the severity, code and suggestion of every problem, in the order in which the problems occur in the line. */
function listProblems(line: string, build?: string): string[] {
  const { problems } = checkCommand(line, build === undefined ? {} : { build });
  return problems.map(({ code, severity, suggestion }) => `${severity} ${code}: ${suggestion}`);
}

function applySuggestions(line: string): string {
  const { problems } = checkCommand(line);
  return [...problems]
    .sort((one, other) => other.at - one.at)
    .reduce(
      (text, { at, length, suggestion }) =>
        suggestion === null ? text : text.slice(0, at) + suggestion + text.slice(at + length),
      line,
    );
}

describe('the cmdlet catalogue', () => {
  test('contains every command once, and finds commands regardless of case', () => {
    expect(new Set(COMMANDS.map(({ name }) => name.toLowerCase())).size).toBe(COMMANDS.length);
    for (const command of COMMANDS) {
      expect(commandNamed(command.name.toUpperCase())).toBe(command);
      expect(OTHER_CMDLETS).not.toContain(command.name);
    }
    for (const [alias, name] of Object.entries(COMMAND_ALIASES)) expect(commandNamed(alias)?.name).toBe(name);
  });

  test('names only existing successors, and only existing commands and parameters of other layers', () => {
    for (const { deprecated, otherLayer } of COMMANDS) {
      if (deprecated !== undefined) {
        const successor = commandNamed(deprecated.successor);
        expect(successor?.since).toEqual(deprecated.since);
        expect(successor?.deprecated).toBeUndefined();
      }
      if (otherLayer === undefined) continue;
      const known = commandNamed(otherLayer.command)?.syntaxes.flatMap(({ parameters }) =>
        parameters.map(({ name }) => name),
      );
      for (const parameter of otherLayer.parameters) expect(known).toContain(parameter);
    }
  });

  test('names every parameter once: without a hyphen for a cmdlet, and with one for a program', () => {
    for (const { name, syntaxes } of COMMANDS)
      for (const { parameters } of syntaxes) {
        expect(new Set(parameters.map((each) => each.name.toLowerCase())).size).toBe(parameters.length);
        for (const parameter of parameters)
          expect(parameter.name.startsWith('-')).toBe(!/^[A-Z][A-Za-z]+-/u.test(name));
      }
  });
});

/** Commands for normal use: neither deprecated nor destructive. */
const USABLE = COMMANDS.filter(
  ({ deprecated, risk, module }) => deprecated === undefined && !(risk === 'loses' && module === 'AksHci'),
);
/** Update-AksHciClusterCertificates requires at least one of these parameters, which determine what it does. */
const FIXES = ['fixCloudCredentials', 'fixKubeletCredentials'];

/** Returns whether the line passes, or fails only because it does not name what it stops or removes. */
function isAccepted(line: string): boolean {
  const { ok, problems } = checkCommand(line);
  return ok || problems.every(({ code }) => code === 'not-judged');
}

describe('a correct command is accepted', () => {
  test('in every syntax of every command in the catalogue, with and without optional parts', () => {
    const refused = USABLE.flatMap((command) =>
      command.syntaxes.flatMap((syntax) =>
        [() => false, () => true].flatMap((has) => {
          // The parameter `insecure` is not for production and causes a problem.
          const line = formatCall(
            command,
            syntax,
            ({ name }) => FIXES.includes(name) || (has() && name !== 'insecure'),
          );
          return isAccepted(line) && checkCommand(line).commands[0] === command
            ? []
            : [`${line}: ${listProblems(line).join('; ')}`];
        }),
      ),
    );
    expect(refused).toEqual([]);
  });

  test('in upper or lower case, and with any combination of optional parameters', () => {
    const ways = USABLE.flatMap((command) => command.syntaxes.map((syntax) => ({ command, syntax })));
    fc.assert(
      fc.property(fc.constantFrom(...ways), fc.infiniteStream(fc.boolean()), ({ command, syntax }, has) => {
        const line = formatCall(
          command,
          syntax,
          ({ name }) => FIXES.includes(name) || (name !== 'insecure' && has.next().value === true),
        );
        const isProgram = command.name.includes(' ');
        expect(isAccepted(isProgram ? line : line.toLowerCase())).toBe(true);
      }),
    );
  });

  test('in every remedy and check, which use only commands in the catalogue', () => {
    const refused = listCommands().flatMap((command) => {
      const { ok, commands } = checkCommand(fillCommand(command));
      return ok && commands.length > 0 ? [] : [`${command}: ${listProblems(command).join('; ')}`];
    });
    expect(refused).toEqual([]);
  });

  test('in the remedies of the catalogue of credentials', () => {
    const roles: RoleFacts[] = Object.values(ROLES);
    for (const command of roles.flatMap(({ remedies }) => remedies.map((each) => each.command)))
      expect(listProblems(fillCommand(command)).filter((each) => !each.startsWith('notice'))).toEqual([]);
  });

  test.each([
    'PS C:\\Users\\admin> Update-AksHciCertificates -force -Verbose -ErrorAction Stop',
    '$version = Get-AksHciVersion; $version',
    'Get-AksHciCredential -name "retail-east" -adAuth:$true',
    "Get-AksHciCredential -name east -configPath 'C:\\o''neil'",
    'Get-AksHciCredential -name "retail-east" -configPath .\\new -Confirm:$false',
    'Get-AksHciCredential @parameters',
    'Update-AksHciClusterCertificates @parameters -fixCloudCredentials',
    'Update-AksHciCluster -name a -kubernetesVersion v1.24.9 -operatingSystem',
    'Get-MocNode -location MocLocation',
    'Get-AksHciVersion > version.txt',
    'Get-AksHciVersion 2>&1 | Out-File version.txt',
    '<# Update-AksHciCertificats #> Get-AksHciVersion',
    'Set-AksHciConfig -workingDir C:\\w -createAutoConfigContainers $false -offlineDownload -offsiteTransferCompleted -mode full -stagingShare D:\\s -macPoolStart 02:00 -macPoolEnd 02:ff -concurrentDownloads 4 -skipUpdates -forceDnsReplication',
    'Set-AksHciConfig -workingDir c:\\w -cloudConfigLocation c:\\c -proxySetting $proxySettings -vnet $vnet -cloudservicecidr "172.16.10.10/16"',
    'New-AksHciCluster -name mycluster -nodePoolName nodepool1 -nodeCount 1 -nodeVmSize Standard_K8S3_v1 -osType Windows -osSku Windows2022',
    'New-AksHciCluster -name mycluster -enableAutoScaler $true -autoScalerProfileName profile',
    'Update-AksHciCluster -name retail-east `\n  -operatingSystem',
    'Get-AksHciCluster | Where-Object { $_.Name -eq "retail-east" }',
    '& "C:\\Program Files\\AksHci\\mocctl.exe" security login --loginpath .\\login.yaml --identity',
    'Get-AksHciCredential -name east -ea Stop -wa Continue -infa Ignore -ev +errors -wv w -iv i -ov o -ob 5 -pv p -vb -db',
    'Get-AksHciCredential -name east -InformationAction:Stop -Verb -ErrorA SilentlyContinue -WarningAction 1',
    'Get-AksHciCredential -name east @parameters > file.txt',
    'Get-AksHciCredential > file.txt -name east 2>&1',
    'Get-AksHciCredential *>> all.txt -name east --',
    'Get-AksHciCredential -name: east -adAuth: $true',
    'Get-AksHciCredential -name east -?',
    'New-MocIdentity -name a -validityDays "60" -location b -outfile c',
    'New-MocIdentity -name a -validityDays 0x3c -location b -outfile c;# note',
    'Set-AksHciProxySetting -noProxy "" -certFile ca.crt',
    'Set-AksHciConfig -workingDir "C:\\a, b" -vnet $one, $two',
    'Get-AksHciCluster |\n  Out-Null',
    'if ($true) { $x = Get-AksHciVersion } else { $x = $null }',
    'Set-Service wssdagent -StartupType Automatic',
    'Write-Host "done"',
    'New-AksHciCluster -name retail-east',
    '# Update-AksHciCertificates -name x',
    '',
  ])('%s', (line) => {
    expect(checkCommand(line).ok).toBe(true);
  });
});

describe('the steps of remedies', () => {
  const readers = ['reads'];

  test('contain only read-only commands if they have no risk; the commands of checks are all read-only', () => {
    const lines = [
      ...FAILURES.flatMap(({ steps }) =>
        steps.flatMap(({ risk, command }) => (risk === 'none' && command ? [command] : [])),
      ),
      ...CHECK_IDS.map((id) => CHECKS[id].command),
    ];
    for (const line of lines) {
      const { commands } = checkCommand(fillCommand(line));
      // The command that SSH runs on the node is checked separately.
      const remote = /"sudo ([^"]*)"/u.exec(line)?.[1] ?? '';
      expect(remote === '' || /^(?:ls|openssl x509|crictl ps)\b/u.test(remote), line).toBe(true);
      for (const { name, risk } of commands) if (name !== 'ssh') expect(readers, `${line}: ${name}`).toContain(risk);
    }
  });
});

describe('published commands that fail', () => {
  test.each([
    [
      'Update-AksHciClusterCertificates  -Name my-workload -cluster -fixKubeletCredentials',
      ['error split-name: my-workload-cluster'],
    ],
    [
      'UpdateAksHciClusterCertificates -name <cluster-name> -fixcloudcredential ',
      [
        'error typo: Update-AksHciClusterCertificates',
        'error placeholder: null',
        'notice abbreviated: -fixCloudCredentials',
      ],
    ],
    [
      'Update-AksHciClusterCertificates –fixkubeletcredentials',
      ['warning typographic-dash: -fixkubeletcredentials', 'error missing-parameter:  -name <cluster>'],
    ],
    ['Remove-Item $env:UserProfile.wssd\\kvactl\\cloudconfig', ['error wrong-path: $env:UserProfile\\.']],
    ['Remove-Item \\kvactl\\cloudconfig', ['error wrong-path: $env:UserProfile\\.wssd\\kvactl\\cloudconfig']],
    ['Uninstall-AksHciAksHciAdAuth -name myCluster', ['warning unknown-command: Uninstall-AksHciAdAuth']],
    [
      'Repair-AksHciClusterCerts -Name my-cluster',
      ['warning deprecated: Update-AksHciClusterCertificates', 'error missing-choice: null'],
    ],
  ])('%s', (line, problems) => {
    expect(listProblems(line)).toEqual(problems);
  });

  test('are correct once every suggestion has been applied', () => {
    for (const [line, better] of [
      [
        'Update-AksHciClusterCertificates  -Name my-workload -cluster -fixKubeletCredentials',
        'Update-AksHciClusterCertificates  -Name my-workload-cluster -fixKubeletCredentials',
      ],
      [
        'Remove-Item "$env:UserProfile.wssd\\kvactl\\cloudconfig"',
        'Remove-Item "$env:UserProfile\\.wssd\\kvactl\\cloudconfig"',
      ],
      [
        'Update-AksHciCertificates -name east -fixCloudCredentials',
        'Update-AksHciClusterCertificates -name east -fixCloudCredentials',
      ],
      ['Repair-AksHciCerts', 'Update-AksHciCertificates'],
      ['Get-AksHciCredential –name “east”', 'Get-AksHciCredential -name "east"'],
      ['mocctl security identity rotat —name x', 'mocctl security identity rotate --name x'],
    ]) {
      expect(applySuggestions(line ?? '')).toBe(better);
      expect(checkCommand(better ?? '').ok).toBe(true);
    }
  });
});

/** Codes with a separate message for each parameter. */
const OWN_TEXTS = ['remark', 'wrong-value'];

describe('problems in a command line', () => {
  const BOTH = 'Update-AksHciClusterCertificates -name a -fixCloudCredentials -fixKubeletCredentials';

  test.each([
    [BOTH, ['error exclusive: null']],
    [
      'Update-AksHciClusterCertificates -name a -patchLoadBalancer -fixKubeletCredentials',
      ['notice remark: null', 'error exclusive: null'],
    ],
    ['Update-AksHciClusterCertificates -fixCloudCredentials', ['error missing-parameter:  -name <cluster>']],
    ['Get-AksHciCredential -name', ['error missing-value:  <cluster>']],
    ['Get-AksHciCredential -name -adAuth', ['error missing-value:  <cluster>']],
    ['Get-AksHciCredential retail-east', ['error stray-word: null', 'error missing-parameter:  -name <cluster>']],
    ['Get-AksHciVersion -all', ['error unknown-parameter: null']],
    ['Update-AksHciCertificates -force -force', ['error repeated-parameter: null']],
    ['Update-AksHciCertificates -name a', ['error wrong-layer: Update-AksHciClusterCertificates']],
    ['Update-AksHciCertificates -fixCloudCredential', ['error wrong-layer: Update-AksHciClusterCertificates']],
    ['Update-AksHci -name a', ['error wrong-layer: Update-AksHciCluster']],
    ['Get-AksHciCredential -nmae a', ['error typo: -name']],
    ['Get-AksHciCredential -config C:\\x -name a', ['notice abbreviated: -configPath']],
    ['Get-AksHciFoo', ['warning unknown-command: null']],
    ['Repair-Moc -force', ['warning undocumented-parameter: null']],
    ['Set-AksHciConfig -workingDir C:\\x -insecure', ['warning remark: null']],
    ['Install-AksHciAdAuth -name a -keytab k -SPN s', ['error missing-choice: null']],
    ['Update-AksHciClusterCertificates -name a', ['warning no-choice: null']],
    ['Update-AksHciCertificates -WhatIf', ['notice may-not-support: null']],
    ['New-AksHciNodePool -nme a', ['notice name-only: null']],
    ['del "%USERPROFILE%\\.wssd\\kvactl\\cloudconfig"', ['error command-prompt-variable: $env:UserProfile']],
    ["Get-AksHciCredential -name 'a", ['error unbalanced-quote: null']],
    ['Get-AksHciCredential -name (Get-Date', ['error unbalanced-bracket: null']],
    ['Get-AksHciVersion )', ['error unbalanced-bracket: null']],
    ['Get-AksHciCredential -name retail–east', ['error typographic-dash: retail-east']],
    ['Update–AksHci', ['error typographic-dash: Update-AksHci']],
    ['kubectl ge nodes', ['error typo: get']],
    ['kubectl --kubeconfig C:\\k delte pod x', ['error typo: delete']],
    ['mocctl security identity rotate --nam x', ['error typo: --name']],
    ['mocctl security identity rotate', ['error missing-parameter:  --name <name>']],
    ['mocctl security identity rotate --name x > login.yaml', ['notice utf-16-output: null']],
    ['Get-AksHciVersion; Update-AksHciCertificats', ['error typo: Update-AksHciCertificates']],
    ['if ($true) { Update-AksHciCertificats }', ['error typo: Update-AksHciCertificates']],
    ['Write-Host (Get-AksHciVersio)', ['error typo: Get-AksHciVersion']],
    ['"$(Get-AksHciVersio)"', ['error typo: Get-AksHciVersion']],
    ['Get-AksHciCredential -name a -adAuth $true', ['error switch-value: -adAuth:$true']],
    ['Get-AksHciCredential -name a -adAuth yes', ['error switch-value: null']],
    ['Get-AksHciCredential -name a -adAuth:yes', ['error wrong-value: null']],
    ['Get-AksHciCredential -name a,b', ['error many-values: null']],
    ['Get-AksHciCredential -name a, b -adAuth', ['error many-values: null']],
    ['Get-AksHciCredential -name a $x', ['error stray-word: null']],
    ['Get-AksHciCredential -name "a"b', ['error stray-word: null']],
    ['Get-AksHciCredential -name ""', ['error empty-value: null']],
    ['Get-AksHciCredential -name $null', ['error empty-value: null']],
    ['Get-AksHciCredential -name:', ['error missing-value:  <cluster>']],
    ['Get-AksHciCredential -name a -ErrorAction Nonsense', ['error wrong-value: null']],
    ['Get-AksHciCredential -name a -ea S', ['error wrong-value: null']],
    ['Get-AksHciCredential -name a -ErrorActoin Stop', ['error typo: -ErrorAction']],
    ['Get-AksHciCredential -name a -Err Stop', ['error ambiguous: null']],
    ['Get-AksHciCredential -name a -ea Stop -ErrorAction Stop', ['error repeated-parameter: null']],
    ['Get-AksHciCredential -name a -a', ['error ambiguous: null']],
    ['New-MocIdentity -name a -validityDays sixty -location b -outfile c', ['error wrong-value: null']],
    ['New-MocIdentity -name a -validityDays 3000000000 -location b -outfile c', ['error wrong-value: null']],
    ['Set-AksHciConfig -workingDir a -createAutoConfigContainers false', ['error wrong-value: null']],
    ['Get-AksHciCredential -name a |', ['error missing-side: null']],
    ['| Get-AksHciVersion', ['error missing-side: null']],
    ['Get-AksHciVersion\n| Out-Null', ['error missing-side: null']],
    ['Get-AksHciCredential -name a,', ['error missing-side: null']],
    ['Get-AksHciCredential -name ,a', ['error missing-side: null']],
    ['& & Get-AksHciVersion', ['error missing-side: null']],
    ['Get-AksHciVersion && Get-AksHciUpdates', ['error newer-syntax: null']],
    ['Get-AksHciVersion || Get-AksHciUpdates', ['error newer-syntax: null']],
    ['Get-AksHciVersion &', ['error newer-syntax: null']],
    ['Get-AksHciVersion >', ['error missing-file: null']],
    ['Get-AksHciVersion > a > b', ['error repeated-redirection: null']],
    ['Get-AksHciVersion>file.txt', ['error joined-redirection:  >']],
    ['Get-MocNode -location a>file.txt', ['error joined-redirection:  >']],
    ['Get-AksHciVersion @', ['error unexpected: null', 'error stray-word: null']],
    ['[void] Get-AksHciVersion', ['error unexpected: null']],
    ['@Get-AksHciVersion', ['error unexpected: null']],
    ["'Get-AksHciCredential' -name a", ["error quoted-program: & 'Get-AksHciCredential'"]],
    ['Repair-Moc now', ['warning stray-word: null']],
  ])('%s', (line, problems) => {
    expect(listProblems(line)).toEqual(problems);
  });

  test.each([
    ['1.0.10.10512', ['error not-available: Repair-AksHciCerts']],
    ['1.0.10.10513', []],
    ['1.0.22.10209', []],
  ])('on build %s, Update-AksHciCertificates has the problems %j', (build, problems) => {
    expect(listProblems('Update-AksHciCertificates', build)).toEqual(problems);
  });

  test.each([
    ['1.0.10.10512', []],
    ['1.0.10.10513', ['warning deprecated: Update-AksHciCertificates']],
  ])('on build %s, Repair-AksHciCerts has the problems %j', (build, problems) => {
    expect(listProblems('Repair-AksHciCerts', build)).toEqual(problems);
  });

  test('are marked at their position, or at the end of the line if something is missing', () => {
    const line = 'Get-Date; Update-AksHciClusterCertificates -fixCloudCredential';
    const places = checkCommand(line).problems.map(({ code, at, length }) => [code, line.slice(at, at + length), at]);
    expect(places).toEqual([
      ['abbreviated', '-fixCloudCredential', 43],
      ['missing-parameter', '', 62],
    ]);
  });

  test('cite their source: the rules of PowerShell, or publications about the command', () => {
    const listSources = (line: string): (string | undefined)[] =>
      checkCommand(line).problems.flatMap(({ citations }) =>
        citations.map(({ work, place }) => (work.includes('reference/ps') ? place : work)),
      );
    expect(listSources('Get-AksHciCredential -nme a')).toContain('Get-AksHciCredential');
    expect(listSources('Get-AksHciCredential –name a')[0]).toContain('Language Specification');
    expect(listSources('Get-AksHciVersio')).toEqual(['index']);
  });

  test('have a message for each code in every language', () => {
    for (const code of COMMAND_PROBLEM_CODES)
      for (const language of LANGUAGES)
        if (!OWN_TEXTS.includes(code)) expect(CATALOGUES[language]).toHaveProperty([`command.problem.${code}`]);
  });
});

/** Inserts, omits or replaces a letter, or swaps two letters. */
function makeTypo(text: string, at: number, kind: number, letter: string): string {
  const [before, own, behind] = [text.slice(0, at), text[at] ?? '', text.slice(at + 1)];
  switch (kind) {
    case 0:
      return before + letter + own + behind;
    case 1:
      return before + behind;
    case 2:
      return before + letter + behind;
    default:
      return before + (behind[0] ?? '') + own + behind.slice(1);
  }
}

describe('typos', () => {
  const own = COMMANDS.filter(({ name }) => /-(?:AksHci|Moc|Kva)|AksHci/u.test(name));
  const cmdletVerb = (name: string): string => name.toLowerCase().split('-', 1).join('');

  test('a cmdlet name with one edit is found, and the correct name is suggested', () => {
    const everything = [...COMMANDS.map(({ name }) => name), ...OTHER_CMDLETS, ...MODULE_CMDLETS];
    fc.assert(
      fc.property(
        fc.constantFrom(...own),
        fc.nat(40),
        fc.nat(3),
        fc.constantFrom(...'abcdeimnorstuxAHC-'),
        ({ name }, place, kind, letter) => {
          const typo = makeTypo(name, place % name.length, kind, letter);
          fc.pre(!everything.some((each) => each.toLowerCase() === typo.toLowerCase()));
          // With a leading hyphen, or without a leading letter, the text is not a name.
          fc.pre(/^[a-z]/iu.test(typo));
          // "Set-" for "Get-" is another command, not a typo.
          fc.pre(!(cmdletVerb(typo) !== cmdletVerb(name) && ['set', 'add', 'get', 'test'].includes(cmdletVerb(typo))));
          const near = everything.filter((each) => editDistance(each.toLowerCase(), typo.toLowerCase(), 2) < 2);
          const { ok, problems } = checkCommand(typo);
          expect(ok).toBe(false);
          expect(problems[0]).toMatchObject({ code: 'typo', at: 0, length: typo.length });
          // If two names are equally close, either may be the intended one.
          expect(near).toContain(problems[0]?.suggestion);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a parameter name with one edit is found, and the correct name is suggested', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(3), fc.constantFrom(...'aeiorst'), (place, kind, letter) => {
        const name = 'fixKubeletCredentials';
        const typo = makeTypo(name, place % name.length, kind, letter);
        fc.pre(typo.toLowerCase() !== name.toLowerCase());
        const line = `Update-AksHciClusterCertificates -name east -${typo}`;
        const { ok, problems } = checkCommand(line);
        // The beginning of a name is a valid abbreviation.
        expect(ok).toBe(name.toLowerCase().startsWith(typo.toLowerCase()));
        expect(problems[0]?.suggestion).toBe(`-${name}`);
      }),
    );
  });
});

describe('the distance between two strings', () => {
  function slowDistance(one: string, other: string): number {
    if (one === '' || other === '') return one.length + other.length;
    const [head, rest] = [one[0], one.slice(1)];
    const [otherHead, otherRest] = [other[0], other.slice(1)];
    const ways = [
      slowDistance(rest, other) + 1,
      slowDistance(one, otherRest) + 1,
      slowDistance(rest, otherRest) + (head === otherHead ? 0 : 1),
    ];
    if (one.length > 1 && other.length > 1 && head === other[1] && one[1] === otherHead)
      ways.push(slowDistance(one.slice(2), other.slice(2)) + 1);
    return Math.min(...ways);
  }

  const TEXT = fc.stringMatching(/^[abc]{0,5}$/u);

  test('equals the result of an exhaustive search up to the limit; any greater distance is reported as the limit plus one', () => {
    fc.assert(
      fc.property(TEXT, TEXT, fc.nat(5), (one, other, most) => {
        expect(editDistance(one, other, most)).toBe(Math.min(slowDistance(one, other), most + 1));
      }),
    );
  });

  test('determines the nearest string regardless of case, and none beyond the limit', () => {
    expect(nearest('GET', ['set', 'get', 'let'], 2)).toBe('get');
    expect(nearest('xyz', ['get'], 2)).toBeUndefined();
    expect(nearest('gst', ['set', 'get'], 2)).toBe('get');
  });
});

test('any line can be checked without an exception', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          ...['Update-AksHciCluster', '-name', 'a', '(', ')', '{', '}', '"', "'", '`', '|', ';'],
          ...['$', '$(', '>', '<', '<x>', '–name', '“', '#', '\n', '=', '&', ' ', '[', ']', '%', '-'],
        ),
        { maxLength: 30 },
      ),
      (parts) => {
        const line = parts.join('');
        for (const { at, length } of checkCommand(line).problems) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at + length).toBeLessThanOrEqual(line.length);
        }
      },
    ),
  );
});
