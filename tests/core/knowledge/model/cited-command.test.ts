import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandFor, powerShellWord } from '../../../../core/knowledge/model/cited-command.ts';

describe('a command for a cluster', () => {
  test.each([
    ['retail-east', 'Update-AksHciCluster -name retail-east'],
    ["o'neil; rm", "Update-AksHciCluster -name 'o''neil; rm'"],
    ['o’neil', "Update-AksHciCluster -name 'o’’neil'"],
    ['$(Stop-Computer)', "Update-AksHciCluster -name '$(Stop-Computer)'"],
    ['$&', "Update-AksHciCluster -name '$&'"],
    ['-force', "Update-AksHciCluster -name '-force'"],
  ])('contains the name %s in a form that PowerShell reads as one word', (name, command) => {
    expect(commandFor({ command: 'Update-AksHciCluster -name <cluster>' }, name)).toBe(command);
  });

  test('has single quotes instead of double quotes, in which PowerShell would expand the name', () => {
    const remedy = { command: 'rotate --name "KMSPlugin-<cluster>-moc-kms-plugin" > a.yaml' };
    expect(commandFor(remedy, 'retail-east')).toBe('rotate --name "KMSPlugin-retail-east-moc-kms-plugin" > a.yaml');
    expect(commandFor(remedy, '$x')).toBe("rotate --name 'KMSPlugin-$x-moc-kms-plugin' > a.yaml");
  });
});

/**
 * Returns the text of a single-quoted literal as PowerShell reads it: any kind of single quote ends the literal unless
 * it is doubled.
 */
function literalIn(word: string): string | undefined {
  if (!word.startsWith("'") || !word.endsWith("'")) return undefined;
  let text = '';
  for (let at = 1; at < word.length - 1; at++) {
    const letter = word[at] ?? '';
    if (/['‘’‚‛]/u.test(letter)) {
      at += 1;
      if (at === word.length - 1 || !/['‘’‚‛]/u.test(word[at] ?? '')) return undefined;
    }
    text += letter;
  }
  return text;
}

test('the literal made from any text is read as the same text', () => {
  const hostile = fc.string({ unit: fc.constantFrom(...'\'‘’‚‛"`$(){};\n ab-漢') });
  fc.assert(
    fc.property(hostile, (text) => {
      const word = powerShellWord(text);
      expect(/^[A-Za-z0-9][A-Za-z0-9._-]*$/u.test(text) ? word : literalIn(word)).toBe(text);
    }),
  );
});
