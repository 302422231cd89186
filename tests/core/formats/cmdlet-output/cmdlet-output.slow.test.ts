import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import {
  findField,
  formatFieldText,
  readCmdletOutput,
  type CmdletOutput,
} from '../../../../core/formats/cmdlet-output/cmdlet-output.ts';
import { formatValue } from '../../../../core/formats/cmdlet-output/value.ts';
import { isWide } from '../../../../core/formats/text/display-cells.ts';
import { decodeText } from '../../../../core/formats/text/text-encoding.ts';
import { measureCost } from '../../../support/cost.ts';

/** Source: the documentation page about workload cluster upgrades. */
const CLUSTER_UPDATES = `details                                                     kubernetesversion operatingsystemversion
-------                                                     ----------------- ----------------------
This is a patch kubernetes upgrade. (i.e v1.1.X  to v1.1.Y) v1.19.9           @{mariner=April 2021; windows=April 2021}
This is a minor kubernetes upgrade. (i.e v1.X.1 to v1.Y.1)  v1.20.5           @{mariner=April 2021; windows=April 2021}`;

function readRecords(text: string): Record<string, unknown>[] {
  return readCmdletOutput(text).outputs.flatMap((output) =>
    'records' in output
      ? output.records.map(({ fields }) => Object.fromEntries(fields.map(({ name, value }) => [name, value])))
      : [],
  );
}

function readShapes(text: string): (string | undefined)[] {
  return readCmdletOutput(text).outputs.map(({ shape, command }) =>
    command === undefined ? shape : `${command.name}: ${shape}`,
  );
}

function readOneOutput(text: string): CmdletOutput {
  const [output, ...others] = readCmdletOutput(text).outputs;
  expect(others).toEqual([]);
  if (output === undefined) throw new Error('nothing was read');
  return output;
}

describe('a table', () => {
  test('is split into columns by its line of hyphens', () => {
    expect(readRecords(CLUSTER_UPDATES)).toEqual([
      {
        details: 'This is a patch kubernetes upgrade. (i.e v1.1.X  to v1.1.Y)',
        kubernetesversion: 'v1.19.9',
        operatingsystemversion: { mariner: 'April 2021', windows: 'April 2021' },
      },
      {
        details: 'This is a minor kubernetes upgrade. (i.e v1.X.1 to v1.Y.1)',
        kubernetesversion: 'v1.20.5',
        operatingsystemversion: { mariner: 'April 2021', windows: 'April 2021' },
      },
    ]);
  });

  test('has the same records after an 80-column console has wrapped it', () => {
    const broken = CLUSTER_UPDATES.split('\n')
      .flatMap((line) => line.match(/.{1,80}/gu) ?? [])
      .join('\r\n');
    expect(readRecords(broken)).toEqual(readRecords(CLUSTER_UPDATES));
    expect(readCmdletOutput(broken).findings).toEqual([]);
  });

  test('may contain right-aligned numbers that are wider than their heading', () => {
    const text = `
Name        Count State
----        ----- -----
retail east     7 fine
osaka       12345 off
a           88888 on hold`;
    expect(readRecords(text)).toEqual([
      { Name: 'retail east', Count: '7', State: 'fine' },
      { Name: 'osaka', Count: '12345', State: 'off' },
      { Name: 'a', Count: '88888', State: 'on hold' },
    ]);
  });

  test('has complete values even if several columns are wrapped', () => {
    const text = `
TestName             TestResult Details
--------             ---------- -------
Validate AksHci      Failed     Target cluster seasons is
Update                          operating on a deprecated minor
                                version v1.21.7.
Other                Passed     fine`;
    expect(readRecords(text)).toEqual([
      {
        TestName: 'Validate AksHci Update',
        TestResult: 'Failed',
        Details: 'Target cluster seasons is operating on a deprecated minor version v1.21.7.',
      },
      { TestName: 'Other', TestResult: 'Passed', Details: 'fine' },
    ]);
  });

  test('with only its first column wrapped is distinguished from a table with a short row', () => {
    const text = `
Name       State
----       -----
a long     fine
nameindeed
b          off
c`;
    expect(readRecords(text)).toEqual([
      { Name: 'a long nameindeed', State: 'fine' },
      { Name: 'b', State: 'off' },
      { Name: 'c', State: '' },
    ]);
  });

  test('is read with a mark on each truncated value, and a field is found even if its heading is truncated', () => {
    const text = `
ClusterName NodePoolN... Version
----------- ------------ -------
retail-east linuxnode... v1.20…
retail-west pool1        v1.21.7`;
    const output = readOneOutput(text);
    if (!('records' in output)) throw new Error('no table');
    const [cut, whole] = output.records;
    if (cut === undefined || whole === undefined) throw new Error('two rows');
    expect(formatFieldText(cut, 'NODEPOOLNAME')).toBeUndefined();
    expect(findField(cut, 'nodepoolname')?.cut).toBe(true);
    expect(formatFieldText(cut, 'version')).toBeUndefined();
    expect(formatFieldText(whole, 'nodePoolName')).toBe('pool1');
    expect(formatFieldText(whole, 'version')).toBe('v1.21.7');
    expect(formatFieldText(whole, 'phase')).toBeUndefined();
  });

  test.each([
    ['on a screen, where a kanji takes two cells', 'cells'],
    ['in a file, where it takes one', 'characters'],
  ])('with Japanese text is read if aligned %s', (_, measure) => {
    const rows = [
      ['名前', '状態', 'Version'],
      ['----', '----', '-------'],
      ['東日本 店舗', '正常', 'v1.20.7'],
      ['osaka', '停止中です', 'v1.21.2'],
    ];
    const width = (text: string): number => (measure === 'cells' ? stringWidth(text) : text.length);
    const text = rows
      .map(([a = '', b = '', c = ''], at) => {
        const dashes = at === 1;
        const first = dashes ? '-'.repeat(width('名前')) : a;
        const second = dashes ? '-'.repeat(width('状態')) : b;
        return `${first}${' '.repeat(20 - width(first))} ${second}${' '.repeat(12 - width(second))} ${c}`;
      })
      .join('\n');
    expect(readRecords(text)).toEqual([
      { 名前: '東日本 店舗', 状態: '正常', Version: 'v1.20.7' },
      { 名前: 'osaka', 状態: '停止中です', Version: 'v1.21.2' },
    ]);
  });

  test('is reported if its header is missing, and does not hide later records', () => {
    const { outputs, findings } = readCmdletOutput(`---- ----\na    b\n\n${CLUSTER_UPDATES}`);
    expect(findings).toMatchObject([{ rule: 'cmdlet-output.no-header', place: { line: 1 } }]);
    expect(outputs).toMatchObject([{ shape: 'table', line: 4, records: [{ line: 6 }, { line: 7 }] }]);
  });
});

