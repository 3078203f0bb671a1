/** What a synthetic person answers on a day: one sheet for everything asked. Pure. */
import { whereIs, type Behaviour, type PersonBehaviour } from './behaviour.ts'

export interface SheetAnswer {
  attribute: string
  value: unknown
}

export interface Asked {
  key: string
  freshSeconds: number | null
}

const signs: Record<string, string> = { 发热: 'fever', 咳嗽: 'cough', 咽痛: 'cough', 呕吐: 'vomiting', 腹泻: 'diarrhoea' }

/** The answers of a person on a day, to what is asked of them and has gone stale since their last sheet (`last`: that day, null for none). */
export function sheetOf(behaviour: Behaviour, person: PersonBehaviour, day: number, asked: readonly Asked[], last: number | null): SheetAnswer[] {
  const due = new Set(asked.filter((one) => last === null || (one.freshSeconds !== null && (day - last) * 86_400 >= one.freshSeconds - 43_200)).map((one) => one.key))
  const back = person.returns !== null && person.returns.day <= day
  const backNow = person.returns !== null && last !== null && person.returns.day > last && person.returns.day <= day
  const ill = person.symptoms.filter((symptom) => symptom.day === day)
  const answers: SheetAnswer[] = []
  const add = (attribute: string, value: unknown, changed = false) => {
    if (asked.some((one) => one.key === attribute) && (due.has(attribute) || changed)) answers.push({ attribute, value })
  }
  add('whereabouts', whereIs(behaviour, person, day).code, backNow)
  add('on-campus', person.staysOnCampus || back, backNow)
  add('from-listed-area', person.returns !== null && person.returns.day > day - 14 && back, backNow)
  if (back && person.returns) {
    const first = last === null || backNow
    add('arrival-day', person.returns.date, first)
    // One in five has no place arranged yet: a gap that somebody must close.
    add('observation-place', Number(person.number.slice(-1)) % 5 === 0 ? 'none' : person.staysOnCampus ? 'site' : 'home', first)
  }
  const found = [...new Set(ill.flatMap((symptom) => symptom.signs.flatMap((sign) => signs[sign] ?? [])))]
  add('symptoms', found.length ? found : ['none'], ill.length > 0)
  if (found.length && Number(person.number.slice(-1)) % 3 !== 0) add('seen-doctor', true, true)
  return answers
}
