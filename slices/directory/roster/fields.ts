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

/** What a column of a file is read as. `likely`: not read, but its values look like that; `left`: not read. */
export type Heading = { header: string; field: Field | null; how: 'read' | 'guessed' | 'chosen' | 'remembered' | 'likely' | 'left'; why: { zh: string; en: string } | null; /** Nobody can have it read. */ never: boolean }

/** What somebody said that columns are, by their names as `headingNames` makes them; null: not to be read. `remembered`: said of an earlier file. */
export type Chosen = { by: 'chosen' | 'remembered'; columns: ReadonlyMap<string, Field | null> }