describe('a list', () => {
  test('is read in the documented form, with or without aligned colons', () => {
    const text = `ProvisioningState :     provisioned
AutoScalerEnabled :     true
AutoScalerProfileName:  myAutoScalerProfile
KubernetesVersion :     v1.20.7
NodePools :             linuxnodepool
ControlPlaneVmSize :    Standard_A4_v2
Name :                  mycluster`;
    expect(readRecords(text)).toEqual([
      {
        ProvisioningState: 'provisioned',
        AutoScalerEnabled: 'true',
        AutoScalerProfileName: 'myAutoScalerProfile',
        KubernetesVersion: 'v1.20.7',
        NodePools: 'linuxnodepool',
        ControlPlaneVmSize: 'Standard_A4_v2',
        Name: 'mycluster',
      },
    ]);
  });

  test('may contain several records and values of several lines', () => {
    const text = `
TestName       : Validate AksHci Update
Details        : Target cluster seasons is operating on a deprecated minor
                 version v1.21.7. See https://aka.ms/x
Recommendation : An AKS cluster that is operating on a deprecated minor version has to
be updated. Note this: C:\\AksHci is kept.
NodePools      : {a, b, c, d...}


TestName       : Other
Details        :
`;
    expect(readRecords(text)).toEqual([
      {
        TestName: 'Validate AksHci Update',
        Details: 'Target cluster seasons is operating on a deprecated minor version v1.21.7. See https://aka.ms/x',
        Recommendation:
          'An AKS cluster that is operating on a deprecated minor version has to be updated. Note this: C:\\AksHci is kept.',
        NodePools: ['a', 'b', 'c', 'd'],
      },
      { TestName: 'Other', Details: '' },
    ]);
  });
});

