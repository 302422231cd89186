import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../core/settings/model/settings.ts';
import type { ProgramStream } from '../../../../core/shared/ports.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { memoryStore } from '../../../../core/inventory/store/memory-store.ts';
import { testPorts } from '../../../support/ports.ts';
import { endOfScript } from '../../../support/script-end.ts';
import { TestWorld } from '../../cli/test-world.ts';

const SESSION = readFileSync('tests/fixtures/update/session.txt', 'utf8');
const NEWEST = '1.0.17.10310';

/** A host in memory. An update takes effect immediately, and commands that only read print the current state. */
class Host {
  readonly calls: string[] = [];
  build = '1.0.14.10928';
  readonly versions = new Map<string, string>();
  /** Cmdlets that fail, with the number of failures and their output. */
  readonly failing = new Map<string, { times: number; text: string; exitCode?: number }>();
  /** Whether the program exits before its script has ended. */
  endsEarly = false;
  /** Output of the command that lists the machines. */
  machines = '\n';
  intercept: (name: string) => void = () => undefined;

  async stream({ input = '', program, onOutput }: ProgramStream) {
    const { name, cluster, version } = parseCommand(input, program);
    this.calls.push(name);
    this.intercept(name);
    const fate = this.failing.get(name);
    const fails = fate !== undefined && fate.times > 0;
    if (fails) fate.times -= 1;
    else if (name === 'Update-AksHci') this.build = NEWEST;
    else if (name === 'Update-AksHciCluster') this.versions.set(cluster, version);
    const printed = input.includes('Get-VMNetworkAdapter') ? this.machines : this.#answer(name, cluster);
    const text = fails ? fate.text : printed;
    onOutput(new TextEncoder().encode(text), fails ? 'error' : 'out');
    if (!this.endsEarly) onOutput(new TextEncoder().encode(endOfScript(input)), 'out');
    return { exitCode: fails ? (fate.exitCode ?? 1) : 0, ended: 'itself' as const, tookMs: 1 };
  }

  #answer(name: string, cluster: string): string {
    if (name === 'Get-AksHciVersion') return `${this.build}\n`;
    if (name !== 'Get-AksHciCluster') return '\n';
    return `Name              : ${cluster}\nKubernetesVersion : ${this.versions.get(cluster) ?? 'v1.21.9'}\n`;
  }
}

interface Parameter {
  name: string;
  value: { text: string } | null;
}

function parseCommand(script: string, program: string) {
  if (script === '') return { name: program, cluster: '', version: '' };
  const text = script.slice(script.indexOf("@'\n") + 3, script.indexOf("\n'@\n"));
  const { command } = JSON.parse(text) as { command: { name: string; parameters: Parameter[] } };
  const value = (wanted: string): string => command.parameters.find(({ name }) => name === wanted)?.value?.text ?? '';
  return { name: command.name, cluster: value('name'), version: value('kubernetesVersion') };
}

const here = { world: new TestWorld(testPorts()), host: new Host() };

