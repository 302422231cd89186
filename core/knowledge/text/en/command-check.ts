/** What is wrong with a command. */
export default {
  'command.problem.typo': '“{text}” is not known. Is {name} meant?',
  'command.problem.unknown-command': '{name} is in no source that is known here.',
  'command.problem.name-only': 'Only the name of {name} is known here; what it is given is not checked.',
  'command.problem.unknown-parameter': 'There is no parameter {text}.',
  'command.problem.undocumented-parameter': 'No parameter {text} is documented.',
  'command.problem.abbreviated':
    '{text} is short for {name}. PowerShell takes it as long as only one parameter begins like that: write it out.',
  'command.problem.ambiguous': '{text} is not enough: {names} begin with it.',
  'command.problem.split-name': 'The name is in two parts. Is {name} meant?',
  'command.problem.repeated-parameter': '{text} is given twice.',
  'command.problem.missing-value': '{name} has no value.',
  'command.problem.empty-value': '{name} is empty, and PowerShell refuses an empty value here.',
  'command.problem.many-values': '{name} takes one value, and this is a list. Run the command once for each.',
  'command.problem.wrong-number': '{name} takes a number, and “{text}” is none.',
  'command.problem.wrong-boolean': '{name} takes $true or $false, and “{text}” is neither.',
  'command.problem.wrong-preference':
    '{name} takes Stop, Continue, SilentlyContinue, Ignore or Inquire, and “{text}” is none of them.',
  'command.problem.switch-value': '{name} is a switch and takes no value behind a blank: “{text}” stands for itself.',
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
  'command.problem.ansi-output':
    'Windows PowerShell writes this file in the code page of the system. Letters beyond ASCII are others on Linux: add -Encoding.',
  'command.problem.not-known': '{name} is not known here: nothing about it was checked.',
  'command.problem.other-product':
    '{name} belongs to another product and does not reach AKS on Windows Server or Azure Stack HCI 22H2. There certificates and tokens are renewed by Update-AksHciCertificates and Update-AksHciClusterCertificates.',
  'command.problem.removes-every-cluster':
    '{name} removes EVERY workload cluster with all that runs in it, and nothing brings them back. It is no repair.',
  'command.problem.removes-host':
    '{name} removes EVERY workload cluster and the host, and nothing brings them back. It is no restart and no repair.',
  'command.problem.removes-cluster': '{name} deletes the cluster with all that runs in it, and nothing brings it back.',
  'command.problem.removes-folder':
    'This deletes all access files and login files of this user. The documented remedy deletes one file, .wssd\\kvactl\\cloudconfig, after a copy.',
  'command.problem.removes-agent-folder':
    'This deletes what the agents keep: the CA of the cloud agent, identities and tokens, or the settings of the module. No source tells how to get it back.',
  'command.problem.reboot':
    'Do not reboot before tokens are renewed: what runs goes on, and with an expired KMS token the API server stays down after the reboot (F21).',
  'command.problem.downtime': 'Some services are down while {name} runs: plan it, and use it with caution.',
  'command.problem.bad-name':
    '“{text}” can be no cluster’s name: Kubernetes allows letters, digits, hyphens and dots, with a letter or digit at both ends.',
  'command.problem.name-style':
    'The page asks for names without hyphens, since the creation may fail, and writes them in lower case. Existing clusters may have both.',
  'command.problem.windows-path': '{text} is of Windows, and the command runs on a Linux node.',
  'command.problem.windows-user': 'Linux nodes have no user {text}: it is clouduser there.',
  'command.problem.expands-locally':
    '{text} in double quotes, or in none, is worked out by PowerShell on this computer and not on the node. Single quotes pass it on as it is.',
  'command.problem.quoted-program': 'A quoted path is only a text. To run the program, put & in front of it.',
  'command.problem.broken-continuation':
    'Blanks follow the backtick, so the line does not go on below. It has to be the last character.',
  'command.problem.missing-file': '{text} needs a file behind it.',
  'command.problem.repeated-redirection': '{text} redirects a stream that is redirected already.',
  'command.problem.joined-redirection':
    'Without a blank in front of it, {text} is part of the word, and nothing is written to a file.',
  'command.problem.missing-side': 'Something is missing beside {text}.',
  'command.problem.unexpected': '{text} cannot stand here.',
  'command.problem.newer-syntax':
    'Windows PowerShell 5.1, in which the cmdlets run, does not know {text} between commands; PowerShell 7 does.',
  'command.problem.input-redirection': 'PowerShell reserves <: it neither reads input with it nor compares.',
} as const;
