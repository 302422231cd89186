/** Runs of plans. */
export default {
  'cli.usage.run-not-confirmed': 'There is no terminal to ask before each step. Add --yes to run what needs no person.',
  'cli.run.step': 'Step {at, number} of {count, number}: {title}  [{id}]',
  'cli.run.risk.disruptive': 'Something is away while this runs.',
  'cli.run.risk.dangerous': 'A cluster may be lost by this.',
  'cli.run.unknown':
    'This step was begun before; how it ended is not known, and its check does not say that it is done.',
  'cli.run.by-hand': 'To be done by hand, {where}.',
  'cli.run.state.not-started': 'Not begun.',
  'cli.run.state.running': 'Running.',
  'cli.run.state.done': 'Done.',
  'cli.run.state.failed': 'Failed.',
  'cli.run.state.wrote-errors': 'Ended with errors to look at.',
  'run.program.missing':
    'The program {program} is not on this computer, or not on its path. {of, select, check {The step was run; its check was not.} other {Nothing of this step was run.}}',
  'run.program.not-started':
    'The program {program} could not be started ({reason}). {of, select, check {The step was run; its check was not.} other {Nothing of this step was run.}}',
  'run.program.not-here': '{program} (not found; needed by {steps})',
  'run.programs': 'Programs that are started on this computer: {places}',
  'run.programs.and': ', ',
  'cli.run.state.skipped': 'Skipped.',
  'cli.run.state.unknown':
    'Began; how it ended is not known: the connection broke, its time was over, or its end was not seen.',
  'cli.run.state.cancelled': 'Cancelled while it ran; what of it was done is not known.',
  'cli.run.check.satisfied': 'The check says that all is well.',
  'cli.run.check.unclear':
    'The check has answered without a known error; compare what it printed with what is expected.',
  'cli.run.check.not-satisfied': 'The check says that it is not as it should be.',
  'cli.run.known': 'What was printed fits the failure {failure}. “arcwarden repair diagnose” explains it.',
  'cli.run.reason.from': 'The run began with a later step.',
  'cli.run.reason.reads': 'It only reads, and has to be done by hand.',
  'cli.run.stop.by-hand':
    'The step {id} has to be done by hand. Do it, then go on with --accept {id}; --skip {id} leaves it out.',
  'cli.run.stop.case':
    'Somebody has to look whether the case of the step {id} holds. --accept {id} says yes; --skip {id} leaves out what is for this case.',
  'cli.run.stop.dangerous': 'The step {id} may lose a cluster. Add --accept {id} to have it run all the same.',
  'cli.run.stop.unknown':
    'How the step {id} ended is not known. See on the host whether it is done; then leave it out with --skip {id}, or run it again with --accept {id}.',
  'cli.run.ask': 'Run it? y = run, d = it is done, s = skip, q = stop:',
  'cli.run.ask.by-hand': 'Done? d = it is done, s = skip, q = stop:',
  'cli.run.ask.open': 'v = enter its values, d = it is done, s = skip, q = stop:',
  'cli.run.ask.value': '{name} (empty: leave it open):',
  'cli.run.ask.value.fault': 'That is no value for {name}.',
  'cli.run.ask.case': 'n = that is not the case,',
  'cli.run.reason.skip': 'left out on the command line',
  'cli.run.reason.not-the-case': 'not the case',
  'cli.run.not-read-again':
    'The inventory was not read again: another program has the data folder. The window reads it at its next import.',
  'cli.run.ask.dangerous': 'Type {id} to run it; d = it is done, s = skip, q = stop:',
  'cli.run.ask.dangerous.done': 'A cluster may be lost by it. Type {id} to say that it is done:',
  'cli.run.ask.errors': 'It wrote errors; look at them. d = it is done, r = try again, s = skip, q = stop:',
  'cli.run.ask.failed': 'r = try again, s = skip, q = stop:',
  'cli.run.ask.reason': 'Why is it skipped?',
  'cli.run.ended':
    '{state, select, done {The plan is done} failed {A step has failed} other {Stopped}}: {done, number} of {count, number} steps done, {clusters}. Run {id}.',
  'cli.run.resume': 'It goes on with: --resume {id} --target {target}',
  'cli.run.left-out': 'Left out, so the exit code is 1: {steps}',
  'cli.run.not-run-now': 'Nothing was run now. This is what the record says.',
  'cli.run.resumed': 'Run {id} goes on, on {target}. Its record says:',
  'cli.run.resumed-step': '{at, number}. {id}: {state}',
  'cli.run.former-copy':
    'The record of this run is damaged or gone; this is its former copy, in which the last steps may be missing. Type {id} to go on with it, anything else to stop:',
  'cli.run.open-values':
    'Not given yet, so the run stops before the first step that needs one (--value NAME=…, also with --resume): {values}',
  'cli.usage.resume-target':
    'Nobody is asked here, so --resume needs the target on which the run was begun: --target TARGET.',
  'cli.help.repair-run':
    'arcwarden repair run [FILE...|-] --target TARGET [OPTION...]\n    Runs the plan that “arcwarden repair plan” makes of the same words, one step at a time, with its checks. Exit 1 when it\n    has not come to its end, or left out a step that may be due. Runs are kept in the data folder.\n    --target sample          the engine’s copy of a demo fleet, to practise on\n    --target local|HOST      this computer, or a host by PowerShell remoting\n    --yes                    ask nothing; stops before what needs a person\n    --accept STEP            say yes to a step that --yes stops before: it is the case, it is done by hand, it may lose a cluster, or it\n                             may have been done (may be given more than once)\n    --skip STEP              leave a step out; with it those for the same case (may be given more than once)\n    --value NAME=VALUE       what only you know (may be given more than once)\n    --from STEP              begin with this step\n    --resume RUN             go on with a run; what is not known is checked first. With --yes it needs the --target of the run again\n    --json prints the run: state, and of each step state, times, exit code, output, known errors and check.',
  'cli.help.update-run':
    'arcwarden update run [FILE...|-] --target TARGET [OPTION...]\n    Runs the plan that “arcwarden update plan” makes of the same words, one step at a time, with its checks. Exit 1 when it\n    has not come to its end, or left out a step that may be due. Runs are kept in the data folder.\n    --target sample          the engine’s copy of a demo fleet, to practise on\n    --target local|HOST      this computer, or a host by PowerShell remoting\n    --yes                    ask nothing; stops before what needs a person\n    --accept STEP            say yes to a step that --yes stops before: it is the case, it is done by hand, it may lose a cluster, or it\n                             may have been done (may be given more than once)\n    --skip STEP              leave a step out; with it those for the same case (may be given more than once)\n    --value NAME=VALUE       what only you know (may be given more than once)\n    --from STEP              begin with this step\n    --resume RUN             go on with a run; what is not known is checked first. With --yes it needs the --target of the run again\n    --json prints the run: state, and of each step state, times, exit code, output, known errors and check.',
  'cli.run.not-audited':
    '{count, plural, one {One entry} other {# entries}} could not be written into the audit trail: another program has the data folder, or holds the file open. The record of the run holds all of it, and the next run adds what is missing.',
  'cli.runs.id': 'Run',
  'cli.runs.started': 'Begun',
  'cli.runs.kind': 'Kind',
  'cli.runs.kind.repair': 'Repair',
  'cli.runs.kind.update': 'Update',
  'cli.runs.kind.revocation': 'Recovery',
  'cli.runs.kind.maintenance': 'Maintenance',
  'cli.runs.clusters': 'Clusters',
  'cli.runs.target': 'Run on',
  'cli.runs.by': 'By',
  'cli.runs.done': 'Steps',
  'cli.runs.state': 'State',
  'cli.runs.exported':
    'It holds everything that the commands printed. Known forms of secrets were taken out; read it before you pass it on: {command}',
  'cli.runs.none': 'Nothing has been run.',
  'cli.help.runs-list':
    'arcwarden runs list\n    Every run of a plan, the newest first: when, on what, by whom, how far. Exit 1: one cannot be read.',
  'cli.help.runs-show':
    'arcwarden runs show RUN\n    The steps of a run, with what they printed. --json prints the whole record.',
  'cli.help.runs-export':
    'arcwarden runs export RUN --out FILE\n    Plan, record and transcript of a run with their SHA-256 as one ZIP file; it is noted in the audit trail.',
} as const;
