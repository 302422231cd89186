import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Bundles a TypeScript program of the tests for Node; returns the file to start. */
export async function bundleProgram(folder: string, source: string): Promise<string> {
  // The name is resolved at run time, because esbuild cannot be bundled.
  const name = 'esbuild';
  const esbuild = (await import(name)) as typeof import('esbuild');
  const outfile = join(folder, `${basename(source, '.ts')}.cjs`);
  mkdirSync(folder, { recursive: true });
  await esbuild.build({
    entryPoints: [join(process.cwd(), source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    loader: { '.sql': 'text' },
    logLevel: 'error',
  });
  return outfile;
}
