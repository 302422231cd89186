import { expect, test } from 'vitest';
import { KnownLabs } from '../../../core/lab/store/known-labs.ts';
import { testPorts } from '../../support/ports.ts';

test('the lab of a file is the one whose folder contains it, and not one whose name only begins alike', async () => {
  const known = new KnownLabs(testPorts(), '/data');
  await known.add('/labs/one');
  await known.add('/labs/one-more');
  expect(await known.findAround(['/labs/one/host/cloudconfig'])).toBe('/labs/one');
  expect(await known.findAround(['/labs/one-more/host/cloudconfig'])).toBe('/labs/one-more');
  for (const path of ['/labs/one', '/labs/other/x', '/labs/on/x'])
    expect(await known.findAround([path])).toBeUndefined();
  expect(await known.findAround([])).toBeUndefined();
});
