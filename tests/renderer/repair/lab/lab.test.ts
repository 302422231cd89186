import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { KnownLab, PresentLab } from '../../../../core/lab/contract.ts';
import type { MachineState } from '../../../../core/lab/model/lab.ts';
import { faultKey } from '../../../../renderer/repair/lab/texts.ts';
import { openConsole, PROBLEM, type TestConsole } from '../../../support/console.ts';
import { TEST_NOW } from '../../../support/ports.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function makeLab(id: string, state: MachineState = 'ended'): PresentLab {
  const machine = { name: 'cloud-agent', kind: 'cloud-agent', state, log: '/lab/log', services: [] } as const;
  const status = { folder: '/lab', createdAt: TEST_NOW, pace: 1, running: state === 'running', machines: [machine] };
  return { id, folder: `/lab/${id}`, status };
}

const [FIRST, SECOND] = ['1'.repeat(16), '2'.repeat(16)];
const ONE = makeLab(FIRST);
const TWO = makeLab(SECOND);
const ok = <T>(value: T) => Promise.resolve({ ok: true as const, value });

async function openLab(labs: KnownLab[]) {
  const console = await openConsole();
  console.override('lab', 'list', () => ok(labs));
  const state = console.openWindow();
  await state.lab.read();
  return { console, state, lab: state.lab };
}

const countLists = (console: TestConsole): number => console.calls('lab', 'list').length;

test('labs are read when shown and every five seconds, until they are hidden', async () => {
  const { console, lab } = await openLab([ONE]);
  const before = countLists(console);
  const stop = lab.watch();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(countLists(console) - before).toBe(3);
  stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(countLists(console) - before).toBe(3);
});

test('without a lab the form is shown, and with one its machines', async () => {
  expect((await openLab([])).lab.isFormShown).toBe(true);
  const { lab } = await openLab([ONE, TWO]);
  expect([lab.isFormShown, lab.shown]).toEqual([false, ONE]);
  lab.isMaking = true;
  expect(lab.isFormShown).toBe(true);
  lab.choose(SECOND);
  expect([lab.isFormShown, lab.shown]).toEqual([false, TWO]);
});

describe('creating a lab', () => {
  test('asks for a folder, creates the lab there and starts it', async () => {
    const { console, lab } = await openLab([]);
    const running = makeLab(FIRST, 'running');
    console.sources = ['/new'];
    console.override('lab', 'create', () => ok(ONE));
    console.override('lab', 'start', () => ok(running.status));
    lab.outage = 'kms-token';
    lab.pace = '1440';
    await lab.createAndStart();
    expect(console.calls('lab', 'create')).toMatchObject([
      { outage: 'kms-token', pace: 1440, etcdClientIssuer: 'etcd-ca' },
    ]);
    expect(console.calls('lab', 'start')).toEqual([{ lab: FIRST }]);
    expect([lab.shown, lab.working]).toEqual([running, undefined]);
  });

  test('names no outage if none is wanted', async () => {
    const { console, lab } = await openLab([]);
    console.sources = ['/new'];
    console.fail('lab', 'create');
    lab.outage = 'none';
    await lab.createAndStart();
    expect(console.calls('lab', 'create')[0]).not.toHaveProperty('outage');
  });

  test('does nothing if no folder is chosen', async () => {
    const { console, lab } = await openLab([]);
    await lab.createAndStart();
    expect(console.calls('lab', 'create')).toEqual([]);
  });

  test.each([
    ['0', true],
    ['1', false],
    ['1440', false],
    ['1441', true],
    ['1.5', true],
    ['', true],
  ])('the pace %j is refused: %j', async (pace, isWrong) => {
    const { console, lab } = await openLab([]);
    console.sources = ['/new'];
    console.fail('lab', 'create');
    lab.pace = pace;
    expect(lab.isPaceWrong).toBe(isWrong);
    await lab.createAndStart();
    expect(console.calls('lab', 'create')).toHaveLength(isWrong ? 0 : 1);
  });

  test('shows its progress', async () => {
    const { console, lab } = await openLab([]);
    console.emit('lab', 'making', { made: 3, total: 90 });
    expect(lab.making).toEqual({ made: 3, total: 90 });
  });

  test('that fails is reported and starts nothing', async () => {
    const { console, state, lab } = await openLab([]);
    console.sources = ['/new'];
    console.fail('lab', 'create');
    await lab.createAndStart();
    expect(state.notices.list.map(({ problem }) => problem)).toEqual([PROBLEM]);
    expect([console.calls('lab', 'start'), lab.working]).toEqual([[], undefined]);
  });
});

test('one change is made at a time', async () => {
  const { console, lab } = await openLab([ONE]);
  let end!: () => void;
  const held = new Promise<void>((resolve) => (end = resolve));
  console.override('lab', 'switchOff', async () => {
    await held;
    return ok(makeLab(FIRST, 'off').status);
  });
  const off = lab.turn(ONE, 'cloud-agent', 'switchOff');
  expect(lab.working).toEqual({ work: 'switchOff', machine: 'cloud-agent' });
  await lab.start(ONE);
  end();
  await off;
  expect(console.calls('lab', 'start')).toEqual([]);
  expect([lab.working, lab.shown]).toEqual([undefined, makeLab(FIRST, 'off')]);
});

test('a list that was read before a change does not undo the change', async () => {
  const { console, lab } = await openLab([ONE]);
  let answer!: () => void;
  const held = new Promise<void>((resolve) => (answer = resolve));
  console.override('lab', 'list', async () => {
    await held;
    return ok<KnownLab[]>([ONE]);
  });
  const running = makeLab(FIRST, 'running');
  console.override('lab', 'start', () => ok(running.status));
  const reading = lab.read();
  await lab.start(ONE);
  answer();
  await reading;
  expect(lab.shown).toEqual(running);
});

test('a lab that is gone is shown as gone, and is forgotten on request', async () => {
  const gone = { id: FIRST, folder: '/gone', fault: 'absent' } as const;
  const { console, state, lab } = await openLab([gone]);
  expect([lab.shown, lab.isFormShown, state.notices.list]).toEqual([gone, false, []]);
  console.override('lab', 'forget', () => ok([]));
  await lab.forget(gone);
  expect([console.calls('lab', 'forget'), lab.isFormShown]).toEqual([[{ lab: FIRST }], true]);
});

test('the log of a machine is shown on demand, and hidden by the same button', async () => {
  const { console, lab } = await openLab([ONE]);
  console.override('lab', 'readLog', () => ok({ text: 'line\n' }));
  await lab.toggleLog(ONE, 'cloud-agent');
  expect(lab.log).toEqual({ machine: 'cloud-agent', text: 'line' });
  await lab.toggleLog(ONE, 'cloud-agent');
  expect(lab.log).toBeUndefined();
});

test('codes of TLS and of the system have words, and others are named', () => {
  expect(['CERT_HAS_EXPIRED', 'ECONNREFUSED', 'HTTP 500'].map(faultKey)).toEqual([
    ...['lab.fault.CERT_HAS_EXPIRED', 'lab.fault.ECONNREFUSED', 'lab.fault.other'],
  ]);
});
