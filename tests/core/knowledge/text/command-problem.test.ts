import { expect, test } from 'vitest';
import { checkCommand } from '../../../../core/knowledge/model/cmdlets/command-check.ts';
import { commandProblemText } from '../../../../core/knowledge/text/command-problem.ts';
import { translator } from '../../../../core/shared/text/text.ts';

const messagesAbout = (command: string): string[] =>
  checkCommand(command).problems.map((problem) => commandProblemText(problem, translator('en')));

test('a typed word is printed as it is, even if it is the key of a text', () => {
  for (const word of ['waiting', 'action.cancel', 'command.object.etcd']) {
    const told = messagesAbout(word).join('\n');
    expect(told).toContain(word);
    expect(told).not.toMatch(/Waiting for|Cancel\b|the data of/u);
  }
});

test('the object that a command removes is named in words', () => {
  expect(messagesAbout('rm -rf /var/lib/etcd').join('\n')).not.toContain('command.object.');
});
