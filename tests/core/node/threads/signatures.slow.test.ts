import { execFile } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { findSigners, isSigned } from '../../../../core/node/threads/signatures.ts';
import type { SignatureCheck } from '../../../../core/shared/ports.ts';
import { SignedFleet } from '../../../support/signed-fleet.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { canRunAsCounted, COUNTED_USER } from '../refuse-threads.ts';

const OIDS = { rsa: '1.2.840.113549.1.1.11', ec: '1.2.840.10045.4.3.2' };
const CLUSTERS = 16;

let checks: SignatureCheck[];
let expected: string[];

/** Most checks list the keys of all CAs; some lack the right key. */
beforeAll(async () => {
  const fleet = new SignedFleet({ rsaKeys: 2 });
  for (let number = 0; number < CLUSTERS; number += 1) await fleet.certificates(number);
  const strange = [new Uint8Array([1, 2, 3]), ...new Set(fleet.signed.map(({ spki }) => spki))];
  // Many checks share one list of keys, like checks with the same issuer name.
  const lists = [strange, [...strange].reverse(), [], strange.slice(0, 4)];
  checks = fleet.signed.map(({ spki, data, signature }, at): SignatureCheck => {
    const isRsa = signature.length === 256;
    const isForged = at % 50 === 7;
    const list = lists[at % 20] ?? lists[0] ?? [];
    const spkis = at % 20 === 9 ? [...list.slice(0, 2), spki] : list;
    const signatureOid = at % 60 === 13 ? '1.2.3' : isRsa ? OIDS.rsa : OIDS.ec;
    return { spkis, signatureOid, data: isForged ? data.subarray(1) : data, signature };
  });
  expected = checks.map(({ spkis, ...signed }, at) =>
    keyAt(
      spkis.findIndex((spki) => isSigned({ ...signed, spki })),
      at,
    ),
  );
});

/** Returns the key itself in hex, since several positions may have the same key. */
const keyAt = (position: number, at: number): string => {
  const key = checks[at]?.spkis[position];
  return key === undefined ? `none ${position}` : Buffer.from(key).toString('hex');
};

test('threads find the same keys as the main thread, even for forged and unknown signatures', async () => {
  let lost = 0;
  const found = await findSigners(checks, { lost: () => (lost += 1) });
  expect(Array.from(found, keyAt)).toEqual(expected);
  expect(new Set(found).has(-1)).toBe(true);
  expect(lost).toBe(0);
});

test.each([
  ['at once', 'process.exit(1)'],
  ['with an error', "throw new Error('no memory')"],
  ['at its first request', "require('node:worker_threads').parentPort.on('message', () => process.exit(1))"],
])('if a thread ends %s, its work is still done and the loss is reported', async (_how, work) => {
  let lost = 0;
  const found = await findSigners(checks, { lost: () => (lost += 1), work });
  expect(Array.from(found, keyAt)).toEqual(expected);
  expect(lost).toBeGreaterThan(0);
});

test('threads leave one core free for other work until that work has ended', async () => {
  const threads = Math.min(availableParallelism(), 2);
  const countThreads = async (beside: Promise<void> | undefined): Promise<number> => {
    let lost = 0;
    const found = await findSigners(checks, { beside, lost: () => (lost += 1), work: 'process.exit(1)' });
    expect(Array.from(found, keyAt)).toEqual(expected);
    return lost;
  };
  const never = new Promise<void>(() => undefined);
  expect(await countThreads(undefined)).toBe(threads);
  expect(await countThreads(never)).toBe(Math.max(1, threads - 1));
  expect(await countThreads(Promise.resolve())).toBe(threads);
});

test('a few signatures are checked without a thread', async () => {
  const few = checks.slice(0, 20);
  const found = await findSigners(few, { work: 'this is no program' });
  expect(Array.from(found, keyAt)).toEqual(expected.slice(0, few.length));
});

test.skipIf(process.platform !== 'linux')(
  'if the system refuses threads, the work is done without them and the loss is reported',
  async (context) => {
    context.skip(!canRunAsCounted(), `${process.execPath} is closed to the user whose threads are counted`);
    const folder = temporaryFolder();
    const outfile = join(folder, 'without-threads.cjs');
    const entry = join(process.cwd(), 'tests/core/node/threads/without-threads.ts');
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs' });
    chmodSync(folder, 0o755);
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], COUNTED_USER);
    expect(JSON.parse(stdout)).toEqual({ found: [-1], entries: 'none', hasMissed: true });
  },
);
