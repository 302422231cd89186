import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, type TestContext } from 'vitest';
import { HostMachine, type Fault, type StubCall, type StubModes } from '../support/host-machine.ts';
import {
  adaptScript,
  needPowerShell,
  parseErrors,
  runScript,
  type ScriptEnd,
  type ScriptStart,
  type Way,
} from '../support/real-power-shell.ts';
import { sharePowerShell } from './shared.ts';

/* Tests the stubs: if stubs accepted everything or never failed, all other tests would be worthless. */

const { stubs, host } = sharePowerShell();

interface Told extends ScriptEnd {
  calls: StubCall[];
  machine: HostMachine;
}

interface Typed {
  text: string;
  faults?: readonly Fault[];
  modes?: Partial<StubModes>;
  answers?: readonly string[];
}

/** Runs several scripts in one process, each on a separate host. */
async function run(context: TestContext, ...typed: readonly Typed[]): Promise<Told[]> {
  needPowerShell(context);
  const machines = typed.map(({ text, modes, faults = [] }) => {
    const machine = new HostMachine(stubs, modes).suffer(...faults);
    context.onTestFinished(() => machine.remove());
    return { machine, path: machine.put('script.ps1', `\uFEFF${text}`) };
  });
  const ends = await host.run(
    ...machines.map(({ machine, path }, at) => ({ machine, path, answers: typed[at]?.answers ?? [] })),
  );
  return ends.map((end, at) => {
    const { machine } = machines[at] ?? { machine: new HostMachine(stubs) };
    return { ...end, machine, calls: machine.calls() };
  });
}

