import { expect, test } from 'vitest';
import { checkCommand } from '../../../../core/knowledge/model/cmdlets/command-check.ts';
import { commandProblemText } from '../../../../core/knowledge/text/command-problem.ts';
import { translator } from '../../../../core/shared/text/text.ts';

const messagesAbout = (command: string): string[] =>
  checkCommand(command).problems.map((problem) => commandProblemText(problem, translator('en')));

test('a typed word is printed unchanged, even if it equals a message key', () => {
  for (const word of ['waiting', 'action.cancel', 'command.object.etcd']) {
    const told = messagesAbout(word).join('\n');
    expect(told).toContain(word);
    expect(told).not.toMatch(/Waiting for|Cancel\b|the data of/u);
  }
});

test('a message names the removed object in words, not by its key', () => {
  expect(messagesAbout('rm -rf /var/lib/etcd').join('\n')).not.toContain('command.object.');
});