describe('values broken by PowerShell', () => {
  test('are joined with a space if the line broke between words, and without one if it broke within a word', () => {
    // Japanese Windows fills each line and breaks words at any character.
    const filled = `
AksHci : @{catalog=aks-hci-stable-catalogs-ext; ring=stab
         le; version=1.0.24.11029; workingDir=C:\\ClusterS
         torage\\Volume01}
Moc    : @{cloudFqdn=ca.contoso.example}
`;
    expect(readRecords(filled)).toEqual([
      {
        AksHci: {
          catalog: 'aks-hci-stable-catalogs-ext',
          ring: 'stable',
          version: '1.0.24.11029',
          workingDir: 'C:\\ClusterStorage\\Volume01',
        },
        Moc: { cloudFqdn: 'ca.contoso.example' },
      },
    ]);
    expect(
      readRecords('Path   : C:\\ClusterStorage\\Vol\n         ume01\nDetail : so long that\n         it goes on\n'),
    ).toEqual([{ Path: 'C:\\ClusterStorage\\Volume01', Detail: 'so long that it goes on' }]);
  });

  test('are not mistaken for commands, even if they look like commands', () => {
    expect(readRecords('Path  : C:\\AksHci\\ku\n        beconfig-mgmt\nState : Installed\n')).toEqual([
      { Path: 'C:\\AksHci\\kubeconfig-mgmt', State: 'Installed' },
    ]);
  });

  test('include the visible entries of a hashtable', () => {
    expect(
      readRecords('Status : {[ProvisioningState, Deployed], [Details, ], [Error, {[Code, 1], [Text, x, y]}]}\n'),
    ).toEqual([{ Status: { ProvisioningState: 'Deployed', Details: '', Error: { Code: '1', Text: 'x, y' } } }]);
    expect(readRecords('Status : {[ProvisioningState, Deployed], [Details, ]…}\n')).toEqual([
      { Status: { ProvisioningState: 'Deployed', Details: '' } },
    ]);
  });
});

describe('JSON', () => {
  test('is read as an object, as an array and in the wrapper that Windows PowerShell adds', () => {
    const objects = [
      { kubernetesversion: 'v1.19.9', operatingsystemversion: { mariner: 'April 2021' } },
      { kubernetesversion: 'v1.20.5', operatingsystemversion: '@{mariner=April 2021}' },
    ];
    const read = [
      { kubernetesversion: 'v1.19.9', operatingsystemversion: { mariner: 'April 2021' } },
      { kubernetesversion: 'v1.20.5', operatingsystemversion: { mariner: 'April 2021' } },
    ];
    expect(readRecords(JSON.stringify(objects[0]))).toEqual([read[0]]);
    expect(readRecords(JSON.stringify(objects, null, 4))).toEqual(read);
    expect(readRecords(JSON.stringify({ value: objects, Count: 2 }, null, 4))).toEqual(read);
    expect(readOneOutput('["1.0.2.10723", "1.0.3.10818"]')).toMatchObject({
      shape: 'lines',
      lines: [{ text: '1.0.2.10723' }, { text: '1.0.3.10818' }],
    });
  });

  test('is reported with its line if it is invalid, and does not hide later output', () => {
    for (const bad of ['{\n  "a": 1,\n}', '{\n  "a": 1', '[{"a": "b}]', '{ "a": 1 } }']) {
      const { outputs, findings } = readCmdletOutput(`\n${bad}\n\n${CLUSTER_UPDATES}`);
      expect(findings, bad).toMatchObject([{ rule: 'cmdlet-output.bad-json', place: { line: 2 } }]);
      expect(outputs.map(({ shape }) => shape)).toEqual(['table']);
    }
  });

  test('is read with the line on which each record begins', () => {
    const output = readOneOutput(JSON.stringify([{ a: 1 }, { a: { b: 2 } }, { a: 3 }], null, 2));
    expect('records' in output && output.records.map(({ line }) => line)).toEqual([2, 5, 10]);
  });
});

