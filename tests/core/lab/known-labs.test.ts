import { expect, test } from 'vitest';
import { KnownLabs } from '../../../core/lab/store/known-labs.ts';
import { testPorts } from '../../support/ports.ts';

test('the labs that were used here are listed, the latest first, until they are forgotten', async () => {
  const ports = testPorts();
  const known = new KnownLabs(ports, '/data');
  const one = await known.add('/labs/one');
  const two = await known.add('/labs/two');
  expect(await known.add('/labs/one')).toEqual(one);
  expect(await known.list()).toEqual([one, two]);
  await known.forget(one.id);
  expect(await new KnownLabs(ports, '/data').list()).toEqual([two]);
});
