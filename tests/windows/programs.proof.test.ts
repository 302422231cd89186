import { describe, expect, test } from 'vitest';
import { cpSync } from 'node:fs';
import { WINDOWS_NODE } from '../rigs/windows-programs.mjs';
import { ARCWARDEN, needNode, needWindows, useComputer } from './computer.ts';

const computer = useComputer((made) => made.putArcwarden());

describe('a computer with Windows', () => {
  test.for([
    ['AMD64', String.raw`C:\windows\system32\cmd.exe`],
    ['x86', String.raw`C:\windows\syswow64\cmd.exe`],
  ])('runs programs for %s', async ([architecture = '', program = ''], context) => {
    needWindows(context);
    const { exitCode, output } = await computer().run(program, ['/c', 'ver & echo %PROCESSOR_ARCHITECTURE%']);
    expect(exitCode).toBe(0);
    expect(output).toContain('Microsoft Windows 10.');
    expect(output.trim().split(/\s+/u).at(-1)).toBe(architecture);
  });

  test.for([
    ['the oldest Node that it is for', 0],
    ['the Node of the pinned Electron', 1],
  ] as const)('runs the command line on %s', async ([, at], context) => {
    needNode(context);
    const name = `node-${at}`;
    cpSync(WINDOWS_NODE.find()?.[at] ?? '', computer().path(name), { recursive: true });
    const program = `C:\\${name}\\node.exe`;
    const { exitCode, output } = await computer().run(program, ['-p', 'process.platform']);
    // Wine 8 cannot provide the memory that the sandbox of newer V8 versions requests.
    context.skip(output.includes('Fatal process out of memory'), `${program} does not start in this Wine`);
    expect([exitCode, output.trim()]).toEqual([0, 'win32']);
    const { output: version } = await computer().run(program, [ARCWARDEN, '--version']);
    expect(version).toMatch(/^\d+\.\d+\.\d+/u);
  });
});