describe('a session', () => {
  test('is read as commands with their output', () => {
    const text = `PS C:\\Users\\admin> Get-AksHciVersion
1.0.0.10517
PS C:\\Users\\admin> Get-AksHciUpdates
PS C:\\Users\\admin> Get-AksHciClusterUpdates -name 'retail east' | Format-Table -Wrap

${CLUSTER_UPDATES}


PS C:\\Users\\admin> $v = Get-AksHciVersion
PS C:\\Users\\admin>`;
    expect(readShapes(text)).toEqual([
      'Get-AksHciVersion: lines',
      'Get-AksHciUpdates: lines',
      'Get-AksHciClusterUpdates: table',
    ]);
    const [version, updates, cluster] = readCmdletOutput(text).outputs;
    expect(version).toMatchObject({ line: 2, lines: [{ line: 2, text: '1.0.0.10517' }] });
    expect(updates).toMatchObject({ line: 3, lines: [] });
    expect(cluster?.command?.parameters).toEqual(new Map([['name', 'retail east']]));
  });

  test('is read from a transcript, a remote session or a web page, also without prompts', () => {
    const transcript = `**********************
Windows PowerShell トランスクリプト開始
開始時刻: 20220516101010
ユーザー名: CORP\\admin
バージョン: 5.1
**********************
トランスクリプトが開始されました。出力ファイルは C:\\a.txt です
PS>Get-AksHciVersion
1.0.2.10723
**********************
Windows PowerShell トランスクリプト終了
終了時刻: 20220516101020
**********************`;
    expect(readCmdletOutput(transcript).outputs.at(-1)).toMatchObject({
      shape: 'lines',
      command: { name: 'Get-AksHciVersion', line: 8 },
      lines: [{ line: 9, text: '1.0.2.10723' }],
    });
    expect(readRecords(transcript)).toEqual([]);
    for (const before of [
      '[HOST1]: PS C:\\> Get-AksHciVersion',
      '```powershell\nGet-AksHciVersion\n```\n\n```output',
      'Get-AksHciVersion',
      'PS C:\\> Get-AksHciVersion |\n>> Out-String',
    ])
      expect(readShapes(`${before}\n1.0.2.10723`), before).toEqual(['Get-AksHciVersion: lines']);
  });

  test.each([
    [
      'a cmdlet',
      `Get-AksHciUpdates : The term 'Get-AksHciUpdates' is not recognized as the name of a cmdlet,
function, script file, or operable program.
At line:1 char:1
+ Get-AksHciUpdates
+ ~~~~~~~~~~~~~~~~~
    + CategoryInfo          : ObjectNotFound: (Get-AksHciUpdates:String) [], CommandNotFoundException
    + FullyQualifiedErrorId : CommandNotFoundException`,
    ],
    ['a program', 'Error: You must be logged in to the server (Unauthorized)'],
  ])('is read to its end if %s fails, but without the text of the error', (_, error) => {
    const text = `PS C:\\> Get-AksHciUpdates\n${error}\nPS C:\\> Get-AksHciVersion\n1.0.2.10723`;
    expect(readShapes(text)).toEqual(['Get-AksHciUpdates: error', 'Get-AksHciVersion: lines']);
    expect(JSON.stringify(readCmdletOutput(text))).not.toMatch(/recognized|Unauthorized/u);
  });

  test.each(['utf16le', 'utf8'] as const)('is read from a file in %s with a byte order mark', (encoding) => {
    const text = `\uFEFFPS C:\\> Get-AksHciVersion\r\n1.0.2.10723\r\n`;
    const decoded = decodeText(Buffer.from(text, encoding))?.text ?? '';
    expect(readShapes(decoded)).toEqual(['Get-AksHciVersion: lines']);
  });
});

