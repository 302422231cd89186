import { expect, test } from 'vitest';
import { LazyProperties } from '../../../../core/inventory/store/lazy-properties.ts';

class Source {
  asked: string[] = [];
  get first(): string {
    this.asked.push('first');
    return 'one';
  }
  get second(): number {
    this.asked.push('second');
    return 2;
  }
}

const lazy = new LazyProperties<Source, Pick<Source, 'first' | 'second'>>({
  first: (source) => source.first,
  second: (source) => source.second,
});

test('reading a property computes only that property', () => {
  const source = new Source();
  const object = lazy.add({ name: 'a' }, source);
  expect(source.asked).toEqual([]);
  expect(object.second).toBe(2);
  expect(source.asked).toEqual(['second']);
});

test.each<[string, (object: object) => unknown]>([
  ['copied', (object) => ({ ...object })],
  ['cloned for another process', (object) => structuredClone(object)],
  ['written as JSON', (object) => JSON.parse(JSON.stringify(object)) as unknown],
])('an object that is %s has the same properties as plain values', (_, copy) => {
  const copied = copy(lazy.add({ name: 'a' }, new Source()));
  expect(copied).toStrictEqual({ name: 'a', first: 'one', second: 2 });
  expect(Reflect.ownKeys(copied as object)).toEqual(['name', 'first', 'second']);
});

test('every object has its own source, and an object without added properties has none', () => {
  const [source, other] = [new Source(), new Source()];
  expect(lazy.findSource(lazy.add({}, source))).toBe(source);
  expect(lazy.findSource(lazy.add({}, other))).toBe(other);
  expect(lazy.findSource({ first: 'one', second: 2 })).toBeUndefined();
});
