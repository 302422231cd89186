import { describe, expect, test } from 'vitest';
import { FAILURES } from '../../../core/domain/catalogue/failures/index.ts';
import { diagnose } from '../../../core/domain/diagnose.ts';
import { INNOCENT, PERTURBATIONS } from '../../support/perturbed.ts';

describe.each(FAILURES)('$id', ({ id, published }) => {
  describe.each(published)('from “%s”', (text) => {
    test.each(Object.entries(PERTURBATIONS))('is named first %s', (_, perturb) => {
      const { causes } = diagnose({ texts: [perturb(text)] });
      expect(
        causes.map(({ failure, confidence }) => `${failure} ${confidence}`).slice(0, 3)[0],
      ).toMatch(new RegExp(`^${id} `));
    });
  });
});
test.each(Object.entries(INNOCENT))('nothing in %s', (_, text) => {
  expect(diagnose({ texts: [text] }).causes).toEqual([]);
});
