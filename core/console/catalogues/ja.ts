import application from '../text/ja/application.ts';
import approver from '../../pki/text/ja/approver.ts';
import audit from '../../audit/text/ja/audit.ts';
import authorities from '../../authorities/text/ja/authorities.ts';
import authority from '../../authorities/text/ja/authority.ts';
import board from '../../expiry/text/ja/board.ts';
import cli from '../../cli/text/ja/cli.ts';
import cliAuthority from '../../authorities/text/ja/cli.ts';
import cliRepair from '../../repair/text/ja/cli.ts';
import cliNotifications from '../../notifications/text/ja/cli.ts';
import cliSettings from '../../settings/text/ja/cli.ts';
import cliRevocation from '../../revocation/text/ja/cli.ts';
import cmdlets from '../../knowledge/text/ja/cmdlets.ts';
import commandCheck from '../../knowledge/text/ja/command-check.ts';
import certificates from '../../inventory/text/ja/certificates.ts';
import containers from '../../inventory/text/ja/containers.ts';
import contradictions from '../../knowledge/text/ja/contradictions.ts';
import create from '../../authorities/text/ja/create.ts';
import credentials from '../../knowledge/text/ja/credentials.ts';
import decoding from '../../inventory/text/ja/decoding.ts';
import deliveries from '../../notifications/text/ja/deliveries.ts';
import details from '../../expiry/text/ja/details.ts';
import diagnosis from '../../repair/text/ja/diagnosis.ts';
import expiry from '../../expiry/text/ja/expiry.ts';
import expiryForecast from '../../forecast/text/ja/forecast.ts';
import expiryPlan from '../../maintenance/text/ja/maintenance.ts';
import failures from '../../knowledge/text/ja/failures.ts';
import findings from '../../inventory/text/ja/findings.ts';
import keeping from '../../authorities/text/ja/keeping.ts';
import identities from '../../authorities/text/ja/identities.ts';
import inventoryIdentity from '../../inventory/text/ja/identity.ts';
import knowledge from '../../knowledge/text/ja/knowledge.ts';
import knownRevocations from '../../revocation/text/ja/known-revocations.ts';
import management from '../../expiry/text/ja/management.ts';
import menu from '../text/ja/menu.ts';
import notices from '../../notifications/text/ja/notices.ts';
import planScript from '../../plan/text/ja/script.ts';
import problems from '../../shared/text/ja/problems.ts';
import repairFacts from '../../repair/text/ja/facts.ts';
import repairNeeds from '../../repair/text/ja/needs.ts';
import repairSteps from '../../repair/text/ja/steps.ts';
import repairWizard from '../../repair/text/ja/wizard.ts';
import report from '../../expiry/text/ja/report.ts';
import revocation from '../../revocation/text/ja/revocation.ts';
import revocationBundle from '../../revocation/text/ja/bundle.ts';
import revocationChoice from '../../revocation/text/ja/choice.ts';
import revocationEditor from '../../revocation/text/ja/editor.ts';
import revocationImpact from '../../revocation/text/ja/impact.ts';
import revocationLint from '../../revocation/text/ja/lint.ts';
import revocationNotes from '../../revocation/text/ja/notes.ts';
import revocationPlan from '../../revocation/text/ja/plan.ts';
import revocationWizard from '../../revocation/text/ja/wizard.ts';
import requests from '../../authorities/text/ja/requests.ts';
import runConsent from '../../runs/text/ja/consent.ts';
import runEvidence from '../../runs/text/ja/evidence.ts';
import runs from '../../runs/text/ja/runs.ts';
import runsScreen from '../../runs/text/ja/screen.ts';
import sample from '../../sample/text/ja/sample.ts';
import sources from '../../knowledge/text/ja/sources.ts';
import store from '../../store/text/ja/store.ts';
import triage from '../../repair/text/ja/triage.ts';
import update from '../../update/text/ja/update.ts';
import updateWizard from '../../update/text/ja/wizard.ts';
import verdicts from '../../pki/text/ja/verdicts.ts';
import watch from '../../notifications/text/ja/notifications.ts';
import type { en } from './en.ts';

/** Japanese. A key that exists in only one of the languages does not compile. */
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
};
