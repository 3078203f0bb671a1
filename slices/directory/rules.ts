/**
 * What each role may do. A role comes from an office held; it reaches over the subtree of the office's unit, or over the whole institution.
 * Permissions are words; a call declares the one it needs.
 */
export const permissions = {
  'unit.read': ['看组织详情', 'see a unit with its offices'],
  'person.find': ['按姓名学号查人', 'find people'],
  'person.read': ['看人员基本信息', 'see a person'],
  'person.facts': ['看人员上报信息', "see a person's facts"],
  'person.answer-for': ['代人填报', 'answer for another'],
  'fact.import': ['从文件导入上报', 'bring in facts from a file'],
  'roster.import': ['导入名册', 'import the roster'],
  'directory.manage': ['管理组织与职务', 'manage units, offices and links'],
  'account.manage': ['管理账号', 'manage accounts'],
  'response.manage': ['启动与结束应急响应', 'open, change and close responses'],
  'erasure.manage': ['规定与暂缓擦除', 'decide when personal rows are erased, and hold it back'],
  'attribute.manage': ['管理信息项', 'manage attributes'],
  'measure.manage': ['管理措施', 'manage measures'],
  'coverage.read': ['看覆盖情况', 'see coverage'],
  'gap.read': ['看缺口名单', 'see gaps by name'],
  'gap.act': ['联系与提醒', 'call and remind about gaps'],
  'gap.excuse': ['免除', 'excuse from a measure'],
  'notice.read': ['看通知进展', 'follow notices'],
  'notice.draft': ['导入与拆解通知', 'import and confirm notices'],
  'notice.issue': ['签发通知', 'issue notices'],
  'duty.act': ['签收、分解与上报任务', 'acknowledge, hand down and report duties'],
  'duty.review': ['审核任务', 'review reports'],
  'case.read': ['看健康管理个案', 'see cases'],
  'case.act': ['办理健康管理个案', 'open, change and release cases'],
  'help.act': ['办理求助', 'act on help requests'],
  'brief.read': ['看专报', 'see briefs'],
  'brief.write': ['起草与报送专报', 'write and send briefs'],
  'message.manage': ['管理消息渠道', 'connect working groups, see what was sent'],
  'log.read': ['看操作记录', 'read the log'],
  'drill.manage': ['组织演练', 'run drills'],
} as const satisfies Record<string, readonly [string, string]>

export type Permission = keyof typeof permissions

export interface Role {
  zh: string
  en: string
  /** subtree: over the office's unit and below; institution: over everything. */
  over: 'subtree' | 'institution'
  /** direct: answers for the members of its unit day by day; escalation: answers for the unit or place as such, and for its people where nobody direct does, or where they belong to that very unit. */
  answers: 'direct' | 'escalation' | 'no'
  permissions: readonly Permission[]
}

const watches = ['unit.read', 'person.find', 'person.read', 'coverage.read', 'notice.read'] as const satisfies Permission[]
const owns = [...watches, 'person.facts', 'person.answer-for', 'fact.import', 'gap.read', 'gap.act', 'gap.excuse', 'duty.act', 'help.act', 'case.read', 'case.act'] as const satisfies Permission[]
const leads = [...owns, 'duty.review', 'brief.read', 'brief.write', 'message.manage'] as const satisfies Permission[]

export const roles = {
  administrator: { zh: '系统管理员', en: 'Administrator', over: 'institution', answers: 'no', permissions: ['unit.read', 'person.find', 'person.read', 'roster.import', 'directory.manage', 'account.manage', 'attribute.manage', 'message.manage', 'log.read', 'drill.manage'] },
  'duty-officer': {
    zh: '指挥部值班员', en: 'Duty officer', over: 'institution', answers: 'no',
    permissions: [...leads, 'roster.import', 'directory.manage', 'response.manage', 'erasure.manage', 'attribute.manage', 'measure.manage', 'notice.draft', 'notice.issue', 'log.read', 'drill.manage'],
  },
  'organisation-officer': { zh: '组织部干事', en: 'Organisation officer', over: 'institution', answers: 'no', permissions: [...watches, 'notice.draft', 'notice.issue', 'measure.manage', 'duty.review', 'brief.read', 'brief.write'] },
  'data-protection-officer': { zh: '个人信息保护负责人', en: 'Data-protection officer', over: 'institution', answers: 'no', permissions: ['unit.read', 'coverage.read', 'log.read', 'erasure.manage'] },
  doctor: { zh: '校医', en: 'Campus doctor', over: 'institution', answers: 'no', permissions: [...watches, 'person.facts', 'person.answer-for', 'fact.import', 'gap.read', 'gap.act', 'gap.excuse', 'duty.act', 'help.act', 'case.read', 'case.act'] },
  secretary: { zh: '书记', en: 'Secretary', over: 'subtree', answers: 'escalation', permissions: [...leads] },
  head: { zh: '部门负责人', en: 'Head of department', over: 'subtree', answers: 'direct', permissions: [...leads] },
  dean: { zh: '院长', en: 'Dean', over: 'subtree', answers: 'escalation', permissions: [...leads] },
  counsellor: { zh: '辅导员', en: 'Counsellor', over: 'subtree', answers: 'direct', permissions: [...owns] },
  'class-adviser': { zh: '班主任', en: 'Class adviser', over: 'subtree', answers: 'direct', permissions: [...owns] },
  'branch-secretary': { zh: '支部书记', en: 'Branch secretary', over: 'subtree', answers: 'escalation', permissions: [...watches, 'gap.read', 'gap.act', 'duty.act', 'help.act', 'brief.read', 'brief.write'] },
  'building-manager': { zh: '楼长', en: 'Building manager', over: 'subtree', answers: 'escalation', permissions: [...watches, 'gap.read', 'gap.act', 'duty.act', 'help.act'] },
  'floor-head': { zh: '楼层长', en: 'Floor head', over: 'subtree', answers: 'escalation', permissions: [...watches, 'gap.read', 'gap.act', 'duty.act', 'help.act'] },
} as const satisfies Record<string, Role>

export type RoleName = keyof typeof roles

/**
 * Whose work is counts: they say why before they open names, once a unit and session. Whoever looks after people by name (counsellors, advisers, heads of a department,
 * the small places) and the doctor open them without.
 */
export const reasonedRoles = ['duty-officer', 'secretary', 'dean'] as const satisfies RoleName[]

/** What everybody may do to themselves. */
export const selfPermissions: ReadonlySet<string> = new Set<Permission>(['person.read', 'person.facts', 'person.answer-for'])

/** The roles that carry a permission, by reach. */
export function rolesWith(permission: string): { subtree: RoleName[]; institution: RoleName[] } {
  const found = (Object.entries(roles) as [RoleName, Role][]).filter(([, role]) => (role.permissions as readonly string[]).includes(permission))
  return { subtree: found.filter(([, role]) => role.over === 'subtree').map(([name]) => name), institution: found.filter(([, role]) => role.over === 'institution').map(([name]) => name) }
}

export const answeringRoles = (how: 'direct' | 'escalation'): RoleName[] =>
  (Object.entries(roles) as [RoleName, Role][]).filter(([, role]) => role.answers === how).map(([name]) => name)
