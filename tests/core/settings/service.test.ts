import { expect, test } from 'vitest';
import { settingsService } from '../../../core/settings/service.ts';
import { openConsole } from '../../support/console.ts';

test('a change is stored and told once all is there that it needs', async () => {
  const { store } = (await openConsole()).data;
  const told: string[] = [];
  let prepared = (): void => {};
  const service = settingsService({
    store,
    prepare: () => new Promise((resolve) => (prepared = resolve)),
    announce: ({ language }) => void told.push(language),
  });
  const changing = service.change({ language: 'ja' });
  expect([store.settings().language, told]).toEqual(['system', []]);
  prepared();
  await changing;
  expect([store.settings().language, told]).toEqual(['ja', ['ja']]);
});

test('a change whose needs are not there is not stored, and whoever asked for it learns of it', async () => {
  const { store } = (await openConsole()).data;
  const service = settingsService({ store, prepare: () => Promise.reject(new Error('no such file')) });
  await expect(service.change({ language: 'ja' })).rejects.toThrow('no such file');
  expect(store.settings().language).toBe('system');
});
