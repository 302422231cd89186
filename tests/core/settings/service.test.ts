import { expect, test } from 'vitest';
import { settingsService } from '../../../core/settings/service.ts';
import { openConsole } from '../../support/console.ts';

test('a change is stored and announced only after its preparation', async () => {
  const { store } = (await openConsole()).data;
  const told: string[] = [];
  let finishPreparation = (): void => {};
  const service = settingsService({
    store,
    prepare: () => new Promise((resolve) => (finishPreparation = resolve)),
    announce: ({ language }) => void told.push(language),
  });
  const changing = service.change({ language: 'ja' });
  expect([store.settings().language, told]).toEqual(['system', []]);
  finishPreparation();
  await changing;
  expect([store.settings().language, told]).toEqual(['ja', ['ja']]);
});

test('a change whose preparation fails is not stored, and the caller gets the error', async () => {
  const { store } = (await openConsole()).data;
  const service = settingsService({ store, prepare: () => Promise.reject(new Error('no such file')) });
  await expect(service.change({ language: 'ja' })).rejects.toThrow('no such file');
  expect(store.settings().language).toBe('system');
});
