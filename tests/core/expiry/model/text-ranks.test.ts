import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankTexts } from '../../../../core/expiry/model/text-ranks.ts';

test('ranks texts as `<` orders them, and equal ones alike', () => {
  const unit = fc.constantFrom('a', 'b', '-', '\0', '認', '\u{1f511}', '\uffff');
  fc.assert(
    fc.property(fc.array(fc.string({ unit, maxLength: 5 }), { maxLength: 60 }), (texts) => {
      const different = [...new Set(texts)].sort((left, right) => (left < right ? -1 : 1));
      expect([...rankTexts(texts)]).toEqual(texts.map((text) => different.indexOf(text)));
    }),
  );
});
