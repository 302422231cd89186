/** Output of the verbs of `arcwarden repair`. */
export default {
  'cli.repair.none':
    'Nothing that is known here fits. The text may be cut: give more of it, or go through the questions of docs/repair.md.',
  'cli.repair.cause': '{failure}  {title}  ({confidence} %)',
  'cli.repair.for': 'for: {text}',
  'cli.repair.against': 'against: {text}',
  'cli.repair.check': 'cheapest check: {command}',
  'cli.repair.check-between': 'tells {one} from {other}: {command}',
  'cli.repair.remedy': 'What to do:',
  'cli.repair.step': '{number}. {text}',
  'cli.repair.step-only': '{number}. {only}: {text}',
  'cli.repair.backup': 'before: {command}',
  'cli.repair.dispute': 'The sources disagree: {text}',
  'cli.repair.elsewhere': 'line {line}, not a certificate of this product: {text}',
  'cli.repair.elsewhere-inventory': '{roles}, not a certificate problem: {text}',
  'cli.repair.problem': '{severity} at {at}: {text}',
  'cli.repair.instead': 'instead: {suggestion}',
  'cli.repair.not-judged': 'Nothing in it is in the catalogue: only its form was checked.',
  'cli.repair.right': 'Nothing is wrong with it.',
  'cli.repair.plan-state': 'No failure is named and none is recognised: the plan is made for what has expired.',
  'cli.repair.plan-cause': '{failure}  {title}',
  'cli.repair.plan-cause-of': '{failure}  {title} ({cluster})',
  'cli.usage.not-a-text': '“{path}” holds no text.',
  'cli.usage.no-evidence': 'Give a file, “-” for standard input, or {options}.',
  'cli.help.repair-diagnose':
    'arcwarden repair diagnose [FILE] [--cluster NAME] [OPTION...]\n    Names the causes that an error text, a log or a console fits, best first: what speaks for and against each, the command\n    that tells them apart, and what to do. FILE is “-” for standard input, which is also read without one. Exit 1 when one fits.\n    --cluster NAME           what the inventory says of this cluster and its hosts counts, too\n    --inventory PATH...      take the inventory from these files; default: the data folder\n    --off-since INSTANT      the cluster has been switched off since then\n    --build VERSION          as Get-AksHciVersion prints it\n    --other-user             you are not the Windows user who installed it\n    --json prints a list: failure, confidence, evidence and missingCheck of each cause.',
  'cli.help.repair-plan':
    'arcwarden repair plan [FILE...|-] [--cluster NAME] [--failure ID] [OPTION...]\n    What repairs hosts and clusters, in order: each command with its place, why, risk, check after and way back.\n    FILE is an error text, a log or a console from which causes are named; - is standard input. Without FILE and --failure\n    the inventory alone tells. Exit 1 when there is something to do.\n    --cluster NAME           only this cluster, by name or id (may be given more than once), and its hosts\n    --failure ID             for this failure, as F07 (may be given more than once)\n    --inventory PATH...      credentials in these files; default: those of the data folder\n    --deployment NAME        which deployment, where there are several\n    --off-since INSTANT      the cluster has been switched off since then\n    --build VERSION          as Get-AksHciVersion prints it\n    --other-user             you are not the Windows user who installed it\n    --out FILE               write the plan: .ps1 for Windows PowerShell, .md or .html\n    --json prints plan, causes and findings.',
  'cli.help.repair-check-command':
    'arcwarden repair check-command "COMMAND" [--build VERSION]\n    What is wrong with a command before it is run: typos, missing and exclusive parameters, cmdlets of another layer or build,\n    dashes and quotes of word processors. Exit 1 with an error or a warning.\n    --build VERSION          of the deployment, as Get-AksHciVersion prints it\n    --json prints ok and problems: code, severity, at, message, suggestion of each.',
} as const;
