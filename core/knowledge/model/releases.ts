/*
 * Releases with a known year, oldest first: enough to determine the year of every build in between. Source: release
 * notes of Azure/aksArc, and issues that name a build with its date.
 */

const BUILDS = {
  2021: ['1.0.0.10517', '1.0.1.10628', '1.0.2.10723', '1.0.3.10818', '1.0.3.10901', '1.0.4.10928', '1.0.6.11122'],
  2022: ['1.0.8.10223', '1.0.10.10513', '1.0.11.10707'],
  2023: ['1.0.17.10310', '1.0.21.11030'],
  // 1.0.24.11029 was the newest build found on hosts.
  2024: ['1.0.22.10209', '1.0.24.11029'],
  2025: ['1.0.25.10226'],
};

export const KNOWN_RELEASES: readonly { build: string; year: number }[] = Object.entries(BUILDS).flatMap(
  ([year, builds]) => builds.map((build) => ({ build, year: Number(year) })),
);
