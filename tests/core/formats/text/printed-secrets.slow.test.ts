import { expect, test } from 'vitest';
import { SecretFilter } from '../../../../core/formats/text/secret-filter.ts';
import { measureCost } from '../../../support/cost.ts';

test('repeated names without a value are filtered in less than five seconds', () => {
  const cost = measureCost(() => {
    for (const part of [
      'password ',
      'a-',
      'Token',
      'x.',
      'http://',
      'curl ',
      'key=',
      'name: ',
      'key1:{',
      'sshpass ',
      '\\\\',
    ]) {
      const filter = new SecretFilter();
      filter.take(part.repeat(20_000));
      filter.end();
    }
  });
  expect(cost).toBeLessThan(5_000);
});
