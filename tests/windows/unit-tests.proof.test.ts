import { relative, sep } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../build/paths.mjs';
import { WINDOWS_NODE } from '../rigs/windows-programs.mjs';
import { needNode, NODE, useComputer } from './computer.ts';
import { buildForwardingLibrary } from './forwarding-library.ts';

const computer = useComputer();

const NO_MODES = 'Windows has no permission bits; who may read a file is its access control list';
const NO_NAME = 'it makes a file with a name that no file of Windows can have';
const NO_OPENSSL = 'it makes a certificate with openssl, which is a program of this system';
const NO_LINK = 'Wine makes no links, and says that it did';
const OTHER_SYSTEM = 'it is about paths of another system';

/** Tests that cannot pass in Node for Windows, by file and title, each with the reason. All other tests must pass. */
const CANNOT: readonly (readonly [file: string, title: RegExp, reason: string])[] = [
  ['tests/electron/options.test.ts', /./u, OTHER_SYSTEM],
  ['tests/core/cli/hostile-names.test.ts', /./u, NO_NAME],
  [
    'tests/core/node/files.test.ts',
    /through a link|mode 0600|others could read|without links|for its owner alone/u,
    NO_MODES,
  ],
  ['tests/core/node/files.test.ts', /a name with a colon is a name like any other elsewhere/u, NO_NAME],
  ['tests/core/node/log.test.ts', /owner alone|at 1 MB/u, NO_MODES],
  ['tests/core/node/files.test.ts', /says of a link neither/u, NO_LINK],
  ['tests/core/node/write-target.test.ts', /a link that leads nowhere|through a link/u, NO_LINK],
  ['tests/core/inventory/read/read-paths.test.ts', /loop of links/u, NO_LINK],
  ['tests/core/notifications/cli/verbs.test.ts', /arcwarden silence/u, NO_OPENSSL],
];
const LEAST_TESTS = 4_000;
const LIMIT_MS = 3_500_000;

interface Report {
  numTotalTests: number;
  numPassedTests: number;
  testResults: { name: string; message: string; assertionResults: { status: string; fullName: string }[] }[];
}

test('the unit tests of the core and of the main process pass in Node for Windows', async (context) => {
  needNode(context);
  const primitives = 'windows/system32/bcryptprimitives.dll';
  if (!computer().has(primitives))
    computer().put(
      primitives,
      buildForwardingLibrary('bcryptprimitives.dll', 'ProcessPrng', 'advapi32.SystemFunction036'),
    );
  const { prefix } = computer();
  const environment = {
    ...{ NODE_PATH: prefix.windowsPath(WINDOWS_NODE.folder()), CI: '1' },
    ARCWARDEN_PULSE: prefix.windowsPath(process.env['ARCWARDEN_PULSE'] ?? computer().path('pulse')),
  };
  const { output } = await computer().run(
    NODE,
    [
      prefix.windowsPath(`${ROOT}/node_modules/vitest/vitest.mjs`),
      ...['run', '--root', prefix.windowsPath(ROOT), '--config', 'build/vitest.config.mjs', '--project=unit'],
      ...['--reporter=json', String.raw`--outputFile=C:\unit.json`, '--reporter=tests/rigs/reporter.mjs'],
      ...['tests/core', 'tests/electron'],
    ],
    { folder: ROOT, environment, limitMs: LIMIT_MS },
  );
  expect(computer().has('unit.json'), output.slice(-2_000)).toBe(true);
  const { numTotalTests, numPassedTests, testResults } = JSON.parse(computer().read('unit.json')) as Report;
  console.log(`${numPassedTests} of ${numTotalTests} unit tests hold on Node for Windows`);
  const root = prefix.windowsPath(ROOT).replaceAll('\\', '/');
  const failed = testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name.replaceAll('\\', '/')).split(sep).join('/');
    const titles = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    // A file that could not be loaded has no tests.
    return (assertionResults.length === 0 ? [message] : titles).map((title) => ({ file, title }));
  });
  const reasonFor = ({ file, title }: (typeof failed)[number]) =>
    CANNOT.find(([of, titles]) => of === file && titles.test(title))?.[2];
  expect(failed.filter((each) => reasonFor(each) === undefined)).toEqual([]);
  // Every listed test must fail; a test that passes need not be listed.
  const idle = CANNOT.filter(([of, titles]) => !failed.some(({ file, title }) => of === file && titles.test(title)));
  expect(idle).toEqual([]);
  expect(numPassedTests).toBeGreaterThan(LEAST_TESTS);
});
