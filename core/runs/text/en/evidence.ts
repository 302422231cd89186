/** The transcript in the evidence of a run. */
export default {
  'transcript.title': 'Run {id}: {clusters}',
  'transcript.begun': 'Begun {date} on {target} by {by}',
  'transcript.ended': 'Ended {date}',
  'transcript.tried': 'Begun {date}{tries, plural, =1 {} other {; tries: #}}',
  'transcript.by-hand': 'Somebody did it by hand and said so.',
  'transcript.reason': 'Reason: {reason}',
  'transcript.left-out': '  … {bytes, number} bytes were not kept …',
  'transcript.end':
    '{end, select, itself {Exit code {exitCode}} with_errors {Ended, and wrote errors} timed_out {Ended since its time was over} cancelled {Ended since somebody cancelled it} lost {The connection broke} unseen {Its end was not seen: PowerShell ended before it} other {It could not begin}}',
  'transcript.secrets':
    '{secrets, plural, one {One secret was taken out before it was kept.} other {# secrets were taken out before it was kept.}}',
  'transcript.read-again': 'The inventory was read again {date}',
  'transcript.cluster':
    '  {name}: expired {expiredBefore, number} → {expiredAfter, number}; due soon {soonBefore, number} → {soonAfter, number}; renewed {renewed, number}',
} as const;
