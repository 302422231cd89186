import application from '../text/en/application.ts';
import approver from '../../pki/text/en/approver.ts';
import audit from '../../audit/text/en/audit.ts';
import authorities from '../../authorities/text/en/authorities.ts';
import authority from '../../authorities/text/en/authority.ts';
import board from '../../expiry/text/en/board.ts';
import cli from '../../cli/text/en/cli.ts';
import cliAuthority from '../../authorities/text/en/cli.ts';
import cliRepair from '../../repair/text/en/cli.ts';
import cliNotifications from '../../notifications/text/en/cli.ts';
import cliSettings from '../../settings/text/en/cli.ts';
import cliRevocation from '../../revocation/text/en/cli.ts';
import cmdlets from '../../knowledge/text/en/cmdlets.ts';
import commandCheck from '../../knowledge/text/en/command-check.ts';
import certificates from '../../inventory/text/en/certificates.ts';
import containers from '../../inventory/text/en/containers.ts';
import contradictions from '../../knowledge/text/en/contradictions.ts';
import create from '../../authorities/text/en/create.ts';
import credentials from '../../knowledge/text/en/credentials.ts';
import decoding from '../../inventory/text/en/decoding.ts';
import deliveries from '../../notifications/text/en/deliveries.ts';
import details from '../../expiry/text/en/details.ts';
import diagnosis from '../../repair/text/en/diagnosis.ts';
import expiry from '../../expiry/text/en/expiry.ts';
import expiryForecast from '../../forecast/text/en/forecast.ts';
import expiryPlan from '../../maintenance/text/en/maintenance.ts';
import failures from '../../knowledge/text/en/failures.ts';
import findings from '../../inventory/text/en/findings.ts';
import keeping from '../../authorities/text/en/keeping.ts';
import identities from '../../authorities/text/en/identities.ts';
import inventoryIdentity from '../../inventory/text/en/identity.ts';
import knowledge from '../../knowledge/text/en/knowledge.ts';
import knownRevocations from '../../revocation/text/en/known-revocations.ts';
import management from '../../expiry/text/en/management.ts';
import menu from '../text/en/menu.ts';
import notices from '../../notifications/text/en/notices.ts';
import planScript from '../../plan/text/en/script.ts';
import problems from '../../shared/text/en/problems.ts';
import repairFacts from '../../repair/text/en/facts.ts';
import repairNeeds from '../../repair/text/en/needs.ts';
import repairSteps from '../../repair/text/en/steps.ts';
import repairWizard from '../../repair/text/en/wizard.ts';
import report from '../../expiry/text/en/report.ts';
import revocation from '../../revocation/text/en/revocation.ts';
import revocationBundle from '../../revocation/text/en/bundle.ts';
import revocationChoice from '../../revocation/text/en/choice.ts';
import revocationEditor from '../../revocation/text/en/editor.ts';
import revocationImpact from '../../revocation/text/en/impact.ts';
import revocationLint from '../../revocation/text/en/lint.ts';
import revocationNotes from '../../revocation/text/en/notes.ts';
import revocationPlan from '../../revocation/text/en/plan.ts';
import revocationWizard from '../../revocation/text/en/wizard.ts';
import requests from '../../authorities/text/en/requests.ts';
import runConsent from '../../runs/text/en/consent.ts';
import runEvidence from '../../runs/text/en/evidence.ts';
import runs from '../../runs/text/en/runs.ts';
import runsScreen from '../../runs/text/en/screen.ts';
import sample from '../../sample/text/en/sample.ts';
import sources from '../../knowledge/text/en/sources.ts';
import store from '../../store/text/en/store.ts';
import triage from '../../repair/text/en/triage.ts';
import update from '../../update/text/en/update.ts';
import updateWizard from '../../update/text/en/wizard.ts';
import verdicts from '../../pki/text/en/verdicts.ts';
import watch from '../../notifications/text/en/notifications.ts';

/** English, the language that defines the set of messages. */
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
  ...cliNotifications,
  ...cliRevocation,
  ...cliSettings,
  ...cmdlets,
  ...commandCheck,
  ...certificates,
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
  ...inventoryIdentity,
  ...knowledge,
  ...knownRevocations,
  ...management,
  ...menu,
  ...notices,
  ...planScript,
  ...problems,
  ...repairFacts,
  ...repairNeeds,
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
  ...runConsent,
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
