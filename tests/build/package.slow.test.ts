import { createRequire } from 'node:module';

import { describe, expect, test } from 'vitest';

import release, { FUSES } from '../../build/electron-builder.config.mjs';
import { locatePackage, releaseComplaint } from '../../build/package.mjs';

const require = createRequire(import.meta.url);
// These internal paths are valid for the pinned version.
const { validateConfiguration } = require('app-builder-lib/out/util/config/config') as {
  validateConfiguration: (config: unknown, logger: unknown) => Promise<void>;
};
const { DebugLogger } = require('builder-util') as { DebugLogger: new (isEnabled: boolean) => unknown };

/** Checks a configuration against electron-builder's own schema, without building anything. */
const validate = (config: object): Promise<void> =>
  validateConfiguration(structuredClone(config), new DebugLogger(false));

describe('the release configuration', () => {
  test('is accepted by electron-builder’s schema', async () => {
    await expect(validate(release)).resolves.toBeUndefined();
  });

  test('is rejected if it contains an unknown key, which the error names', async () => {
    const misspelt = { ...release, nsiss: release.nsis };
    await expect(validate(misspelt)).rejects.toThrow(/unknown property 'nsiss'/);
  });

  test('produces an installer, a portable program and an archive for Windows on x64', () => {
    expect(release.win?.target).toEqual([
      { target: 'nsis', arch: ['x64'] },
      { target: 'portable', arch: ['x64'] },
      { target: 'zip', arch: ['x64'] },
    ]);
  });

  test('registers no file type', () => {
    expect(JSON.stringify(release)).not.toMatch(/fileAssociations/);
  });

  test('publishes nowhere and contains no signing secret', () => {
    expect(release.publish).toBeNull();
    expect(JSON.stringify(release)).not.toMatch(/certificateFile|certificatePassword|azureSign/);
  });

  test('packages the bundles but nothing in node_modules', () => {
    expect(release.files).toContain('!node_modules/**');
  });

  test('ships the command line and the licences outside the archive', () => {
    expect(release.extraResources).toEqual([
      { from: 'out/arcwarden.cjs', to: 'arcwarden.cjs' },
      { from: 'out/arcwarden', to: 'arcwarden', filter: '*.cjs' },
      { from: 'out/licences.txt', to: 'licences.txt' },
      { from: 'out/sbom.cdx.json', to: 'sbom.cdx.json' },
      { from: 'out/authority-create.schema.json', to: 'authority-create.schema.json' },
      { from: 'LICENSE', to: 'LICENSE' },
    ]);
  });

  test('turns off every way to run other code with the executable', () => {
    expect(release.electronFuses).toBe(FUSES);
    expect(FUSES).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});

describe('a release', () => {
  test('is packaged with the pinned Electron', () => {
    expect(releaseComplaint({ origin: 'installed', version: '45.4.1', releasable: true })).toBeUndefined();
  });

  test('is never packaged with the old Electron from the npm registry', () => {
    expect(releaseComplaint({ origin: 'npm', version: '25.1.1', releasable: false })).toMatch(
      /never packaged for release/,
    );
  });

  test('is never packaged with another version from ELECTRON_OVERRIDE_DIST_PATH', () => {
    expect(releaseComplaint({ origin: 'override', version: '44.0.0', releasable: false })).toMatch(
      /not the pinned version/,
    );
  });
});

test('the build packages nothing for an unsupported platform', () => {
  expect(() => locatePackage('freebsd')).toThrow(/Nothing is packaged on freebsd/);
});
