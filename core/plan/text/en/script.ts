/** What a plan's script says on a host. Sentences are `{0}`-format strings there: no braces but those of parameters. */
export default {
  'steps.script.usage':
    'Run it in {elevated, select, yes {an elevated} other {a}} Windows PowerShell 5.1 on a host. -WhatIf shows what it would do and changes nothing. -From STEP begins at a step.',
  'steps.script.answers':
    '-Yes asks nothing, and stops before what needs a person: a step by hand, a step for one case alone, one that may lose a cluster. -Accept STEP says yes to such a step, -Skip STEP leaves a step out; for a step of one case both count for every step of that case. -Value "NAME=VALUE;NAME=VALUE" gives what only you know.',
  'steps.script.options':
    '-Cluster NAME says for which cluster, where the plan leaves it open; -Kubeconfig FILE, or -DefaultKubeconfig, which kubeconfig kubectl takes where a command names none; -Kubectl FILE which kubectl; -Folder FOLDER where state and transcript are kept; -Undo goes the way back of the steps that have one; -Language en|ja.',
  'steps.script.resume':
    'It stops at the first failure. Started again, it goes on behind the last step that was done. Its state and its transcript lie beside it; those of a bundle, and those of a script in a folder that cannot be written, below %LOCALAPPDATA%\\Arcwarden. Exit code 0: every step is done; 1: stopped; 2: not begun; 3: at its end, but steps were left out or need a person.',
  'steps.script.policy':
    'Where scripts are blocked: look at Get-ExecutionPolicy -List. Unblock-File removes the mark of a downloaded file; powershell.exe -ExecutionPolicy RemoteSigned -File begins it with another policy, unless group policy sets one. Source: about_Execution_Policies.',
  'steps.script.begins': 'Step {at} of {count} [{step}]: {title}',
  'steps.script.done-before': 'Done before: {title}',
  'steps.script.sources': 'Sources: {sources}',
  'steps.script.expected': 'Expected: {expected}',
  'steps.script.check': 'Check: {command}',
  'steps.script.check-left-out': 'The check is left out, since a value is missing ({names}): {command}',
  'steps.script.check-failed': 'The check says that it is not as it should be.',
  'steps.script.ask-case': 'Is this the case?',
  'steps.script.not-the-case': 'Not the case: {title}',
  'steps.script.case-stop':
    'Somebody has to look whether this is the case: {case}. -Accept {step} says yes, -Skip {step} leaves it out.',
  'steps.script.person': 'By hand: {title}',
  'steps.script.person-confirm': 'Has this been done?',
  'steps.script.person-stop': 'To be done by hand: {title}. -Accept says that it is done.',
  'steps.script.confirm-none': 'Run this step? It only reads.',
  'steps.script.confirm-low': 'Run this step? It can be done again.',
  'steps.script.confirm-disruptive': 'Run this step? Something is unavailable for a while.',
  'steps.script.confirm-dangerous': 'Run this step? A cluster may be lost by it.',
  'steps.script.dangerous-stop': 'A cluster may be lost by this step: {title}. -Accept says yes to it.',
  'steps.script.choice-yes': '&Yes',
  'steps.script.choice-no': '&Not the case',
  'steps.script.choice-stop': '&Stop',
  'steps.script.choice-run': '&Run',
  'steps.script.choice-leave': '&Leave out',
  'steps.script.choice-done': '&Done',
  'steps.script.help-yes': 'It is the case: the steps for it are run.',
  'steps.script.help-no': 'It is not the case: the steps for it are left out, and the plan goes on behind them.',
  'steps.script.help-stop': 'Nothing more is run. Started again, the plan goes on here.',
  'steps.script.help-run': 'The step is run.',
  'steps.script.help-leave': 'The step is left out, and the plan goes on behind it.',
  'steps.script.help-done': 'It is done: the plan goes on behind it.',
  'steps.script.stopped': 'Stopped before: {title}.',
  'steps.script.failed': 'Failed: {title}. {error}',
  'steps.script.script-failed': 'The script failed. {error}',
  'steps.script.unknown': 'How this step ended is not known: {title}. {error}',
  'steps.script.errors':
    'Ended with errors to look at: {title}. {errors} If it is done all the same, start again with -Skip {step}.',
  'steps.script.ask-errors': 'It came to its end and wrote errors: {errors} Look at them. Is it done?',
  'steps.script.errors-checked': 'It wrote errors, and its check says that all is well: {errors}',
  'steps.script.step-done': 'Done: {title}',
  'steps.script.go-on': 'Nothing after it was run. Started again, the plan goes on there (-From {step}).',
  'steps.script.look-again': 'This step had begun and its end was not seen: {title}',
  'steps.script.exit-code': 'exit code {code}',
  'steps.script.lost':
    'The connection broke, or could not be made; what ran there may run on. With -Yes ssh asks nothing: connect once by hand to accept the host key.',
  'steps.script.no-program': 'The program {program} was not found, neither on the path nor in %ProgramFiles%\\AksHci.',
  'steps.script.no-cmdlet':
    '{name} was not found: the module AksHci, Moc or Kva is not installed here. Get-Module -ListAvailable shows what is.',
  'steps.script.blocked-module':
    'The module {name} is there, and the execution policy keeps it from loading ({policies}). A policy in scope MachinePolicy or UserPolicy is set by group policy; otherwise Set-ExecutionPolicy RemoteSigned allows it. Source: about_Execution_Policies.',
  'steps.script.not-kept': '{file} cannot be written or read: another program holds it, or rights are missing. {error}',
  'steps.script.hosts': 'the hosts',
  'steps.script.claimed': 'Another script is at work on this: {name}. Nothing was run.',
  'steps.script.state-damaged':
    '{file} is empty or damaged, perhaps by a power cut, so nobody knows which steps are done. Nothing was run. Look at the transcripts beside it and at the clusters. Then move the file away; everything begins with the first step again. The script of a plan can begin at another one: -From STEP.',
  'steps.script.state-link':
    '{file} is a link to somewhere else, so it is neither believed nor written to. Nothing was run. Delete the link, or name another folder.',
  'steps.script.state-owner':
    '{file} belongs to {account}, who is neither an administrator nor runs this, so what it says of steps that are done is not believed. Nothing was run. Look at it, and delete it.',
  'steps.script.state-writable':
    '{account} may write to {file} and is no administrator, so what it says of steps that are done is not believed. Nothing was run. Take that right away (icacls; source: Microsoft Learn), and look at what is there.',
  'steps.script.missing-value': 'A value is missing; give it with -Value: {name}',
  'steps.script.ask-value': 'Value for {name} (empty: stop)',
  'steps.script.bad-value': 'This cannot be a value of {name}: {value}',
  'steps.script.program-missing':
    'The program {program} was not found, neither on the path nor in %ProgramFiles%\\AksHci. Step {step} needs it, so nothing was run. -Kubectl FILE names another kubectl; -Skip {step} leaves the step out.',
  'steps.script.nobody':
    'Nobody is here to answer. Start the script in a console, or with -Yes, -Accept, -Skip and -Value.',
  'steps.script.constrained':
    'Windows runs this script in constrained language mode, in which it cannot work. Nothing was run. App Control for Business (WDAC) or AppLocker on this host does not trust the file: have the policy allow it, or run the commands by hand. Source: Microsoft Learn, about_Language_Modes.',
  'steps.script.unknown-step': 'There is no such step: {step}. Steps are: {steps}',
  'steps.script.unknown-value': 'The plan has no such value: {name}. Values are: {names}',
  'steps.script.other-plan':
    'The state file of this script is of another plan or cluster. Move it away, or give -From.',
  'steps.script.no-folder': 'State and transcript cannot be kept in {folder}. Name another folder with -Folder.',
  'steps.script.work-folder': 'Files without a folder are in {folder}',
  'steps.script.unsure':
    'Nobody saw whether this was done: {title}. Look, then give -From with the step behind it, or -Accept {step} to run it again.',
  'steps.script.file-changed':
    '{file} is missing here, or is not the file that this script was made for. Unpack the bundle anew, run verify.ps1, and begin again.',
  'steps.script.no-kubeconfig':
    'There is no kubeconfig at {file}. Name one with -Kubeconfig, or use -DefaultKubeconfig.',
  'steps.script.no-undo': 'No step of this plan that was done has a command as its way back.',
  'steps.script.undo': 'Way back: {title}',
  'steps.script.left-out': 'The plan is at its end. Left out: {steps}',
  'steps.script.for-person':
    'The plan is at its end. Somebody still has to look: {steps}. -Accept STEP says that it is done.',
  'steps.script.done': 'All steps are done. Where a step has a way back, -Undo goes it.',
  'steps.script.undone':
    'The way back is done. Started again, the plan begins with the first step that was taken back.',
} as const;
