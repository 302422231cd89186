import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import * as remedies from '../../../../core/knowledge/model/credentials/roles-remedies.ts';
import { SUMMED_FILES } from '../../../../core/revocation/model/bundle.ts';
import { recoveryScript, verifierScript } from '../../../../core/revocation/export/script.ts';
import { recoveryPlan } from '../../../../core/revocation/recovery.ts';
import { commandText, type Plan } from '../../../../core/plan/model/plan.ts';
import { translator } from '../../../../core/shared/text/text.ts';
import type { BundleContent } from '../../../../core/revocation/bundle/content.ts';
import {
  scriptCode,
  commandNames,
  readDocument,
  parsePowerShell,
  readyPowerShell,
} from '../../../support/power-shell.ts';
import { makeBundleContent } from '../../../support/revocation-bundles.ts';
import { NOW } from '../../../support/known-certificates.ts';
import { HOSTILE_NAMES } from '../../maintenance/export/plans.ts';

const translators = { en: translator('en'), ja: translator('ja') };
const hashes = {
  manifest: createHash('sha256').update('manifest').digest('hex'),
  undo: createHash('sha256').update('undo').digest('hex'),
};

let content: BundleContent;

beforeAll(async () => {
  await readyPowerShell();
  content = await makeBundleContent();
});

const scriptFor = (target: BundleContent['target'], plan = content.openPlan): string =>
  recoveryScript({ ...content, openPlan: plan, target }, hashes, translators);
const USUAL = { cluster: { name: 'retail-east' }, kubeconfig: 'C:\\k\\config' };

interface Step {
  id: string;
  person: boolean;
  risk: string;
  command: { shown: string } | null;
  words: Record<'en' | 'ja', { title: string; why: string; sources: string }>;
}
interface Document {
  languages: string[];
  cluster: string;
  kubeconfig: string;
  values: { name: string }[];
  files: { name: string; sha256: string }[];
  keptAs: string;
  texts: Record<'en' | 'ja', Record<string, string>>;
  steps: Step[];
  undo: Step[];
}
const read = (script: string): Document => readDocument<Document>(parsePowerShell(script));

/** Lists the texts that the code of a script uses, such as `$Texts.same` and `$Plan.texts.'no-program'`. */
const textsAskedFor = (code: string): string[] =>
  [...code.matchAll(/\$(?:Texts|Plan\.texts)\.(?:'([a-z-]+)'|([a-z]+))/gu)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );

describe('the scripts of a bundle', () => {
  const both = (): [string, string][] => [
    ['recovery', scriptFor(USUAL)],
    ['verify', verifierScript(SUMMED_FILES, translators)],
  ];

  test('are valid PowerShell', () => {
    for (const [name, script] of both()) {
      const root = parsePowerShell(script);
      expect(
        root.descendantsOfType('ERROR').map((node) => node?.text),
        name,
      ).toEqual([]);
      expect(root.hasError).toBe(false);
      // The parser rejects invalid scripts.
      expect(parsePowerShell(`${script}}`).hasError).toBe(true);
      expect(parsePowerShell(script.replace('foreach (', 'foreach (in (')).hasError).toBe(true);
    }
  });

  test('have a byte order mark and Windows line ends, and are ASCII except for the comments at the top', () => {
    for (const [, script] of both()) {
      expect(script.startsWith('\uFEFF# ')).toBe(true);
      const lines = script.slice(1).split('\r\n');
      expect(lines.some((line) => /[\r\n]/u.test(line))).toBe(false);
      const [first = ''] = lines.filter((line) => line.startsWith('#Requires'));
      const remarks = lines.slice(0, lines.indexOf(first));
      expect(remarks.every((line) => line.startsWith('# '))).toBe(true);
      expect(remarks.some((line) => /\p{sc=Han}/u.test(line))).toBe(true);
      expect(lines.filter((line) => /[^\x20-\x7e]/u.test(line) && !remarks.includes(line))).toEqual([]);
    }
  });

  test('contain every text that they print, in both languages and with the same placeholders', () => {
    for (const [, script] of both()) {
      const { texts } = read(script);
      const asked = textsAskedFor(scriptCode(script));
      expect(asked.length).toBeGreaterThan(4);
      const places = (text = ''): string[] => [...(text.match(/\{\d\}/gu) ?? [])].sort();
      expect(Object.keys(texts.ja)).toEqual(Object.keys(texts.en));
      for (const name of asked) expect(Object.keys(texts.en)).toContain(name);
      for (const [name, text] of Object.entries(texts.en)) {
        expect(places(texts.ja[name]), name).toEqual(places(text));
        // A format string of .NET must contain no other brace.
        expect(text.replaceAll(/\{\d\}/gu, '')).not.toMatch(/[{}]/u);
      }
    }
  });

  test('never run code made from data', () => {
    for (const [, script] of both())
      for (const forbidden of ['Invoke-Expression', 'iex', 'Start-Process', 'Remove-Item', 'Add-Type'])
        expect(commandNames(parsePowerShell(script))).not.toContain(forbidden);
  });
});

