import { application } from './ja/application.ts';
import { approver } from './ja/approver.ts';
import { audit } from './ja/audit.ts';
import { authorities } from './ja/authorities.ts';
import { authority } from './ja/authority.ts';
import { board } from './ja/board.ts';
import { cli } from './ja/cli.ts';
import { cliAuthority } from './ja/cli-authority.ts';
import { cliRepair } from './ja/cli-repair.ts';
import { cliRevocation } from './ja/cli-revocation.ts';
import { cmdlets } from './ja/cmdlets.ts';
import { commandCheck } from './ja/command-check.ts';
import { containers } from './ja/containers.ts';
import { contradictions } from './ja/contradictions.ts';
import { create } from './ja/create.ts';
import { credentials } from './ja/credentials.ts';
import { decoding } from './ja/decoding.ts';
import { deliveries } from './ja/deliveries.ts';
import { details } from './ja/details.ts';
import { diagnosis } from './ja/diagnosis.ts';
import { expiry } from './ja/expiry.ts';
import { expiryForecast } from './ja/expiry-forecast.ts';
import { expiryPlan } from './ja/expiry-plan.ts';
import { failures } from './ja/failures.ts';
import { findings } from './ja/findings.ts';
import { keeping } from './ja/keeping.ts';
import { identities } from './ja/identities.ts';
import { knowledge } from './ja/knowledge.ts';
import { knownRevocations } from './ja/known-revocations.ts';
import { management } from './ja/management.ts';
import { menu } from './ja/menu.ts';
import { notices } from './ja/notices.ts';
import { problems } from './ja/problems.ts';
import { repairSteps } from './ja/repair-steps.ts';
import { repairWizard } from './ja/repair-wizard.ts';
import { report } from './ja/report.ts';
import { revocation } from './ja/revocation.ts';
import { revocationBundle } from './ja/revocation-bundle.ts';
import { revocationChoice } from './ja/revocation-choice.ts';
import { revocationEditor } from './ja/revocation-editor.ts';
import { revocationImpact } from './ja/revocation-impact.ts';
import { revocationLint } from './ja/revocation-lint.ts';
import { revocationNotes } from './ja/revocation-notes.ts';
import { revocationPlan } from './ja/revocation-plan.ts';
import { revocationWizard } from './ja/revocation-wizard.ts';
import { requests } from './ja/requests.ts';
import { runEvidence } from './ja/run-evidence.ts';
import { runs } from './ja/runs.ts';
import { runsScreen } from './ja/runs-screen.ts';
import { sample } from './ja/sample.ts';
import { sources } from './ja/sources.ts';
import { store } from './ja/store.ts';
import { triage } from './ja/triage.ts';
import { update } from './ja/update.ts';
import { updateWizard } from './ja/update-wizard.ts';
import { verdicts } from './ja/verdicts.ts';
import { watch } from './ja/watch.ts';
import type { en } from './en.ts';

/** Japanese. A key that English has and this lacks, or the other way round, does not compile. */
export const ja: Record<keyof typeof en, string> = {
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
};
