import { describe, expect, test } from 'vitest';
import { emptyWorld, type Outcome } from './test-world.ts';

/** Runs a command line in this process; throws if the command opens a store. */
const run = (...words: string[]): Promise<Outcome> => emptyWorld().run(...words);

describe('a refused command exits with 2, names the fault, and prints nothing on standard output', () => {
  test.each([
    [['frobnicate'], 'frobnicate'],
    [['inventory'], 'inventory'],
    [['inventory', 'delete'], 'inventory delete'],
    [['expiry', 'channels'], 'arcwarden channel list'],
    [['expiry', 'test', 'monitor'], 'arcwarden channel test'],
    [['revocation', 'rehearse', 'a.yaml'], 'arcwarden revocation dry-run'],
    [['inspect'], 'inspect'],
    [['inspect', 'x', '--wat'], '--wat'],
    [['inspect', 'x', '--data'], '--data'],
    [['inspect', 'x', '--json=yes'], '--json'],
    [['inspect', 'x', '--csv'], '--csv'],
    [['inventory', 'import'], 'inventory import'],
    [['inventory', 'list', '--now', 'yesterday'], '--now'],
    [['inventory', 'list', '--lang', 'xx'], '--lang'],
    [['inventory', 'list', '--state', 'dead'], '--state'],
    [['inventory', 'list', '--layer', 'cloud'], '--layer'],
    [['inventory', 'list', '--sort', 'colour'], '--sort'],
    [['inventory', 'list', '--json', '--csv'], '--csv'],
    [['inventory', 'forget'], 'forget'],
    [['inventory', 'forget', 'a', 'b'], 'forget'],
  ])('the command line %j is refused', async (words, named) => {
    const { code, out, notices } = await run(...words);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(notices).toContain(named);
  });
});

test('a missing path is reported in the requested format, with exit code 2', async () => {
  const { code, out } = await run('inspect', 'nowhere.pem', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    records: [],
    findings: [{ rule: 'file.not-found', place: { path: '/folder/nowhere.pem' } }],
  });
});

describe('help', () => {
  const verbs = ['inspect', 'inventory import', 'inventory list', 'inventory forget'];

  test.each(verbs)('lists “%s” among the commands and describes it on its own page', async (verb) => {
    expect((await run('--help')).out).toContain(`arcwarden ${verb}`);
    for (const words of [
      [...verb.split(' '), '--help'],
      ['help', ...verb.split(' ')],
    ]) {
      const { code, out } = await run(...words);
      expect(code).toBe(0);
      expect(out).toContain(`arcwarden ${verb}`);
      for (const other of verbs) if (other !== verb) expect(out).not.toContain(`arcwarden ${other}`);
    }
  });

  test('uses the requested language', async () => {
    expect((await run('--help', '--lang', 'ja')).out).toContain('終了コード');
  });

  test('is printed with exit code 2 if no command is given', async () => {
    expect(await run()).toMatchObject({ code: 2, notices: '' });
  });
});

test('an internal error exits with 3 and prints the id of its log entry instead of its message', async () => {
  const { code, notices } = await run('inventory', 'list');
  expect(code).toBe(3);
  expect(notices).toMatch(/log entry \S+/u);
  expect(notices).not.toContain('no store is expected');
});
