/** What may happen to a notice, a duty and an assignment: small tables, used by phone and server alike. */

export const noticeStatuses = ['draft', 'issued', 'withdrawn', 'superseded'] as const
export const dutyStatuses = ['proposed', 'confirmed', 'dropped'] as const
export const cycles = ['once', 'daily', 'weekdays', 'weekly'] as const
export const assignmentStates = ['sent', 'acknowledged', 'under-way', 'reported', 'accepted', 'sent-back', 'withdrawn'] as const

export type NoticeStatus = (typeof noticeStatuses)[number]
export type DutyStatus = (typeof dutyStatuses)[number]
export type Cycle = (typeof cycles)[number]
export type AssignmentState = (typeof assignmentStates)[number]
