import { expect, test } from 'vitest';
import { checkCommand } from '../../../../../core/knowledge/model/cmdlets/command-check.ts';
import { measureCost } from '../../../../support/cost.ts';

test('any repeated text is judged within a second', () => {
  const parts = ['rm', 'ssh a@b', "'", '"', '$(', ')', '`', '|', ';', '*', '?', '/etc', '-n', '>', '\\', '{', '}', ' '];
  const cost = measureCost(() => {
    for (const part of parts) checkCommand(`ssh a@b "rm ${part.repeat(500)}"; rm ${part.repeat(500)}`);
  });
  expect(cost).toBeLessThan(1_000);
});

test.each(['kubectl delete', 'find -exec', 'sudo', 'grep', 'reg add', 'curl -T', 'kubectl get -o', 'sh'])(
  'a thousand repeated words after this command are judged within a second: %s',
  (command) => {
    const cost = measureCost(() => {
      for (const part of [' start', ' -vx', ' ./*', ' {.a}', ' a.b'])
        checkCommand(`${command} ${part.repeat(1_000)}:; ssh a@b '${command} ${part.trim().repeat(1_000)}:'`);
    });
    expect(cost).toBeLessThan(1_000);
  },
);

test.each(['sed p', 'awk', 'tar c', 'ip', 'find', 'xargs -n'])(
  'a thousand arguments of this program on a node are judged within a second: %s',
  (command) => {
    const cost = measureCost(() => {
      for (const part of ['-i .a', '-C a b', 'print', '/a', '-a l s', '"/"', '/a/..', '··'])
        for (const blank of ['', ' ']) checkCommand(`ssh a@b '${command} ${(part + blank).repeat(1_000)} -f x'`);
    });
    expect(cost).toBeLessThan(1_000);
  },
);

test('a thousand files in a thousand places are judged within a second', () => {
  const line = `ls ${'a '.repeat(1_000)} | xargs -I {} rm ${'{} '.repeat(1_000)}`;
  expect(measureCost(() => checkCommand(`ssh a@b '${line}'`))).toBeLessThan(1_000);
  expect(checkCommand(`ssh a@b '${line}'`).ok).toBe(false);
});
