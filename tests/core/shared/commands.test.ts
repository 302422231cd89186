import { expect, test } from 'vitest';
import { COMMAND_IDS, COMMAND_TABLE } from '../../../core/shared/commands.ts';

const shortcuts = COMMAND_IDS.flatMap((id) => COMMAND_TABLE[id].shortcut ?? []);

test('no two commands have the same shortcut', () => {
  expect(shortcuts).toHaveLength(new Set(shortcuts).size);
});

test.each(shortcuts)('the shortcut %s is spelled in the form that menus use', (shortcut) => {
  expect(shortcut).toMatch(/^(?:Ctrl\+(?:Shift\+)?[A-Z0-9,]|F\d+)$/u);
});
