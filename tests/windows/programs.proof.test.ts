import { describe, expect, test } from 'vitest';
import { needWindows, sharedComputer } from './computer.ts';

const computer = sharedComputer();

describe('a computer with Windows', () => {
  test.for([
    ['AMD64', String.raw`C:\windows\system32\cmd.exe`],
    ['x86', String.raw`C:\windows\syswow64\cmd.exe`],
  ])('runs programs for %s', ([architecture = '', program = ''], context) => {
    needWindows(context);
    const { exitCode, output } = computer().run(program, ['/c', 'ver & echo %PROCESSOR_ARCHITECTURE%']);
    expect(exitCode).toBe(0);
    expect(output).toContain('Microsoft Windows 10.');
    expect(output.trim().split(/\s+/u).at(-1)).toBe(architecture);
  });
});
