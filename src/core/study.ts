/** What the published study covers: 12 countries × 11 topics = 132 scenarios, in the released order. */

export const COUNTRIES = [
  'United States',
  'India',
  'Pakistan',
  'Nigeria',
  'Philippines',
  'United Kingdom',
  'Germany',
  'Uganda',
  'Canada',
  'Egypt',
  'France',
  'Australia',
] as const;

export const TOPICS = [
  'Politics',
  'Social Networks',
  'Social Inequality',
  'Family & Changing Gender Roles',
  'Work Orientation',
  'Religion',
  'Environment',
  'National Identity',
  'Citizenship',
  'Leisure Time and Sports',
  'Health and Health Care',
] as const;