describe('the guided recovery', () => {
  test('has the same code for any names, contains simple names, and asks for all others', () => {
    const possible = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/u;
    const usual = scriptFor(USUAL);
    const code = scriptCode(usual);
    const remarks = (script: string): string => script.slice(0, script.indexOf('#Requires'));
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary' }), fc.stringMatching(possible)),
        fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary' })),
        (cluster, kubeconfig) => {
          const script = scriptFor({ cluster: { name: 'any', commandName: cluster }, kubeconfig });
          expect(scriptCode(script)).toBe(code);
          expect(remarks(script)).toBe(remarks(usual));
          const passedOn = read(script);
          expect(passedOn.cluster ?? '').toBe(possible.test(cluster) ? cluster : '');
          expect(passedOn.kubeconfig).toBe(kubeconfig);
        },
      ),
      { numRuns: 30, examples: HOSTILE_NAMES.map((name) => [name, name]) },
    );
  });

  test('contains the steps of the plan with their sources, and the steps to undo it', () => {
    const { steps, undo, values, languages } = read(scriptFor(USUAL));
    expect(steps.map(({ id, command }) => [id, command?.shown ?? ''])).toEqual(
      content.openPlan.steps.map(({ id, command }) => [id, command === undefined ? '' : commandText(command)]),
    );
    expect(undo.map(({ id, command }) => [id, command?.shown])).toEqual([['apply', 'kubectl delete -f undo.yaml']]);
    expect(values.map(({ name }) => name)).toEqual(['cluster']);
    expect(languages).toEqual(['en', 'ja']);
    for (const { words } of [...steps, ...undo]) {
      expect(words.en.sources).not.toBe('');
      expect(words.ja.title).not.toBe(words.en.title);
      expect(words.ja.why).toMatch(/[\p{sc=Hiragana}\p{sc=Han}]/u);
    }
  });

  test('runs only documented cmdlets', () => {
    const documented = new Set(Object.values(remedies).map(({ command }) => command));
    const plans = [content.openPlan, managementPlan()];
    const cmdlets = plans.flatMap(({ steps }) =>
      steps.flatMap(({ command }) => (command?.kind === 'cmdlet' ? commandText(command) : [])),
    );
    expect(cmdlets).toHaveLength(3);
    for (const command of cmdlets) expect(documented).toContain(command);
  });

  test('leaves manual steps to a person, and repairs the host on which it runs', () => {
    const { steps } = read(scriptFor({}, managementPlan()));
    const step = (id: string): Step | undefined => steps.find((each) => each.id === id);
    expect(step('repair')).toMatchObject({ person: false, command: { shown: remedies.HOST_REPAIR.command } });
    expect(step('credential')).toMatchObject({ person: true, command: { shown: remedies.COPY_ADMIN_CONF.command } });
    // A person also corrects the manifest. The script stops until this is confirmed.
    const mend = read(scriptFor(USUAL)).steps[0];
    expect(mend).toMatchObject({ id: 'mend', person: true, risk: 'dangerous', command: null });
  });

  function managementPlan(): Plan {
    return recoveryPlan({ entries: [], now: NOW, file: 'manifest.yaml', undoFile: 'undo.yaml', isManagement: true });
  }

  test('runs only if its files are unchanged, and stores its state in another folder', () => {
    const script = scriptFor(USUAL);
    const { files, keptAs } = read(script);
    expect(files).toEqual([
      { name: 'manifest.yaml', sha256: hashes.manifest },
      { name: 'undo.yaml', sha256: hashes.undo },
    ]);
    expect(keptAs).toMatch(/^revocation\\recovery-\d+-[0-9a-f]{8}$/u);
    const code = scriptCode(script);
    expect(code.indexOf('Get-FileHash')).toBeLessThan(code.indexOf('$exitCode = 0'));
    expect(code.indexOf('Push-Location -LiteralPath $PSScriptRoot')).toBeLessThan(
      code.indexOf('foreach ($step in $steps) {\n    $at'),
    );
  });
});

test('the verification script has its own list of the files, so that it detects a file removed from the list in the bundle', () => {
  const script = verifierScript(SUMMED_FILES, translators);
  const { names, sums } = readDocument<{ names: string[]; sums: string }>(parsePowerShell(script));
  expect(sums).toBe('SHA256SUMS');
  expect(names).toEqual([...SUMMED_FILES]);
  expect(names).toContain('verify.ps1');
  expect([...new Set(scriptCode(script).match(/\bexit \d/gu))].sort()).toEqual(['exit 0', 'exit 1', 'exit 2']);
});
