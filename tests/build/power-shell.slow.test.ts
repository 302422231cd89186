import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { expect, test } from 'vitest';

import { POWERSHELL } from '../rigs/power-shell.mjs';
import { createProgress } from '../../build/command.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Imitates `dotnet tool install … --tool-path FOLDER`; FOLDER is the last argument. */
const INSTALLS = `for folder; do :; done; mkdir -p "$folder"; printf '#!/bin/sh\\n%s\\n' "$STARTS" > "$folder/pwsh"; chmod +x "$folder/pwsh"`;

const MACHINES = {
  'if NuGet cannot be reached': {
    dotnet: 'echo; echo "Unable to load the service index."; exit 1',
    says: '(Unable to load the service index)',
    left: ['powershell-failure.json'],
  },
  'if PowerShell does not start': {
    dotnet: INSTALLS,
    starts: 'echo "You must install .NET 10."; exit 150',
    says: '(it does not start: You must install .NET 10)',
    left: ['powershell-failure.json'],
  },
  'if PowerShell starts': {
    dotnet: INSTALLS,
    starts: 'echo PowerShell 7.6.9',
    says: 'PowerShell 7.6.9',
    left: ['powershell-7.6.9'],
  },
};

test.runIf(process.platform !== 'win32').each(Object.entries(MACHINES))(
  '%s, an installation leaves a complete PowerShell or nothing',
  async (_title, machine) => {
    const folder = temporaryFolder();
    const programs = join(folder, 'bin');
    mkdirSync(programs);
    writeFileSync(join(programs, 'dotnet'), `#!/bin/sh\n${machine.dotnet}\n`);
    chmodSync(join(programs, 'dotnet'), 0o755);
    const lines: string[] = [];
    const progress = createProgress(1, (line) => lines.push(line));
    const environment = {
      XDG_CACHE_HOME: folder,
      PATH: [programs, '/usr/bin', '/bin'].join(delimiter),
      STARTS: 'starts' in machine ? machine.starts : '',
    };
    await POWERSHELL.provide(progress, environment);
    expect(lines.join('\n')).toContain(machine.says);
    expect(readdirSync(join(folder, 'arcwarden')).sort()).toEqual(machine.left);
  },
);
