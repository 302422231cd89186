import { expect, test } from 'vitest';
import { saveManifest } from '../../../core/revocation/file.ts';
import type { Manifest } from '../../../core/revocation/manifest/manifest.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { testPorts } from '../../support/ports.ts';

const MANIFEST = {
  text: 'kind: RenewRevocation\n',
  undo: 'kind: RenewRevocation # undo\n',
  objects: [],
} as unknown as Manifest;
const UNDO = '/out/o.undo.yaml';

/** Makes ports that refuse to write one path and, without `removes`, to remove files. */
function diskThatRefuses(refused: string, { removes = true } = {}) {
  const ports = testPorts();
  const { files } = ports;
  const replace = files.replace.bind(files);
  const fail = (path: string): Promise<never> => Promise.reject(new ConsoleError('file.not-writable', { path }));
  files.replace = (path, content) => (path === refused ? fail(path) : replace(path, content));
  if (!removes) files.remove = fail;
  return ports;
}

test.each([UNDO, '/out/o.yaml'])(
  'neither the manifest nor the undo manifest exists if %s cannot be written',
  async (refused) => {
    const ports = diskThatRefuses(refused);
    await expect(saveManifest(ports, '/out/o.yaml', MANIFEST)).rejects.toMatchObject({
      code: 'file.not-writable',
      params: { path: refused },
    });
    expect(ports.files.paths()).toEqual([]);
  },
);

test('an error reports the undo manifest if it cannot be removed again', async () => {
  const ports = diskThatRefuses('/out/o.yaml', { removes: false });
  await expect(saveManifest(ports, '/out/o.yaml', MANIFEST)).rejects.toMatchObject({
    code: 'revocation.undo-left',
    params: { path: '/out/o.yaml', undo: UNDO },
  });
  expect(ports.files.paths()).toEqual([UNDO]);
});
