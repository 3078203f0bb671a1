/** What a column of a roster can be about. `dorm` is a whole address in one cell and is taken apart into its fields. */
export const fields = [
  'number', 'name', 'sex', 'kind',
  'college', 'department', 'office', 'grade', 'major', 'class', 'counsellor', 'counsellorNumber',
  'partyOrganisation', 'partyBranch', 'politicalStatus',
  'phone', 'email',
  'campus', 'building', 'floor', 'room', 'dorm', 'onCampus',
  'status', 'position',
  'stay', 'stayFrom', 'stayTo', 'stayReason', 'consent',
  'remark',
] as const

export type Field = (typeof fields)[number]
