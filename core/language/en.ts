import { application } from './en/application.ts';
import { approver } from './en/approver.ts';
import { audit } from './en/audit.ts';
import { authorities } from './en/authorities.ts';
import { authority } from './en/authority.ts';
import { board } from './en/board.ts';
import { cli } from './en/cli.ts';
import { cliAuthority } from './en/cli-authority.ts';
import { cliRepair } from './en/cli-repair.ts';
import { cliRevocation } from './en/cli-revocation.ts';
import { cmdlets } from './en/cmdlets.ts';
import { commandCheck } from './en/command-check.ts';
import { containers } from './en/containers.ts';
import { contradictions } from './en/contradictions.ts';
import { create } from './en/create.ts';
import { credentials } from './en/credentials.ts';
import { decoding } from './en/decoding.ts';
import { deliveries } from './en/deliveries.ts';
import { details } from './en/details.ts';
import { diagnosis } from './en/diagnosis.ts';
import { expiry } from './en/expiry.ts';
import { expiryForecast } from './en/expiry-forecast.ts';
import { expiryPlan } from './en/expiry-plan.ts';
import { failures } from './en/failures.ts';
import { findings } from './en/findings.ts';
import { keeping } from './en/keeping.ts';
import { identities } from './en/identities.ts';
import { knowledge } from './en/knowledge.ts';
import { knownRevocations } from './en/known-revocations.ts';
import { management } from './en/management.ts';
import { menu } from './en/menu.ts';
import { notices } from './en/notices.ts';
import { problems } from './en/problems.ts';
import { repairSteps } from './en/repair-steps.ts';
import { repairWizard } from './en/repair-wizard.ts';
import { report } from './en/report.ts';
import { revocation } from './en/revocation.ts';
import { revocationBundle } from './en/revocation-bundle.ts';
import { revocationChoice } from './en/revocation-choice.ts';
import { revocationEditor } from './en/revocation-editor.ts';
import { revocationImpact } from './en/revocation-impact.ts';
import { revocationLint } from './en/revocation-lint.ts';
import { revocationNotes } from './en/revocation-notes.ts';
import { revocationPlan } from './en/revocation-plan.ts';
import { revocationWizard } from './en/revocation-wizard.ts';
import { requests } from './en/requests.ts';
import { runEvidence } from './en/run-evidence.ts';
import { runs } from './en/runs.ts';
import { runsScreen } from './en/runs-screen.ts';
import { sample } from './en/sample.ts';
import { sources } from './en/sources.ts';
import { store } from './en/store.ts';
import { triage } from './en/triage.ts';
import { update } from './en/update.ts';
import { updateWizard } from './en/update-wizard.ts';
import { verdicts } from './en/verdicts.ts';
import { watch } from './en/watch.ts';

/** English, the language that defines which messages there are. */
export const en = {
  ...application,
  ...approver,
  ...audit,
  ...authorities,
  ...authority,
  ...board,
  ...cli,
  ...cliAuthority,
  ...cliRepair,
  ...cliRevocation,
  ...cmdlets,
  ...commandCheck,
  ...containers,
  ...contradictions,
  ...create,
  ...credentials,
  ...decoding,
  ...deliveries,
  ...details,
  ...diagnosis,
  ...expiry,
  ...expiryForecast,
  ...expiryPlan,
  ...failures,
  ...findings,
  ...keeping,
  ...identities,
  ...knowledge,
  ...knownRevocations,
  ...management,
  ...menu,
  ...notices,
  ...problems,
  ...repairSteps,
  ...repairWizard,
  ...report,
  ...revocation,
  ...revocationBundle,
  ...revocationChoice,
  ...revocationEditor,
  ...revocationImpact,
  ...revocationLint,
  ...revocationNotes,
  ...revocationPlan,
  ...revocationWizard,
  ...requests,
  ...runEvidence,
  ...runs,
  ...runsScreen,
  ...sample,
  ...sources,
  ...store,
  ...triage,
  ...update,
  ...updateWizard,
  ...verdicts,
  ...watch,
} as const;
