/** People under health management on the stage: one who has not reported today, one who is due, one who is being handed over, one who was released. */
import type { Client } from '#kernel/client.ts'
import type { Input } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { check, offer, open, release } from '#slices/health/contract.ts'

export interface StageCases {
  caseId: string
  dueCaseId: string
  offeredCaseId: string
}
interface People {
  doctor: Client
  counsellor: Client
  student: Client
  person: { doctor: string; counsellor: string; student: string }
  /** Of the counsellor's class, by person id. */
  mates: readonly string[]
}

/** Opened on the first morning, while the response is young. */
export async function addCases({ doctor, person, mates }: People, responseId: string): Promise<StageCases & { releasedCaseId: string }> {
  const begin = async (personId: string | undefined, more: Partial<Input<typeof open>>): Promise<string> => {
    const caseId = newId()
    if (personId) await doctor.call(open, { caseId, personId, responseId, kind: 'observation', illness: 'influenza', basis: '校医院医嘱；《江畔大学流感防控工作方案（2026年秋季版）》第三条', countedFrom: 'exposure', fromDay: '2026-11-21', days: 7, place: '3号楼 305（单独居住）', answersId: person.counsellor, ...more })
    return caseId
  }
  return {
    caseId: await begin(person.student, { words: '同寝室同学确诊流感' }),
    dueCaseId: await begin(mates[0], { kind: 'isolation', countedFrom: 'onset', fromDay: '2026-11-19', days: 5, place: '校医院隔离区 2 床', basis: '《流感样病例暴发疫情处置指南（2018年版）》：体温正常、症状消失48小时后可返校' }),
    offeredCaseId: await begin(mates[1], { kind: 'confirmed', countedFrom: 'onset', fromDay: '2026-11-22', place: '校医院隔离区 3 床', answersId: person.doctor }),
    releasedCaseId: await begin(mates[2], { place: '2号楼 211' }),
  }
}

/** Two days later, in the evening. */
export async function tellCases({ doctor, counsellor, student, person, mates }: People, cases: Awaited<ReturnType<typeof addCases>>): Promise<void> {
  const seen = (who: Client, caseId: string, personId: string | null, at: string, temperature: number, symptoms: Input<typeof check>['symptoms'] = [], words = '') => who.call(check, { checkId: newId(), caseId, personId, at: `2026-11-${at}:00+08:00`, temperature, symptoms, ...(words ? { words } : {}) })
  await seen(student, cases.caseId, null, '23T09:10', 37.6, ['cough'], '夜里咳嗽，喝了热水')
  await seen(student, cases.caseId, null, '23T18:40', 36.9)
  if (mates[0]) for (const [at, temperature] of [['23T09:00', 38.4], ['23T20:00', 37.8], ['24T07:50', 36.8], ['24T18:10', 36.5]] as const) await seen(doctor, cases.dueCaseId, mates[0], at, temperature, temperature > 37 ? ['fever'] : [])
  if (mates[1]) {
    await seen(doctor, cases.offeredCaseId, mates[1], '24T08:20', 37.9, ['fever', 'cough'])
    await doctor.call(offer, { caseId: cases.offeredCaseId, answersId: person.counsellor, words: '明早转回宿舍单间，请学院接管；今晚再量一次体温' })
  }
  if (mates[2]) {
    await seen(counsellor, cases.releasedCaseId, mates[2], '24T08:00', 36.5)
    await counsellor.call(release, { caseId: cases.releasedCaseId, reason: '同寝室同学排除流感，无症状' })
  }
}
