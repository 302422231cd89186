import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { shareControlPlane, type ControlPlane } from './control-plane.ts';
import { waitUntil } from './requests.ts';

/* Tests manifests, and the commands in their plans, with a real API server. */

const controlPlane = shareControlPlane();

const TEXT = { type: 'string' };

/**
 * The real definition is not public. This one accepts exactly the fields in the published sample, all of them strings,
 * so it refuses serial numbers and instants that kubectl reads as numbers.
 */
const STAND_IN = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'renewrevocations.certificates.microsoft.com',
    annotations: { 'arcwarden.example/stand-in': 'the real definition is not public' },
  },
  spec: {
    group: 'certificates.microsoft.com',
    scope: 'Namespaced',
    names: { kind: 'RenewRevocation', plural: 'renewrevocations', singular: 'renewrevocation' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                required: ['revocations'],
                properties: {
                  description: TEXT,
                  revocations: {
                    type: 'array',
                    items: {
                      type: 'object',
                      required: ['kind'],
                      properties: {
                        description: TEXT,
                        dns: TEXT,
                        group: TEXT,
                        ip: TEXT,
                        kind: { type: 'string', enum: ['serialnumber', 'SerialNumber', 'Group', 'DNS', 'IP'] },
                        notBefore: { type: 'string', format: 'date-time' },
                        serialNumber: TEXT,
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

const OBJECTS = '/apis/certificates.microsoft.com/v1/namespaces/kube-system/renewrevocations';

async function knowTheKind(plane: ControlPlane): Promise<void> {
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const { status } = await plane.request(plane.superAdmin, path, { method: 'POST', body: STAND_IN });
  expect([201, 409]).toContain(status);
  await waitUntil(
    () => plane.request(plane.superAdmin, OBJECTS),
    (answer) => answer.status === 200,
  );
  // The API server publishes the kind a moment later; until then, kubectl uses an older interface and warns.
  await waitUntil(
    () => plane.request(plane.superAdmin, '/openapi/v2'),
    ({ body }) => body.includes('renewrevocations/{name}'),
  );
}

interface Manifest {
  metadata: { name: string };
  spec: { description?: string; revocations: Record<string, string>[] };
}

interface Built {
  path: string;
  undoPath: string;
  plan: { step: string; command: string | null }[];
}

const NOW = ['--not-before', 'now'];

/** Options for every kind of entry, with text that some YAML readers misread. */
const MANIFESTS: Readonly<Record<string, readonly string[]>> = {
  serials: ['--serial', 'hex:012345', '--serial', 'decimal:1234567890', '--serial', 'hex:1e10', '--serial', '0xABCDEF'],
  'serials-in-capitals': ['--serial', 'hex:00e5', '--serial-spelling', 'SerialNumber'],
  groups: ['--group', 'ops', '--group', 'yes', '--group', '~', '--group', 'null', '--group', '1_000', ...NOW],
  names: ['--dns', 'a.fabrikam.example', '--dns', '.fabrikam.example', '--dns', 'off', ...NOW],
  addresses: ['--ip', '10.0.0.5', '--ip', 'fd00::21', '--ip', '::ffff:10.0.0.6', ...NOW],
  described: ['--description', 'yes: "no" # \u8a3c\u660e\u66f8 \'{}\' & *', '--group', 'two words: # here', ...NOW],
};

/** Splits a command of a plan into words as the shell does: paths are in single quotes. */
function shellWords(command: string): string[] {
  return [...command.matchAll(/'((?:[^']|'')*)'|(\S+)/gu)].map(([, quoted, plain = '']) =>
    quoted === undefined ? plain : quoted.replaceAll("''", "'"),
  );
}

test.for(Object.entries(MANIFESTS))(
  'the API server stores the manifest of %s as written, and its undo removes it',
  async ([name, options], context) => {
    const plane = await controlPlane(context);
    await knowTheKind(plane);
    const out = join(plane.folder, `${name}.yaml`);
    const words = [
      'revocation',
      'build',
      '--name',
      name,
      ...options,
      '--inventory',
      plane.files,
      '--out',
      out,
      '--json',
    ];
    const { path, undoPath, plan } = JSON.parse(plane.run(...words).out) as Built;
    const written = parse(readFileSync(path, 'utf8')) as Manifest;
    const kubectl = (...given: string[]): string => {
      const outcome = plane.kubectl('super-admin', ...given);
      expect(outcome, given.join(' ')).toMatchObject({ code: 0, notices: '' });
      return outcome.out;
    };
    const got = (): Manifest => JSON.parse(kubectl('get', '-f', path, '-o', 'json')) as Manifest;

    kubectl('apply', '--dry-run=server', '-f', path);
    expect((await plane.request(plane.superAdmin, `${OBJECTS}/${name}`)).status).toBe(404);
    for (const { step, command } of plan) {
      if (command?.startsWith('kubectl ') !== true || step === 'undo') continue;
      // kubectl succeeds even if it finds no object.
      expect(plane.kubectl('super-admin', ...shellWords(command).slice(1)).code, command).toBe(0);
    }
    expect(got().spec).toEqual(written.spec);
    expect(kubectl('apply', '-f', path)).toContain('unchanged');

    // The product reads the same entries from kubectl's output.
    const printed = join(plane.folder, `${name}-printed.yaml`);
    writeFileSync(printed, kubectl('get', '-f', path, '-o', 'yaml'));
    const preview = (file: string): unknown => {
      const said = plane.arcwarden.run(['revocation', 'preview', file, '--inventory', plane.files, '--json']);
      const { entries } = JSON.parse(said.out) as { entries: object[] };
      expect(entries).not.toEqual([]);
      return entries;
    };
    expect(preview(printed)).toEqual(preview(path));

    const undo = plan.find(({ step }) => step === 'undo')?.command ?? '';
    expect(undo).toBe(`kubectl delete -f '${undoPath}'`);
    kubectl(...shellWords(undo).slice(1));
    expect((await plane.request(plane.superAdmin, `${OBJECTS}/${name}`)).status).toBe(404);
  },
);

test('a serial number without quotes is refused, which proves that the quotes are necessary', async (context) => {
  const plane = await controlPlane(context);
  await knowTheKind(plane);
  const file = join(plane.folder, 'unquoted.yaml');
  const entry = { kind: 'serialnumber', serialNumber: '"012345"' };
  const text = (serial: string): string => `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata: { name: unquoted, namespace: kube-system }
spec: { revocations: [{ kind: ${entry.kind}, serialNumber: ${serial} }] }
`;
  const applySerial = (serial: string): string => {
    writeFileSync(file, text(serial));
    return plane.kubectl('super-admin', 'apply', '--dry-run=server', '-f', file).notices;
  };
  expect(applySerial('"012345"')).toBe('');
  expect(applySerial('012345')).toMatch(/serialNumber|validating data/u);
});

test('the stand-in for the definition accepts the published sample', async (context) => {
  const plane = await controlPlane(context);
  await knowTheKind(plane);
  const sample = join(import.meta.dirname, '../fixtures/revocation/article.yaml');
  expect(plane.kubectl('super-admin', 'apply', '--dry-run=server', '-f', sample)).toMatchObject({
    code: 0,
    notices: '',
  });
});