beforeEach(() => {
  const world = new TestWorld(testPorts());
  const host = new Host();
  world.put('session.txt', SESSION);
  world.store = {
    ...memoryStore(),
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
  world.ports.processes.stream = (run) => host.stream(run);
  Object.assign(here, { world, host });
});

const NOW = '2026-11-25T12:00:00Z';
const UPDATE = ['update', 'run', 'session.txt', '--target', 'local', '--now', NOW];
const FROM_HOST = [...UPDATE, '--from', 'update-host'];

const run = (...words: string[]) => here.world.run(...words);

interface Step {
  id: string;
  state: string;
  reason?: string;
  byHand?: true;
  tries: number;
  result?: { knownErrors: { failure: string }[] };
}
interface Run {
  id: string;
  state: string;
  steps: Step[];
}

const runId = (notices: string): string => /--resume ([0-9a-f]{16})/u.exec(notices)?.[1] ?? '';

function typeAnswers(...answers: string[]): void {
  here.world.chosen = answers;
}

describe('a run without a terminal', () => {
  test('does nothing unless --yes is given', async () => {
    const { code, notices } = await run(...FROM_HOST);
    expect(code).toBe(2);
    expect(notices).toContain('--yes');
    expect(here.host.calls).toEqual([]);
  });

  test('with --yes, performs and checks each step, and reports each step in JSON', async () => {
    const { state, steps } = await here.world.json<Run>(0, ...FROM_HOST, '--yes');
    expect(state).toBe('done');
    expect(here.host.calls).toEqual([
      ...['Update-AksHci', 'Get-AksHciVersion', 'Get-AksHciClusterUpdates'],
      ...['Update-AksHciCluster', 'Get-AksHciCluster', 'Get-AksHciNodePool'],
      ...['Get-AksHciCredential', 'kubectl'],
    ]);
    const skipped = steps.filter((step) => step.state === 'skipped');
    expect(skipped.every(({ reason = '' }) => reason !== '')).toBe(true);
  });

  test('with --yes, stops before a manual step, without any change', async () => {
    const { code, notices } = await run(...UPDATE, '--from', 'module', '--yes');
    expect(code).toBe(1);
    expect(notices).toContain('module');
    expect(here.host.calls).toEqual([]);
  });
});

describe('a run at a terminal', () => {
  const DONE = ['y', 'y', 'y', 'y', 'y', 'y'];

  test('asks before each step', async () => {
    typeAnswers(...DONE);
    const { code, out } = await run(...FROM_HOST);
    expect(code).toBe(0);
    expect(here.world.questions).toHaveLength(DONE.length);
    expect(out).toContain('> Update-AksHciCluster -name retail-east -kubernetesVersion v1.22.11');
  });

  test('asks for a reason if a step is skipped, until one is given', async () => {
    typeAnswers('s', ' ', 'seen on the host already', ...DONE.slice(1));
    const { steps } = await here.world.json<Run>(1, ...FROM_HOST);
    expect(steps.find(({ id }) => id === 'update-host')).toMatchObject({
      state: 'skipped',
      reason: 'seen on the host already',
      tries: 0,
    });
    expect(here.host.calls).not.toContain('Update-AksHci');
  });

  test('shows the known error of a failed step, and can repeat the step', async () => {
    const text = 'Error: rpc error: code = Unauthenticated desc = Valid Token Required\n';
    here.host.failing.set('Update-AksHci', { times: 1, text });
    typeAnswers('y', 'r', ...DONE);
    const { code, out } = await run(...FROM_HOST);
    expect(code).toBe(0);
    expect(out).toMatch(/arcwarden repair diagnose|F\d\d/u);
    expect(here.host.calls.filter((name) => name === 'Update-AksHci')).toHaveLength(2);
  });

  test("stops at the user's request, and can be resumed from there", async () => {
    typeAnswers('y', 'q');
    const first = await run(...FROM_HOST);
    expect(first.code).toBe(1);
    expect(here.host.calls).toEqual(['Update-AksHci', 'Get-AksHciVersion']);
    typeAnswers(...DONE.slice(1));
    const second = await run('update', 'run', '--resume', runId(first.notices));
    expect(second.code).toBe(0);
    expect(here.host.calls.filter((name) => name === 'Update-AksHci')).toHaveLength(1);
    expect(here.host.calls.at(-1)).toBe('kubectl');
  });

  test('asks for the id of a step that may destroy a cluster, even if the step is manual', async () => {
    const plan = ['--failure', 'F25', '--now', NOW];
    const { plan: planned } = await here.world.json<{ plan: { steps: { id: string; risk: string }[] } }>(
      ...([1, 'repair', 'plan'] as const),
      ...plan,
    );
    const id = planned.steps.find(({ risk }) => risk === 'dangerous')?.id ?? '';
    typeAnswers('d', 'y', 'd', id);
    const { steps } = await here.world.json<Run>(
      ...([0, 'repair', 'run'] as const),
      ...[...plan, '--target', 'local', '--from', id],
    );
    expect(steps.at(-1)).toMatchObject({ id, state: 'done', byHand: true });
    expect(here.world.questions.filter((question) => question.includes(id))).toHaveLength(2);
  });

  test('asks whether a manual step is done', async () => {
    typeAnswers('d', 'q');
    const { steps } = await here.world.json<Run>(1, ...UPDATE, '--from', 'module');
    expect(steps.find(({ id }) => id === 'module')).toMatchObject({ state: 'done', byHand: true });
  });
});

describe('a run is refused', () => {
  test.each([
    [['--target', 'host01; calc'], '--target'],
    [['--target', 'local', '--from', 'nowhere'], '--from'],
    [['--target', 'local', '--value', 'nothing=1'], '--value'],
    [[], '--target'],
  ])('with invalid arguments: %j', async (words, named) => {
    const { code, notices } = await run('update', 'run', 'session.txt', '--yes', ...words);
    expect([code, notices]).toEqual([2, expect.stringContaining(named)]);
  });

  test.each([
    [['--resume', 'nothing'], 'nothing'],
    [['--resume', 'ffffffffffffffff'], 'ffffffffffffffff'],
    [['--resume', 'ffffffffffffffff', '--target', 'local'], 'ffffffffffffffff'],
    [['--resume', 'ffffffffffffffff', '--from', 'module'], '--from'],
    [['session.txt', '--resume', 'ffffffffffffffff'], 'session.txt'],
  ])('that cannot be resumed: %j', async (words, named) => {
    const { code, notices } = await run('update', 'run', '--yes', ...words);
    expect([code, notices]).toEqual([2, expect.stringContaining(named)]);
  });

  test('on a lab if no inventory contains its clusters', async () => {
    const words = ['update', 'run', 'session.txt', '--target', 'lab:practice', '--yes', '--now', NOW];
    const { code, notices } = await run(...words);
    expect(code).toBe(2);
    expect(notices).toContain('inventory');
  });
});

test('a repair performs its steps, as an update does', async () => {
  const words = ['repair', 'run', '--failure', 'F04', '--cluster', 'retail-east', '--yes'];
  const { state } = await here.world.json<Run>(0, ...words, '--target', 'host01', '--now', NOW);
  expect(state).toBe('done');
  expect(here.host.calls).toContain('Repair-MocLogin');
});

test('a program that locks the data folder does not stop a run, and the run reports the lock', async () => {
  here.host.intercept = () => {
    here.world.isLocked = true;
  };
  const { code, notices } = await run(...FROM_HOST, '--yes');
  expect(code).toBe(0);
  expect(notices).toContain('audit trail');
});

describe('a step that wrote errors', () => {
  const errors = { times: 1, text: 'not all is well\n', exitCode: 3 };

  test('is done if its check is satisfied, and is reported with only one outcome', async () => {
    here.host.failing.set('Update-AksHci', { ...errors });
    here.host.intercept = (name) => {
      if (name === 'Update-AksHci') here.host.build = NEWEST;
    };
    const { code, out } = await run(...FROM_HOST, '--yes');
    expect(code).toBe(0);
    expect(out.match(/^(?:Done|Failed|Ended with errors)/gmu)?.[0]).toBe('Done');
  });

  test('has failed if its check is not satisfied, and is never reported as done', async () => {
    here.host.failing.set('Get-AksHciVersion', { times: 1, text: '1.0.14.10928\n', exitCode: 0 });
    const { code, out } = await run(...FROM_HOST, '--yes');
    expect(code).toBe(1);
    expect(out.match(/^(?:Done|Failed|Ended with errors)/gmu)).toEqual(['Failed']);
  });

  test('stops a run with --yes if no check can decide, and leads to a question at a terminal', async () => {
    here.host.failing.set('Get-AksHciClusterUpdates', { ...errors });
    const { code, out } = await run(...FROM_HOST, '--yes');
    expect(code).toBe(1);
    expect(out).toContain('Ended with errors to look at.');
    here.host.failing.set('Get-AksHciClusterUpdates', { ...errors });
    typeAnswers('y', 'y', 'd', 'y', 'y', 'y', 'y');
    await run(...FROM_HOST);
    expect(here.world.questions).toContain(
      'It wrote errors; look at them. d = it is done, r = try again, s = skip, q = stop:',
    );
  });
});

test('a step with an unknown outcome is not counted as done, and its check is run before the next question', async () => {
  here.host.endsEarly = true;
  const { code, out } = await run(...FROM_HOST, '--yes');
  expect(code).toBe(1);
  expect(out).toContain('the result is not known');
  expect(here.host.calls).toHaveLength(1);
  here.host.endsEarly = false;
  const [{ id }] = (await here.world.json<{ runs: [{ id: string }] }>(0, 'runs', 'list')).runs;
  expect((await run('update', 'run', '--resume', id, '--target', 'local', '--yes')).code).toBe(0);
  expect(here.host.calls.slice(0, 2)).toEqual(['Update-AksHci', 'Get-AksHciVersion']);
});

test('a missing program is reported as missing, not as a fault of the cluster', async () => {
  here.world.ports.processes.stream = ({ program }) =>
    Promise.reject(new ConsoleError('program.not-found', { program }));
  const { code, out } = await run(...FROM_HOST, '--yes');
  expect(code).toBe(1);
  expect(out).toContain('The program powershell.exe is not installed on this computer');
});

test('a program that cannot be started is reported with its path and the reason', async () => {
  here.world.ports.processes.stream = () =>
    Promise.reject(new ConsoleError('program.not-started', { program: 'C:\\kubectl.exe', reason: 'EACCES' }));
  const { code, out } = await run(...FROM_HOST, '--yes');
  expect(code).toBe(1);
  expect(out).toContain('The program C:\\kubectl.exe could not be started (EACCES). No part of this step was run.');
});

test('the programs that a run uses are listed before its first step', async () => {
  here.world.ports.processes.locate = (name) => `C:\\programs\\${name}`;
  const { out } = await run(...FROM_HOST, '--yes');
  const told = out.search(/^Programs started on this computer: .*C:\\programs\\powershell\.exe/mu);
  expect(told).toBeGreaterThan(-1);
  expect(told).toBeLessThan(out.indexOf('Step '));
});

test('a run resumed without a terminal requires --accept or --skip for a manual step', async () => {
  const { notices } = await run(...UPDATE, '--from', 'module', '--yes');
  expect(notices).toContain('--accept module');
  const resumed = ['update', 'run', '--resume', runId(notices), '--target', 'local', '--yes', '--now', NOW];
  const byHand = ['module', 'check-kms-retail-east', 'check-kms-seasons', 'check-room'];
  const { steps } = await here.world.json<Run>(0, ...resumed, ...byHand.flatMap((id) => ['--accept', id]));
  expect(steps.filter((step) => step.byHand === true).map(({ id }) => id)).toEqual(byHand);
});

test('a run that has skipped a manual step does not exit with 0', async () => {
  const { code, notices } = await run(...UPDATE, '--yes', '--accept', 'module');
  expect([code, notices]).toEqual([
    1,
    expect.stringContaining('Left out, so the exit code is 1: check-kms-retail-east, check-kms-seasons, check-room'),
  ]);
});

test('a misspelt step is refused before anything runs', async () => {
  for (const option of ['--accept', '--skip']) {
    const { code, notices } = await run(...FROM_HOST, '--yes', option, 'update-hots');
    expect([code, notices]).toEqual([2, expect.stringContaining('update-host')]);
  }
  expect(here.host.calls).toEqual([]);
});

describe('a step with a condition', () => {
  const words = ['repair', 'run', '--failure', 'F22', '--cluster', 'retail-east'];
  const there = [...words, '--target', 'host01', '--now', NOW];

  test('stops a run with --yes unless the step is accepted or skipped, since only a person can judge the condition', async () => {
    const { notices } = await run(...there, '--yes');
    expect(notices).toContain('--skip repair-moc-login');
    expect(here.host.calls).not.toContain('Repair-MocLogin');
    const { steps } = await here.world.json<Run>(0, ...there, '--yes', '--skip', 'repair-moc-login');
    expect(steps[0]).toMatchObject({ id: 'repair-moc-login', state: 'skipped' });
    expect(here.host.calls).not.toContain('Repair-MocLogin');
    await here.world.json<Run>(0, ...there, '--yes', '--accept', 'repair-moc-login');
    expect(here.host.calls).toContain('Repair-MocLogin');
  });

  test('is shown with its condition, and can be skipped with one key', async () => {
    typeAnswers('n', 'q');
    const { out } = await run(...there);
    expect(out).toContain('If Get-MocNode fails');
    expect(here.world.questions).toEqual([
      expect.stringContaining('n = does not apply'),
      expect.not.stringContaining('n = '),
    ]);
  });
});

test('a value is requested at its step until a valid one is entered', async () => {
  const words = ['repair', 'run', '--failure', 'F18', '--cluster', 'retail-east'];
  // The first step prints the addresses.
  typeAnswers('y', 'v', 'not an address!', '10.0.0.4', '', 'y', 'q');
  const { out } = await run(...words, '--target', 'local', '--now', NOW);
  expect(out).toContain('<control-plane-ip>');
  expect(out).toContain('10.0.0.4');
  expect(here.world.questions.filter((asked) => asked.startsWith('control-plane-ip'))).toHaveLength(2);
  expect(here.host.calls).not.toEqual([]);
});

test.each([
  ['control-plane-ip=not an address!', 'Enter an IP address or a name in DNS'],
  ['control-plane-ip=-oProxyCommand=calc', 'Enter an IP address or a name in DNS'],
  ['worker-ip=--all', 'Enter an IP address or a name in DNS'],
])('--value %s is refused before anything runs', async (pair, allowed) => {
  const words = ['repair', 'run', '--failure', 'F18', '--cluster', 'retail-east', '--target', 'local', '--now', NOW];
  const { code, notices } = await run(...words, '--yes', '--value', pair);
  expect([code, notices]).toEqual([2, expect.stringContaining(allowed)]);
  expect(here.host.calls).toEqual([]);
});

test('--value ignores white space around a value, and an empty value leaves the placeholder', async () => {
  const words = ['repair', 'run', '--failure', 'F18', '--cluster', 'retail-east', '--target', 'local', '--now', NOW];
  const given = ['--value', 'control-plane-ip= 10.0.0.4 ', '--value', 'worker-ip= '];
  const { plan } = await here.world.json<{ plan: { openValues: string[]; steps: object[] } }>(
    1,
    ...words,
    ...given,
    '--yes',
  );
  expect(plan.openValues).toEqual(['worker-ip']);
  expect(JSON.stringify(plan.steps)).toContain('"value":"10.0.0.4"');
});

describe('the address of a machine that an earlier step printed', () => {
  const REPAIR = ['repair', 'run', '--failure', 'F02', '--cluster', 'retail-east', '--target', 'local', '--now', NOW];
  const ONE = 'VMName IPAddresses\n------ -----------\nretail-east-control-plane-aaaaa {10.0.0.4, fe80::1}\n';

  test('is used without a question with --yes', async () => {
    here.host.machines = ONE;
    const { out, notices } = await run(...REPAIR, '--yes');
    expect(out).toContain('step 1 printed 10.0.0.4 (retail-east-control-plane-aaaaa). It is used here.');
    expect(out).toContain('clouduser@10.0.0.4');
    expect(notices).toContain('unless an earlier step prints it');
    const shown = (await run('runs', 'show', runId(notices))).out;
    expect(shown).toContain('clouduser@10.0.0.4');
  });

  test('is asked for if there are several, and the question names them', async () => {
    here.host.machines = `${ONE}retail-east-control-plane-bbbbb {10.0.0.5}\n`;
    typeAnswers('y', 'v', '10.0.0.5', '', 'q');
    const { out } = await run(...REPAIR);
    expect(out).toContain('10.0.0.4 (retail-east-control-plane-aaaaa), 10.0.0.5 (retail-east-control-plane-bbbbb)');
    expect(out).toContain('clouduser@<control-plane-ip>');
    expect(out).toContain('clouduser@10.0.0.5');
    expect(out).not.toContain('clouduser@10.0.0.4');
  });

  test('can be replaced by another value, which a resumed run keeps', async () => {
    here.host.machines = ONE;
    typeAnswers('y', 'v', '10.0.0.77', 'q');
    const { out, notices } = await run(...REPAIR);
    expect(here.world.questions.some((asked) => asked.includes('v = use another value'))).toBe(true);
    expect(out).toContain('clouduser@10.0.0.77');
    typeAnswers('q');
    const again = await run('repair', 'run', '--resume', runId(notices), '--target', 'local', '--now', NOW);
    expect(again.out).toContain('clouduser@10.0.0.77');
  });

  test('is known to a resumed run from the output in its record', async () => {
    here.host.machines = ONE;
    typeAnswers('y', 'q');
    const { notices } = await run(...REPAIR);
    typeAnswers('q');
    const again = await run('repair', 'run', '--resume', runId(notices), '--target', 'local', '--now', NOW);
    expect(again.out).toContain('step 1 printed 10.0.0.4');
    expect(again.out).toContain('clouduser@10.0.0.4');
  });
});

describe('arcwarden runs', () => {
  const CHOSEN = ['--now', NOW];

  test('lists, shows and exports a run, and the audit trail contains the export', async () => {
    const ran = await here.world.json<Run>(0, ...FROM_HOST, '--yes');
    const { runs } = await here.world.json<{ runs: object[] }>(0, 'runs', 'list', ...CHOSEN);
    expect(runs).toMatchObject([{ id: ran.id, kind: 'update', target: 'local', state: 'done', isLive: false }]);
    expect((await run('runs', 'list')).out).toContain(ran.id);
    const shown = await here.world.json<Run>(0, 'runs', 'show', ran.id);
    expect(shown.steps).toEqual(ran.steps);
    expect((await run('runs', 'show', ran.id)).out).toContain(ran.id);
    const { file } = await here.world.json<{ file: { path: string } }>(0, 'runs', 'export', ran.id, '--out', 'run.zip');
    expect(file.path).toBe('/folder/run.zip');
    const { entries } = await here.world.json<{ entries: { action: string; subject: string }[] }>(0, 'audit', 'list');
    expect(entries.at(-1)).toMatchObject({ action: 'run.exported', subject: ran.id });
  });

  test('states that there are no runs, and refuses an unknown run', async () => {
    expect(await run('runs', 'list')).toMatchObject({ code: 0, out: 'No plan has been run yet.\n' });
    for (const id of ['0123456789abcdef', '../../settings']) expect((await run('runs', 'show', id)).code).toBe(2);
    here.world.isLocked = true;
    expect((await run('runs', 'export', '0123456789abcdef', '--out', 'run.zip')).code).toBe(2);
  });
});

describe('a locked file or a full disk', () => {
  const notWritable = (path: string) => new ConsoleError('file.not-writable', { path, reason: 'EBUSY' });
  const trail = async (): Promise<string[]> => {
    type Listed = { entries: { action: string; params: { step?: string } }[] };
    const { entries } = await here.world.json<Listed>(0, 'audit', 'list');
    return entries.map(({ action, params }) => [action, params.step ?? ''].join(' ').trim());
  };

  test('does not stop a run whose audit lines cannot be written, and the next run adds the lines', async () => {
    const { files } = here.world.ports;
    const append = files.append.bind(files);
    here.host.intercept = (name) => {
      if (name === 'Update-AksHci') files.append = (path) => Promise.reject(notWritable(path));
    };
    const { code, notices } = await run(...FROM_HOST, '--yes');
    expect(code).toBe(0);
    expect(notices).toContain('could not be written to the audit trail');
    files.append = append;
    const before = await trail();
    expect(before).not.toContain('run.step-done update-host');

    here.host.intercept = () => undefined;
    expect((await run(...FROM_HOST, '--yes')).code).toBe(0);
    const after = await trail();
    expect(after.filter((line) => line === 'run.step-done update-host')).toHaveLength(2);
    // The lines of the first run precede those of the second.
    const second = after.lastIndexOf('run.started');
    expect(after.slice(0, second).filter((line) => line === 'run.ended')).toHaveLength(1);
    expect(after.slice(0, second)).toContain('run.step-done update-host');
    expect(await here.world.json(0, 'audit', 'verify')).toMatchObject({ faults: [] });
  });

  test('prevents a run whose first audit line cannot be written, and no record of the run remains', async () => {
    here.world.isLocked = true;
    expect((await run(...FROM_HOST, '--yes')).code).toBe(2);
    here.world.isLocked = false;
    expect(here.host.calls).toEqual([]);
    expect((await run('runs', 'list')).out).toBe('No plan has been run yet.\n');
  });

  test('stops a run whose record cannot be written, and the message explains how to resume the run', async () => {
    const { files } = here.world.ports;
    here.host.intercept = (name) => {
      files.isFull = name === 'Update-AksHci';
    };
    const { code, notices } = await run(...FROM_HOST, '--yes');
    expect(code).toBe(2);
    expect(notices).toMatch(/The last step of run [0-9a-f]{16} could not be recorded/u);
    files.isFull = false;
    const { code: again } = await run(
      'update',
      'run',
      '--resume',
      runId(notices),
      '--target',
      'local',
      '--yes',
      '--accept',
      'update-host',
    );
    expect(again).toBe(0);
    expect(here.host.calls.filter((name) => name === 'Update-AksHci')).toHaveLength(1);
  });
});

const recordPath = (id: string): string => `/data/runs/${id}.json`;
const readRecord = async (id: string): Promise<string> =>
  new TextDecoder().decode(await here.world.files.read(recordPath(id), Infinity));

describe('a resumed run', () => {
  async function stopRun(): Promise<string> {
    typeAnswers('y', 'q');
    const { notices } = await run(...FROM_HOST);
    here.world.chosen = undefined;
    here.host.calls.length = 0;
    return runId(notices);
  }
  const resume = (id: string, ...words: string[]) => run('update', 'run', '--resume', id, ...words);
  const change = async (id: string, edit: (record: Recorded) => void): Promise<void> => {
    const record = JSON.parse(await readRecord(id)) as Recorded;
    edit(record);
    here.world.files.put(recordPath(id), JSON.stringify(record));
  };

  test('requires the recorded target again if no questions are possible', async () => {
    const id = await stopRun();
    for (const [words, named] of [
      [['--yes'], '--target TARGET'],
      [['--yes', '--target', 'host01'], 'not host01'],
      [['--yes', '--target', 'lab:/practice'], 'not lab:/practice'],
      [['--yes', '--target', 'sample'], 'lab:FOLDER, local'],
    ] as const) {
      const { code, notices } = await resume(id, ...words);
      expect([code, notices]).toEqual([2, expect.stringContaining(named)]);
    }
    expect(here.host.calls).toEqual([]);
    expect((await resume(id, '--yes', '--target', 'local')).code).toBe(0);
  });

  test('never connects to a computer that somebody has entered in its record', async () => {
    const id = await stopRun();
    await change(id, (record) => {
      record.target = 'evil.example';
    });
    const { code, notices } = await resume(id, '--yes', '--target', 'local');
    expect([code, notices]).toEqual([2, expect.stringContaining('evil.example')]);
    expect(here.host.calls).toEqual([]);
  });

  test('is refused if the order of its steps was changed or a step is missing', async () => {
    const edits: ((record: Recorded) => void)[] = [
      (record) => {
        record.steps.reverse();
        record.plan.steps.reverse();
      },
      (record) => {
        record.steps.pop();
        record.plan.steps.pop();
      },
    ];
    const id = await stopRun();
    const before = await readRecord(id);
    for (const edit of edits) {
      here.world.files.put(recordPath(id), before);
      await change(id, edit);
      const { code, notices } = await resume(id, '--yes', '--target', 'local');
      expect([code, notices]).toEqual([2, expect.stringContaining('Somebody has changed it.')]);
    }
    expect(here.host.calls).toEqual([]);
  });

  test('from an early release, without a request file, continues only if the user agrees', async () => {
    const id = await stopRun();
    await here.world.files.remove(recordPath(`${id}.request`));
    const { code, notices } = await resume(id, '--yes', '--target', 'local');
    expect([code, notices]).toEqual([2, expect.stringContaining(`${id}.request.json`)]);
    typeAnswers('y', 'q');
    expect((await resume(id)).code).toBe(1);
    expect(here.host.calls).not.toEqual([]);
  });

  test('keeps a value that was entered before', async () => {
    const words = ['repair', 'run', '--failure', 'F18', '--cluster', 'retail-east', '--target', 'local', '--now', NOW];
    typeAnswers('y', 'v', '10.0.0.4', '', 'q');
    const { notices } = await run(...words);
    typeAnswers('q');
    const { code, out } = await run('repair', 'run', '--resume', runId(notices));
    expect([code, out]).toEqual([1, expect.stringContaining('10.0.0.4')]);
  });

  test('shows its target, and its steps in order with their states', async () => {
    const id = await stopRun();
    typeAnswers('q');
    const { out } = await resume(id);
    expect(out).toContain(`Run ${id} continues on local.`);
    expect(out).toMatch(/ 9\. update-host: Done\.\n +10\. \S+: Not started\./u);
    expect(out.indexOf('update-host: Done.')).toBeLessThan(out.indexOf('Step 10'));
  });

  test('performs nothing if all steps are done, and reports that they are', async () => {
    const id = await stopRun();
    await change(id, ({ steps }) => {
      for (const step of steps) if (step.state !== 'skipped') Object.assign(step, { state: 'done', byHand: true });
    });
    const { notices } = await resume(id, '--yes', '--target', 'local');
    expect(here.host.calls).toEqual([]);
    expect(notices).toContain('Nothing was run now. This is the content of the record.');
  });

  test('accepts a value for a placeholder of its plan', async () => {
    const words = ['repair', 'run', '--failure', 'F18', '--cluster', 'retail-east', '--target', 'local', '--now', NOW];
    const first = await run(...words, '--yes');
    expect(first.notices).toContain('control-plane-ip, worker-ip');
    const again = ['--target', 'local', '--yes', '--value', 'control-plane-ip=10.0.0.4', '--json'];
    const { out } = await run('repair', 'run', '--resume', runId(first.notices), ...again);
    expect(JSON.parse(out)).toMatchObject({ plan: { openValues: ['worker-ip'] } });
  });

  test('with a damaged record is refused, unless the user accepts the previous copy', async () => {
    const id = await stopRun();
    here.world.files.put(`${recordPath(id)}.previous`, await readRecord(id));
    here.world.files.put(recordPath(id), 'damaged');
    await run('runs', 'list');
    const refused = await resume(id, '--yes', '--target', 'local');
    expect([refused.code, refused.notices]).toEqual([2, expect.stringContaining(`${id}.json.previous`)]);
    typeAnswers('no');
    expect((await resume(id)).code).toBe(2);
    expect([await readRecord(id), here.host.calls]).toEqual(['damaged', []]);
    typeAnswers(id, 'q');
    const { code, notices } = await resume(id);
    expect([code, notices]).toEqual([1, expect.stringContaining('previous copy')]);
  });
});

interface Recorded {
  target: string;
  steps: { id: string; state: string }[];
  plan: { steps: { id: string }[] };
}

describe('before the first step', () => {
  test('a run reports a missing program, and performs nothing', async () => {
    here.world.ports.processes.locate = (name) => (name === 'kubectl' ? undefined : `C:\\programs\\${name}`);
    const { code, notices } = await run(...FROM_HOST, '--yes');
    expect([code, notices]).toEqual([2, expect.stringContaining('kubectl is not installed on this computer')]);
    expect(notices).toContain('nodes-retail-east');
    expect(notices).toContain('Nothing was run.');
    expect(here.host.calls).toEqual([]);
    expect((await run('runs', 'list')).out).toBe('No plan has been run yet.\n');
  });

  test('a run does not check the programs of skipped steps', async () => {
    here.world.ports.processes.locate = (name) => (name === 'kubectl' ? undefined : `C:\\programs\\${name}`);
    const { code, notices } = await run(...FROM_HOST, '--yes', '--skip', 'nodes-retail-east');
    expect([code, notices]).toEqual([1, expect.stringContaining('Left out, so the exit code is 1: nodes-retail-east')]);
  });

  test('a run lists the steps that need a missing program', async () => {
    here.world.ports.processes.locate = (name) => (name === 'kubectl' ? undefined : `C:\\programs\\${name}`);
    typeAnswers('q');
    expect((await run(...FROM_HOST)).out).toContain('kubectl (not found; needed by nodes-retail-east)');
  });

  test('if only the program of a check is missing, the report states that the step was performed', async () => {
    here.world.ports.processes.stream = (given) =>
      given.input?.includes('Get-AksHciVersion') === true
        ? Promise.reject(new ConsoleError('program.not-found', { program: 'kubectl' }))
        : here.host.stream(given);
    const { out } = await run(...FROM_HOST, '--yes');
    expect(out).toContain('The step was run; its check was not.');
  });
});

test('a recorded run is listed as interrupted, unless a program has claimed one of its clusters', async () => {
  typeAnswers('y', 'q');
  const { notices } = await run(...FROM_HOST);
  const id = runId(notices);
  here.world.files.put(recordPath(id), (await readRecord(id)).replace('"state":"stopped"', '"state":"running"'));
  expect((await run('runs', 'list')).out).toContain('Interrupted');
  const lock = createHash('sha256').update('retail-east').digest('hex').slice(0, 32);
  here.world.claimed.add(`/data/run-locks/${lock}`);
  expect((await run('runs', 'list')).out).toContain('Running');
});