describe('any set of records', () => {
  /** Text that fits in a column: no spaces at either end, and nothing that looks truncated or compound. */
  const word = fc.stringMatching(/^[a-z0-9.@=東京店\u{20000}-\u{2000F}(]{1,12}$/u);
  const cell = fc
    .array(word, { minLength: 1, maxLength: 3 })
    .map((words) => words.join(' '))
    .filter((text) => !/\.\.\.$/u.test(text) && !text.startsWith('@{'));
  const name = fc.stringMatching(/^[A-Z][A-Za-z]{0,14}$/u);
  const column = fc.record({ name, isNumber: fc.boolean() });
  const table = fc
    .uniqueArray(column, { minLength: 1, maxLength: 6, selector: ({ name: of }) => of.toLowerCase() })
    .chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        rows: fc.array(fc.tuple(...columns.map(({ isNumber }) => (isNumber ? fc.nat().map(String) : cell))), {
          minLength: 1,
          maxLength: 6,
        }),
      }),
    );

  /**
   * Formats a table like `Format-Table -AutoSize`: text is left-aligned, numbers are right-aligned, and one space
   * separates columns.
   */
  function formatTable({
    columns,
    rows,
  }: {
    columns: { name: string; isNumber: boolean }[];
    rows: string[][];
  }): string {
    const widths = columns.map(({ name: head }, at) =>
      Math.max(head.length, ...rows.map((row) => stringWidth(row[at] ?? ''))),
    );
    const line = (cells: string[]): string =>
      cells
        .map((text, at) => {
          const gap = ' '.repeat((widths[at] ?? 0) - stringWidth(text));
          return columns[at]?.isNumber === true ? gap + text : text + gap;
        })
        .join(' ');
    return [
      line(columns.map(({ name: head }) => head)),
      line(columns.map(({ name: head }) => '-'.repeat(head.length))),
      ...rows.map(line),
    ].join('\r\n');
  }

  test('is read back from a table', () => {
    fc.assert(
      fc.property(table, (of) => {
        const text = formatTable(of);
        expect(readRecords(text)).toEqual(
          of.rows.map((row) => Object.fromEntries(of.columns.map(({ name: head }, at) => [head, row[at]]))),
        );
        expect(readCmdletOutput(text).findings).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('is read back from a list', () => {
    fc.assert(
      fc.property(table, ({ columns, rows }) => {
        const wide = Math.max(...columns.map(({ name: head }) => head.length));
        const text = rows
          .map((row) => columns.map(({ name: head }, at) => `${head.padEnd(wide)} : ${row[at] ?? ''}`).join('\n'))
          .join('\n\n');
        expect(readRecords(text)).toEqual(
          rows.map((row) => Object.fromEntries(columns.map(({ name: head }, at) => [head, row[at]]))),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('is read back from JSON', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(0, 2, 4), ({ columns, rows }, indent) => {
        const objects = rows.map((row) => Object.fromEntries(columns.map(({ name: head }, at) => [head, row[at]])));
        expect(readRecords(JSON.stringify(objects, null, indent))).toEqual(objects);
      }),
      { numRuns: 100 },
    );
  });
});

describe('hostile cmdlet output', () => {
  const MEGABYTE = 1_000_000;

  test.each([
    ['hyphens', '-'.repeat(MEGABYTE)],
    ['endless columns', `${'a '.repeat(MEGABYTE / 2)}\n${'- '.repeat(MEGABYTE / 2)}\nb`],
    ['a wide gap and many rows', `a${' '.repeat(400_000)}b\n-${' '.repeat(400_000)}-\n${'x\n'.repeat(100_000)}`],
    ['unterminated documents', '{\n\n'.repeat(MEGABYTE / 3)],
    ['brackets', '['.repeat(MEGABYTE)],
    ['deep brackets', `${'['.repeat(MEGABYTE / 2)}${']'.repeat(MEGABYTE / 2)}`],
    ['braces in a list', `a : ${'@{b='.repeat(MEGABYTE / 8)}${'}'.repeat(MEGABYTE / 8)}`],
    ['fields', 'a : b\n'.repeat(MEGABYTE / 6)],
    ['asterisks', `${'*'.repeat(20)}\n`.repeat(MEGABYTE / 21)],
    ['errors', '+ CategoryInfo : x\n'.repeat(MEGABYTE / 19)],
    ['prompts', 'PS C:\\> Get-AksHciVersion -name x\n'.repeat(MEGABYTE / 34)],
    ['half a prompt', 'PS '.repeat(MEGABYTE / 3)],
    ['blanks', `${' '.repeat(MEGABYTE)}x`],
    ['a log', 'W1234 10:00:00.123 retrying: dial tcp 10.0.0.1:6443\n'.repeat(MEGABYTE / 52)],
  ])('is read in linear time, even a megabyte of %s', (_, text) => {
    // The limit is many times the slowest case; superlinear growth would take minutes.
    expect(measureCost(() => readCmdletOutput(text))).toBeLessThan(15_000);
  });

  test('never makes the reader throw, whatever the text', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', '---', '  ', 'a : b', '{', '}', '[', '"', 'PS C:\\> ', '@{', '…', '\t'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const count = text.split(/\r\r?\n|\n|\r/u).length;
        const { outputs, findings } = readCmdletOutput(text);
        for (const { place } of findings) expect(place.line).toBeLessThanOrEqual(count);
        for (const output of outputs) {
          expect(output.line).toBeLessThanOrEqual(count);
          if ('records' in output)
            for (const { fields } of output.records) for (const { value } of fields) formatValue(value);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('a character has the same width as in a terminal', () => {
  for (let point = 0x20; point < 0x2fa20; point += 1) {
    const character = String.fromCodePoint(point);
    if (
      /[\p{Lo}\p{Lt}\p{Lu}\p{Ll}]/u.test(character) &&
      /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Latin}/u.test(character)
    )
      expect(isWide(character), point.toString(16)).toBe(stringWidth(character) === 2);
  }
});
