import { MessageChannel, Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { Moved, ThreadCalls } from '../../../../core/node/threads/thread-calls.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { testPorts } from '../../../support/ports.ts';

interface Reader {
  length(text: string): number;
  later(text: string): Promise<string>;
  refuse(path: string): never;
  fail(): never;
  uncopied(): unknown;
  moved(): Uint8Array[];
}

interface Front {
  told(text: string): void;
}

const open: { close: () => void }[] = [];

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** Opens a channel and returns both of its ends; `heard` collects the messages that arrive at the reader. */
function openChannel() {
  const { port1, port2 } = new MessageChannel();
  open.push(port1);
  const ports = testPorts();
  const heard: string[] = [];
  const kept = ['a plan', 'its steps'].map((line) => new TextEncoder().encode(line));
  const front = new ThreadCalls<Reader>(port1, { told: (text: string) => heard.push(text) }, ports);
  const reader: ThreadCalls<Front> = new ThreadCalls<Front>(
    port2,
    {
      length: (text: string) => text.length,
      later: async (text: string) => {
        await reader.call('told', 'begun');
        await reader.call('told', 'almost done');
        return text.toUpperCase();
      },
      refuse: (path: string) => {
        throw new ConsoleError('file.not-readable', { path, reason: 'EACCES' });
      },
      fail: () => {
        throw new TypeError('a text that nobody may see');
      },
      uncopied: () => ({ run: () => undefined }),
      moved: () => new Moved(kept),
    },
    ports,
  );
  return { front, heard, kept, ports };
}

test('each call returns its own result from the other thread', async () => {
  const { front } = openChannel();
  const lengths = await Promise.all(['', 'a', 'bb', 'ccc'].map((text) => front.call('length', text)));
  expect(lengths).toEqual([0, 1, 2, 3]);
});

test('messages from the other thread arrive before the result of the call that sent them', async () => {
  const { front, heard } = openChannel();
  expect(await front.call('later', 'x')).toBe('X');
  expect(heard).toEqual(['begun', 'almost done']);
});

test('an expected failure keeps its code and parameters', async () => {
  const { front } = openChannel();
  await expect(front.call('refuse', '/etc/shadow')).rejects.toMatchObject({
    name: 'ConsoleError',
    code: 'file.not-readable',
    params: { path: '/etc/shadow', reason: 'EACCES' },
  });
});

test('a bug is logged in the thread in which it occurs, and its message does not leave that thread', async () => {
  const { front, ports } = openChannel();
  const failure: unknown = await front.call('fail').catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'internal' });
  expect(JSON.stringify(failure)).not.toContain('nobody may see');
  expect(ports.log.entries).toHaveLength(1);
  expect(JSON.stringify(ports.log.entries)).not.toContain('nobody may see');
});

test('a name that is not a function of the other thread is rejected, even if every object has it', async () => {
  const { front } = openChannel();
  for (const name of ['erase', 'toString', '__proto__', 'constructor'])
    await expect(front.call(name as 'fail')).rejects.toMatchObject({ code: 'internal' });
});

test('the end of a thread rejects waiting and later calls', async () => {
  const worker = new Worker("require('node:worker_threads').parentPort.on('message', () => undefined)", { eval: true });
  const calls = new ThreadCalls<Reader>(worker, {}, testPorts());
  const waiting = calls.call('length', 'a');
  const ended = new Promise((resolve) => {
    worker.once('exit', resolve);
  });
  await worker.terminate();
  await ended;
  calls.end({ code: 'internal', params: { id: '7f3c' }, logId: '7f3c' });
  await expect(waiting).rejects.toMatchObject({ code: 'internal', params: { id: '7f3c' } });
  await expect(calls.call('length', 'b')).rejects.toMatchObject({ code: 'internal' });
});

test('a result that cannot be copied fails for the caller and is logged as a bug', async () => {
  const { front, ports } = openChannel();
  await expect(front.call('uncopied')).rejects.toMatchObject({ name: 'ConsoleError', code: 'internal' });
  expect(ports.log.entries).toHaveLength(1);
});

test('transferred lines arrive, and the sending thread no longer has them', async () => {
  const { front, kept } = openChannel();
  const lines = await front.call('moved');
  expect(lines.map((line) => new TextDecoder().decode(line))).toEqual(['a plan', 'its steps']);
  expect(kept.map(({ byteLength }) => byteLength)).toEqual([0, 0]);
});