describe('a stub of a cmdlet', () => {
  test('accepts the parameters in our reference and refuses all others', async (context) => {
    const lines = [
      ['Get-AksHciCluster -name retail-east', true],
      ['Get-AksHciCluster retail-east', false],
      ['Get-AksHciCluster -nme retail-east', false],
      ['Update-AksHciCertificates -force', true],
      ['Update-AksHciClusterCertificates -name a -fixCloudCredentials -fixKubeletCredentials', false],
      ['Update-AksHciClusterCertificates -name a -fixCloudCredentials -patchLoadBalancer', true],
      ['New-MocIdentity -name a -validityDays sixty -location MocLocation -outfile x', false],
      ['Get-AksHciNodePool -clusterName a,b', false],
      ['Get-Service wssdagent | Select-Object Name', true],
      ['Install-AksHci -name x', false],
    ] as const;
    const ends = await run(context, ...lines.map(([text]) => ({ text: `$ErrorActionPreference = 'Stop'\n${text}` })));
    expect(ends.map(({ calls }, at) => [lines[at]?.[0], calls.length === 1])).toEqual(lines);
  });

  test('records every byte of a value, as does a stub of a program', async (context) => {
    const odd = `a 'b' "c" \u6771\u65e5 $(x) \`y\` ; | & \u{1F4A3}`;
    const literal = `'${odd.replaceAll("'", "''")}'`;
    const [end] = await run(context, {
      text: `Get-AksHciCluster -name ${literal}\n$PSNativeCommandArgumentPassing = 'Standard'\nkubectl get ${literal} ''`,
    });
    expect(end?.calls).toMatchObject([
      { kind: 'cmdlet', name: 'Get-AksHciCluster', parameters: { name: odd } },
      { kind: 'program', name: 'kubectl', arguments: ['get', odd, ''] },
    ]);
  });

  test('is a function of a script module, so it does not see the preferences of its caller', async (context) => {
    const text = `$ErrorActionPreference = 'Stop'\nRepair-MocLogin\n'went on'`;
    const faults = [{ kind: 'error', text: 'token expired' }] as const;
    const [end] = await run(context, { text, faults });
    expect(end?.output).toMatch(/token expired[\s\S]*went on/u);
  });

  test('causes each kind of fault on request', async (context) => {
    const text =
      "$global:LASTEXITCODE = 0\ntry { Get-AksHciVersion; 'behind' } catch { 'caught ' + $_ }\n'code ' + $LASTEXITCODE";
    const faults: readonly (readonly [Fault['kind'], string, RegExp])[] = [
      ['throw', 'certificate has expired', /^caught certificate has expired\r?\ncode 0/u],
      ['error', 'Unauthorized', /Unauthorized[\s\S]*behind\r?\ncode 0/u],
      ['warning', 'careful', /^WARNING: careful\r?\n1\.0[\s\S]*behind/u],
      ['exit-code', '3', /1\.0[\s\S]*behind\r?\ncode 3/u],
      ['ask', 'really?', /ASKED: stub really\?[\s\S]*behind/u],
      ['type', 'your name', /ASKED:[\s\S]*1\.0[\s\S]*behind/u],
      ['megabytes', '1', /(?:x ){512}[\s\S]*1\.0/u],
      ['progress', 'updating', /^1\.0[\s\S]*behind/u],
      ['says', '\u5931\u6557', /^\u5931\u6557\r?\n1\.0/u],
      ['nothing', '', /^behind/u],
    ];
    const ends = await run(
      context,
      ...faults.map(([kind, word]) => ({ text, faults: [{ kind, text: word, at: 1 }], answers: ['y'] })),
    );
    for (const [at, { output }] of ends.entries()) expect(output, faults[at]?.[0]).toMatch(faults[at]?.[2] ?? /^$/u);
  });

  test('asks where the real cmdlet is known to ask, unless confirmation is turned off', async (context) => {
    const ends = await run(
      context,
      { text: 'Get-AksHciCredential -name a', answers: ['n'] },
      { text: 'Get-AksHciCredential -name a -Confirm:$false' },
      { text: 'Update-AksHciCluster -name a', answers: ['y'] },
    );
    expect(ends.map(({ asked }) => asked.length)).toEqual([1, 0, 1]);
    expect(ends.map(({ calls }) => calls.map((call) => call.kind === 'cmdlet' && call.onlyAsked))).toEqual([
      [true],
      [false],
      [false],
    ]);
  });

  test('writes a kubeconfig in each of the three known ways', async (context) => {
    const modes = ['file', 'kubeconfig-name', 'name-kubeconfig'] as const;
    const ends = await run(
      context,
      ...modes.map((kubeconfig) => ({
        text: `${kubeconfig === 'file' ? '' : "New-Item -ItemType Directory -Path 'k' | Out-Null\n"}Get-AksHciCredential -name a -configPath k -Confirm:$false`,
        modes: { kubeconfig },
      })),
    );
    const written = ['k', 'k/kubeconfig-a', 'k/a-kubeconfig'];
    expect(ends.map(({ machine }, at) => existsSync(join(machine.folders.work, written[at] ?? '')))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('throws on a host that is not configured, in the language of the host', async (context) => {
    const text = 'try { Get-AksHciConfig } catch { [string] $_ }';
    const [english, japanese, configured] = await run(
      context,
      { text, modes: { isConfigured: false } },
      { text, modes: { isConfigured: false, language: 'ja' } },
      { text: '(Get-AksHciConfig).Moc.installState', modes: { state: 'number' } },
    );
    expect(english?.output).toContain('[AksHci] This machine does not appear to be configured for deployment.');
    expect(japanese?.output).toContain('[AksHci]\u3053\u306e');
    expect(configured?.output.trim()).toBe('2');
  });
});

test('a script in a batch has the same outcome as in a separate process, from a file and from a console', async (context) => {
  needPowerShell(context);
  const text = `param([string] $Name = '')\nGet-AksHciCluster -name $Name | Out-Host\nRepair-MocLogin\nkubectl get nodes | Out-Host\nexit 7`;
  const outcomes: unknown[] = [];
  for (const way of ['file', 'console'] satisfies Way[])
    for (const start of [
      (one: ScriptStart) => runScript(stubs, one),
      async (one: ScriptStart) => (await host.run(one))[0],
    ]) {
      const machine = new HostMachine(stubs);
      context.onTestFinished(() => machine.remove());
      mkdirSync(join(machine.folders.work, "it's here"));
      const path = machine.put("it's here/script.ps1", text);
      const end = await start({ machine, path, words: ['-Name', 'retail east'], way });
      const calls = machine.calls().map((call) => ({ ...call, folder: '' }));
      outcomes.push({ code: end?.exitCode, shows: end?.output.includes('NAME STATUS'), calls });
    }
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  expect(outcomes[0]).toMatchObject({ code: 7, shows: true, calls: { length: 3 } });
});

test('the parser of PowerShell reports the syntax errors of a script', async (context) => {
  needPowerShell(context);
  const machine = new HostMachine(stubs);
  context.onTestFinished(() => machine.remove());
  const paths = [machine.put('good.ps1', "'fine'"), machine.put('bad.ps1', 'foreach (in (')];
  const errors = await parseErrors(stubs, paths);
  expect(paths.map((path) => errors.get(path)?.length === 0)).toEqual([true, false]);
});

test('adapting a script changes only the parts that need Windows PowerShell 5.1', () => {
  const script =
    "#Requires -Version 5.1\r\n#Requires -PSEdition Desktop\r\n'x'\r\n[DateTimeOffset]::UtcNow.ToUnixTimeSeconds()";
  expect(adaptScript(script, { nowSeconds: 5 })).toBe("#Requires -Version 5.1\r\n'x'\r\n5");
  expect(() => adaptScript("'no clock'", { nowSeconds: 5 })).toThrow('another way');
});
