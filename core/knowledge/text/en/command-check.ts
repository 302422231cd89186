/** What is wrong with a command. */
export default {
  'command.problem.typo': '“{text}” is not known. Is {name} meant?',
  'command.problem.unknown-command': '{name} is in no source that is known here.',
  'command.problem.name-only': 'Only the name of {name} is known here; what it is given is not checked.',
  'command.problem.unknown-parameter': 'There is no parameter {text}.',
  'command.problem.undocumented-parameter': 'No parameter {text} is documented.',
  'command.problem.abbreviated':
    '{text} is short for {name}. PowerShell takes it as long as only one parameter begins like that: write it out.',
  'command.problem.split-name': 'The name is in two parts. Is {name} meant?',
  'command.problem.repeated-parameter': '{text} is given twice.',
  'command.problem.missing-value': '{name} has no value.',
  'command.problem.missing-parameter': '{name} is missing.',
  'command.problem.missing-choice': 'One of {names} is needed.',
  'command.problem.no-choice': 'None of {names} is given. What {name} then does is not documented.',
  'command.problem.stray-word': '“{text}” stands without a parameter in front of it.',
  'command.problem.exclusive': '{text} and {other} exclude each other: one per call. Run {name} twice.',
  'command.problem.wrong-layer': '{name} is about the host and takes no cluster. For one cluster it is {other}.',
  'command.problem.deprecated': '{name} is to be removed. {successor} has taken its place since {month}.',
  'command.problem.not-available': 'This build does not have {name}; it came with {build}.',
  'command.problem.wrong-path':
    'The path is wrong, as it is in print: PowerShell reads .wssd as a property. A backslash belongs before it.',
  'command.problem.command-prompt-variable': '{text} is of the command prompt. PowerShell takes it as it stands.',
  'command.problem.typographic-dash': '“{text}” has a dash in the place of the hyphen.',
  'command.problem.typographic-quote':
    '{text} is a typographic quote. Windows PowerShell loses it in a script without a byte order mark.',
  'command.problem.unbalanced-quote': 'The quote {text} is not closed.',
  'command.problem.unbalanced-bracket': 'The bracket {text} has no other half.',
  'command.problem.placeholder': '{text} has to be filled in.',
  'command.problem.may-not-support': 'Whether it takes {text} is not documented.',
  'command.problem.utf-16-output':
    'Windows PowerShell writes the output of > as UTF-16. Save the file again as UTF-8 before it is copied.',
} as const;
