/** What the system's dialog asks before a run on a real computer, and before a step that may lose a cluster. */
export default {
  'run.consent.start': 'Run this plan on {target}?',
  'run.consent.start.yes': 'Run the plan',
  'run.consent.resume': 'Go on with this run on {target}?',
  'run.consent.resume.yes': 'Go on',
  'run.consent.step': 'Run a step that may lose a cluster on {target}?',
  'run.consent.step.yes': 'Run the step',
  'run.consent.no': 'Cancel',
  'run.consent.plan': 'Plan: {value}',
  'run.consent.target': 'Target: {value}',
  'run.consent.steps': 'Steps: {value}',
  'run.consent.cluster': 'Cluster: {value}',
  'run.consent.step-title': 'Step: {value}',
  'run.consent.command': 'Command:{value}',
  'run.consent.former-copy':
    'The record of this run is damaged or gone. This is its former copy, in which the last steps may be missing.',
  'run.consent.lead':
    'Its commands change real hosts and clusters.{dangerous, plural, =0 {} one { One of its steps may lose a cluster; you are asked again before it.} other { # of its steps may lose a cluster; you are asked again before each.}}',
} as const;
