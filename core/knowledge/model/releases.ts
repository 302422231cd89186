/*
 * Releases of AKS on Azure Stack HCI and Windows Server with a known year, oldest first: enough to determine the year
 * of every build in between. Source: release notes of Azure/aksArc, and issues that name a build with its date.
 */

export interface KnownRelease {
  build: string;
  year: number;
}

export const KNOWN_RELEASES: readonly KnownRelease[] = [
  { build: '1.0.0.10517', year: 2021 },
  { build: '1.0.1.10628', year: 2021 },
  { build: '1.0.2.10723', year: 2021 },
  { build: '1.0.3.10818', year: 2021 },
  { build: '1.0.3.10901', year: 2021 },
  { build: '1.0.4.10928', year: 2021 },
  { build: '1.0.6.11122', year: 2021 },
  { build: '1.0.8.10223', year: 2022 },
  { build: '1.0.10.10513', year: 2022 },
  { build: '1.0.11.10707', year: 2022 },
  { build: '1.0.17.10310', year: 2023 },
  { build: '1.0.21.11030', year: 2023 },
  { build: '1.0.22.10209', year: 2024 },
  // Seen on hosts; the newest build found.
  { build: '1.0.24.11029', year: 2024 },
  { build: '1.0.25.10226', year: 2025 },
];
